package io.stockobserver.backup.pulling;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.PackageSignature;
import java.io.IOException;

/**
 * A package's table of contents whose signature holds, with the bytes of the three files that make
 * a folder a package.
 */
record SignedTable(PackageManifest manifest, String sha256, byte[] table, byte[] signature) {

  /**
   * Fetches and checks one.
   *
   * @param sha256 that it has to have
   * @param key that has to have signed it
   */
  static SignedTable fetch(Remote remote, PackageId id, String sha256, String key)
      throws PullException {
    byte[] table = remote.text(id + "/package.json");
    String theirs = Sha256.of(table);
    if (!theirs.equals(sha256)) {
      throw new PullException(
          Trouble.PACKAGE_CHANGED,
          "%s/package.json has the SHA-256 %s, %s was told".formatted(id, theirs, sha256));
    }
    byte[] signature = remote.text(id + "/" + PackageSignature.FILE);
    if (!PackageSignature.holds(table, new String(signature, UTF_8), key)) {
      throw new PullException(
          Trouble.SIGNATURE, id + "/" + PackageSignature.FILE + " is no signature of that key");
    }
    return new SignedTable(parse(id, table, key), theirs, table, signature);
  }

  private static PackageManifest parse(PackageId id, byte[] table, String key)
      throws PullException {
    PackageManifest manifest;
    try {
      manifest = PackageManifest.parse(table);
    } catch (IOException damaged) {
      throw new PullException(
          Trouble.DAMAGED, id + "/package.json is damaged: " + damaged.getMessage());
    }
    if (!manifest.id().equals(id) || !manifest.key().equals(key)) {
      throw new PullException(
          Trouble.SIGNATURE, id + "/package.json is of another package, or names another key");
    }
    return manifest;
  }

  /** The last file of the package, which says that it is whole. */
  byte[] marker(Remote remote) throws PullException {
    PackageId id = manifest.id();
    byte[] marker = remote.text(id + "/" + PackageShelf.MARKER);
    try {
      var told = io.stockobserver.archive.packages.PackageMarker.parse(marker);
      if (told.id().equals(id) && told.sha256().equals(sha256)) {
        return marker;
      }
    } catch (IOException none) {
      // Told below, like one of another package.
    }
    throw new PullException(
        Trouble.PACKAGE_CHANGED, id + "/" + PackageShelf.MARKER + " is of another package");
  }
}
