package io.stockobserver.backup.packing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.LineFrames;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageMarker;
import io.stockobserver.archive.packages.PackageSignature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Proves a package from its folder and its owner's key alone, in its own words. */
final class Proof {
  private Proof() {}

  /** What is wrong with it; empty when nothing is. */
  static Optional<String> wrongWith(Path folder, String key) {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve("package.json"));
      String signature = Files.readString(folder.resolve("package.sig"));
      if (!PackageSignature.holds(bytes, signature, key)) {
        return Optional.of("package.json: not signed");
      }
      PackageManifest table = PackageManifest.parse(bytes);
      PackageMarker marker =
          PackageMarker.parse(Files.readAllBytes(folder.resolve("SUCCESS.marker")));
      long stored = table.files().stream().mapToLong(PackageFile::storedBytes).sum();
      if (!marker.equals(
          new PackageMarker(table.id(), Sha256.of(bytes), table.files().size(), stored))) {
        return Optional.of("SUCCESS.marker: of another package");
      }
      Set<String> names = new TreeSet<>(Recorded.below(folder));
      names.removeAll(Set.of("package.json", "package.sig", "SUCCESS.marker"));
      for (PackageFile file : table.files()) {
        names.remove(file.stored());
        byte[] there = Files.readAllBytes(folder.resolve(file.stored()));
        if (there.length != file.storedBytes() || !Sha256.of(there).equals(file.storedSha256())) {
          return Optional.of(file.stored() + ": changed");
        }
        byte[] content = there;
        if (file.compressed()) {
          try (InputStream lines = LineFrames.content(new ByteArrayInputStream(there))) {
            content = lines.readAllBytes();
          }
        }
        long lines = new String(content, UTF_8).chars().filter(c -> c == '\n').count();
        if (content.length != file.bytes()
            || !Sha256.of(content).equals(file.sha256())
            || lines != file.lines()) {
          return Optional.of(file.path() + ": other content");
        }
      }
      return names.isEmpty() ? Optional.empty() : Optional.of("more than is listed: " + names);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e));
    }
  }
}
