package io.stockobserver.archive;

import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is sealed of a provider's day (docs/archive-format.md §4).
 *
 * @param version 1, or more for evidence that came after the first was final
 * @param previous the manifest before it in the chain
 * @param late manifests of earlier days that came after this one's previous
 * @param ended when the last session ended, if the last thing that happened was a clean exit
 */
public record Manifest(
    String provider,
    LocalDate date,
    int version,
    Optional<Link> previous,
    List<ManifestEntry> files,
    List<Link> late,
    Optional<Instant> ended) {

  /** Another manifest, by path below the archive root and SHA-256 of its bytes. */
  public record Link(String path, String sha256) {}

  /** Copies the lists. */
  public Manifest {
    files = List.copyOf(files);
    late = List.copyOf(late);
  }

  /**
   * Reads a manifest and checks its own checksum.
   *
   * @throws IOException when it cannot be read or is damaged
   */
  public static Manifest read(Path file) throws IOException {
    return parse(Files.readAllBytes(file));
  }

  /**
   * The same from bytes.
   *
   * @throws IOException when a single bit is not as it was written
   */
  public static Manifest parse(byte[] bytes) throws IOException {
    return ManifestJson.parse(bytes);
  }

  /** Where the manifest of a day is, below the archive root. */
  static String path(String provider, LocalDate date, int version) {
    return "manifest/%s/%s%s.json"
        .formatted(provider, PackageId.DAY.format(date), version > 1 ? "." + version : "");
  }

  String path() {
    return path(provider, date, version);
  }
}
