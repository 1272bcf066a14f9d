package io.stockobserver.archive.packages;

import io.stockobserver.archive.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is in a package (docs/archive-format.md §10). Its bytes are signed.
 *
 * @param complete whether the day had ended and every file of it was sealed; only such a version
 *     counts for retention
 * @param previous the package of this provider that was made before this one
 * @param anomalies what marked the day, by the list of docs/archive-format.md §9; none for a good
 *     day
 * @param gaps every {@code gap_marker} of the day, as it stands in the events
 * @param files the archive's manifests and what they list
 * @param key the public key of whom has signed it, Base64 of its X.509 form
 */
public record PackageManifest(
    PackageId id,
    String market,
    boolean complete,
    Instant createdAt,
    Optional<Manifest.Link> previous,
    List<Anomaly> anomalies,
    List<String> gaps,
    List<PackageFile> files,
    String key) {

  /** Something that marks a day, and why it does. */
  public record Anomaly(String reason, String detail) {}

  /** Copies the lists. */
  public PackageManifest {
    anomalies = List.copyOf(anomalies);
    gaps = List.copyOf(gaps);
    files = List.copyOf(files);
  }

  /**
   * Reads one and checks its own checksum, not its signature.
   *
   * @throws IOException when it cannot be read or is damaged
   */
  public static PackageManifest read(Path file) throws IOException {
    return parse(Files.readAllBytes(file));
  }

  /**
   * The same from bytes.
   *
   * @throws IOException when a single bit is not as it was written
   */
  public static PackageManifest parse(byte[] bytes) throws IOException {
    return PackageJson.parse(bytes);
  }

  /**
   * As it is stored and signed: one file a line, and a last line with the checksum of all others.
   */
  public byte[] write() throws IOException {
    return PackageJson.write(this);
  }

  /** How many bytes a puller has to fetch who has nothing yet. */
  public long storedBytes() {
    return files.stream().mapToLong(PackageFile::storedBytes).sum();
  }
}
