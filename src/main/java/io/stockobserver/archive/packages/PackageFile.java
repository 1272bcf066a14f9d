package io.stockobserver.archive.packages;

/**
 * One file of a package. Path and content as the archive's manifest has them; what is stored lies
 * in the package's folder under {@code stored}, which is {@code path} itself or {@code path.zst}.
 *
 * @param path below the archive's root, uncompressed name
 * @param open whether lines may still come: then the content is a prefix
 * @param bytes of the content
 * @param lines of the content
 * @param sha256 of the content
 * @param stored below the package's folder, and below the root of an archive or a backup
 * @param storedBytes of what is stored
 * @param storedSha256 of what is stored
 */
public record PackageFile(
    String path,
    boolean open,
    long bytes,
    long lines,
    String sha256,
    String stored,
    long storedBytes,
    String storedSha256) {

  /** Refuses a stored name that is not the content's, and names that lead elsewhere. */
  public PackageFile {
    if (!stored.equals(path) && !stored.equals(path + ".zst")) {
      throw new IllegalArgumentException(stored + " is no name for " + path);
    }
    if (!isBelow(path)) {
      throw new IllegalArgumentException("not a path below an archive: " + path);
    }
    if (bytes < 0 || lines < 0 || storedBytes < 0) {
      throw new IllegalArgumentException("a size below 0: " + path);
    }
  }

  /** Whether a relative path stays where it is, on any system. */
  public static boolean isBelow(String path) {
    if (path.isEmpty() || path.startsWith("/") || path.contains("\\") || path.contains(":")) {
      return false;
    }
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether what is stored is compressed. */
  public boolean compressed() {
    return !stored.equals(path);
  }
}
