package io.stockobserver.retention;

import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.ManifestEntry;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageSeal;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.retention.RawFiles.Raw;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the facts of a provider's days: reads tables of contents and sizes, no content. Damage is a
 * fact too. Holds a picture of the files; not thread-safe.
 */
final class Survey {
  private final Path root;
  private final RawFiles files;
  private final EventHistory history;
  private final ZoneId zone;
  private final PackageShelf shelf;

  Survey(Path root, RawFiles files, EventHistory history, ZoneId zone) {
    this.root = root;
    this.files = files;
    this.history = history;
    this.zone = zone;
    this.shelf = new PackageShelf(root);
  }

  /** Everything about a day of which raw files are there. */
  DayFacts facts(LocalDate day) throws IOException {
    List<Raw> raw = files.of(day);
    Optional<PackageId> last =
        shelf.all().stream()
            .filter(id -> id.provider().equals(files.provider()) && id.date().equals(day))
            .max(Comparator.naturalOrder());
    @Nullable PackageManifest proof = null;
    List<Receipt> receipts = List.of();
    Optional<Obstacle> obstacle = Optional.empty();
    if (last.isPresent()) {
      try {
        proof = PackageSeal.read(root.resolve(last.get().folder()));
        String sha256 = shelf.sha256(last.get());
        receipts =
            shelf.receipts(last.get()).stream()
                .filter(receipt -> receipt.packageSha256().equals(sha256))
                .toList();
        obstacle = difference(day, raw, proof);
      } catch (IOException damaged) {
        obstacle = obstacle("package_damaged", last.get() + ": " + damaged.getMessage());
      }
    }
    return new DayFacts(
        files.provider(),
        day,
        raw.stream().filter(file -> !file.packaged()).count(),
        RawFiles.bytes(raw),
        anomalies(day, proof),
        proof == null ? Optional.empty() : last,
        proof != null && proof.complete(),
        receipts,
        obstacle,
        history.isDeleted(day),
        history.restored(day).map(at -> at.atZone(zone).toLocalDate()));
  }

  /** By the verdict of the package; that a load failed may be known only later. */
  private List<String> anomalies(LocalDate day, @Nullable PackageManifest proof) {
    Set<String> marks = new LinkedHashSet<>();
    if (proof != null) {
      proof.anomalies().forEach(anomaly -> marks.add(anomaly.reason()));
    }
    if (history.isNotLoaded(day)) {
      marks.add("etl_failed");
    }
    return List.copyOf(marks);
  }

  /** Whether the archive has anything of the day that the package has not, or has otherwise. */
  private Optional<Obstacle> difference(LocalDate day, List<Raw> raw, PackageManifest proof) {
    Map<String, PackageFile> packaged = new HashMap<>();
    proof.files().forEach(file -> packaged.put(file.path(), file));
    Map<String, ManifestEntry> listed;
    try {
      listed = listed(day);
    } catch (IOException damaged) {
      return obstacle("manifest_damaged", damaged.getMessage() + "; restore the day");
    }
    for (ManifestEntry entry : listed.values()) {
      @Nullable PackageFile in = packaged.get(entry.path());
      if (entry.state() != ManifestEntry.State.SEALED) {
        return obstacle("not_sealed", entry.path() + " is open");
      }
      if (in == null) {
        return obstacle(
            "not_in_package",
            entry.path() + " came after " + proof.id() + "; package the day again");
      }
      if (in.open() || in.bytes() != entry.bytes() || !in.sha256().equals(entry.sha256())) {
        return obstacle(
            "changed",
            entry.path() + " is not as " + proof.id() + " has it; package the day again");
      }
    }
    for (Raw file : raw) {
      Optional<Obstacle> unfit = unfit(file, listed.get(file.path()), packaged);
      if (unfit.isPresent()) {
        return unfit;
      }
    }
    return Optional.empty();
  }

  private static Optional<Obstacle> unfit(
      Raw raw, @Nullable ManifestEntry entry, Map<String, PackageFile> packaged) {
    if (raw.packaged()) {
      return packaged.containsKey(raw.path())
          ? Optional.empty()
          : obstacle("not_in_package", raw.path() + " is in an earlier version only");
    }
    if (entry == null) {
      return obstacle("not_sealed", "no manifest lists " + raw.path());
    }
    long expected =
        raw.compressed()
            ? entry.stored().map(ManifestEntry.Stored::bytes).orElse(-1L)
            : entry.bytes();
    long size = raw.file().toFile().length();
    return expected < 0 || size == expected
        ? Optional.empty()
        : obstacle(
            "changed",
            "%s has %d bytes and was sealed with %d; restore it"
                .formatted(raw.file().getFileName(), size, expected));
  }

  /** What the manifests of a day say; a later version wins. */
  private Map<String, ManifestEntry> listed(LocalDate day) throws IOException {
    Map<Integer, Path> versions = new TreeMap<>();
    String name = day.format(PackageId.DAY);
    for (Path file : RawFiles.children(root.resolve("manifest").resolve(files.provider()))) {
      String is = file.getFileName().toString();
      if (is.equals(name + ".json")) {
        versions.put(1, file);
      } else if (is.matches(name + "\\.[1-9]\\d{0,5}\\.json")) {
        versions.put(Integer.parseInt(is.substring(9, is.length() - 5)), file);
      }
    }
    Map<String, ManifestEntry> listed = new LinkedHashMap<>();
    for (Path file : versions.values()) {
      try {
        Manifest.read(file).files().forEach(entry -> listed.put(entry.path(), entry));
      } catch (IOException damaged) {
        throw new IOException(file.getFileName() + ": " + damaged.getMessage(), damaged);
      }
    }
    if (versions.isEmpty()) {
      throw new IOException("the day has no manifest");
    }
    return listed;
  }

  private static Optional<Obstacle> obstacle(String reason, String detail) {
    return Optional.of(new Obstacle(reason, detail));
  }

  /** The table of contents of the version that proves a day. */
  PackageManifest proof(DayFacts facts) throws IOException {
    return PackageSeal.read(root.resolve(facts.proof().orElseThrow().folder()));
  }

  String sha256(DayFacts facts) throws IOException {
    return shelf.sha256(facts.proof().orElseThrow());
  }
}
