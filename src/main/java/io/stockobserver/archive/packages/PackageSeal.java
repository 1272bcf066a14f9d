package io.stockobserver.archive.packages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A package's table of contents, its signature and its marker, as they lie in a folder. Whose key
 * it is that has signed is not asked here: the head of the chain tells that.
 */
public final class PackageSeal {
  /** The three; they stay when a day is forgotten, so that what was deleted can be proven. */
  public static final Set<String> FILES =
      Set.of("package.json", PackageSignature.FILE, PackageShelf.MARKER);

  private PackageSeal() {}

  /**
   * Reads the table of contents and proves that the three belong together.
   *
   * @param folder of the package
   * @throws IOException naming what is missing, damaged or signed otherwise
   */
  public static PackageManifest read(Path folder) throws IOException {
    byte[] bytes = content(folder, "package.json");
    PackageManifest manifest;
    try {
      manifest = PackageManifest.parse(bytes);
    } catch (IOException damaged) {
      throw new IOException("package.json: " + damaged.getMessage(), damaged);
    }
    String signature = new String(content(folder, PackageSignature.FILE), US_ASCII);
    if (!PackageSignature.holds(bytes, signature, manifest.key())) {
      throw new IOException(PackageSignature.FILE + " is not the signature of package.json");
    }
    PackageMarker marker = PackageMarker.parse(content(folder, PackageShelf.MARKER));
    if (!marker.sha256().equals(Sha256.of(bytes)) || !marker.id().equals(manifest.id())) {
      throw new IOException(PackageShelf.MARKER + " speaks of another package.json");
    }
    return manifest;
  }

  private static byte[] content(Path folder, String name) throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException missing) {
      throw new IOException(name + " is not there", missing);
    }
  }
}
