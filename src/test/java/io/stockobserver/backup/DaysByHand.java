package io.stockobserver.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.ManifestEntry;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.evidence.Event;
import io.stockobserver.tape.Draft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An archive with days in it, their packages, a backup of them and its receipts, all made by hand
 * from docs/archive-format.md: a second reading of the format, that shares no code with what makes,
 * fetches and reads back.
 */
public final class DaysByHand {
  public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

  public final Path archive;
  public final Path backup;
  public final Hand clock;
  private final KeyPair key;

  public DaysByHand(Path dir, LocalDate today) {
    archive = dir.resolve("data");
    backup = dir.resolve("backup");
    clock = new Hand(at(today, 2, 0));
    try {
      key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A clock that stands where it is put. */
  public static final class Hand extends Clock {
    private Instant now;

    Hand(Instant now) {
      this.now = now;
    }

    public void set(Instant to) {
      now = to;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  public static Instant at(LocalDate day, int hour, int minute) {
    return day.atTime(LocalTime.of(hour, minute)).atZone(SEOUL).toInstant();
  }

  public ArchiveSettings settings(String provider) {
    return ArchiveSettings.of(archive, provider, "kr_stocks", SEOUL).withSync(Duration.ZERO);
  }

  /** Something that is done with an open archive. */
  public interface Work {
    void with(Archive open) throws IOException;
  }

  /** Opens the archive as a process would, does something, and ends cleanly. */
  public void open(String provider, Work work) throws IOException {
    try (Archive open = Archive.open(settings(provider), clock)) {
      work.with(open);
      open.append(new ChannelAppender(archive));
    }
  }

  /**
   * A day from half past nine to the evening: something in each lane; sealed when another begins.
   */
  public void record(String provider, LocalDate day) throws IOException {
    Instant before = clock.instant();
    clock.set(at(day, 9, 30));
    open(
        provider,
        open -> {
          Instant now = clock.instant();
          event(open, provider, Event.of("session_started", now).with("zone", SEOUL));
          open.keep(
              "universe/" + provider + "/kr_stocks/" + DAY.format(day) + ".json",
              "{\"symbols\":[]}\n".getBytes(UTF_8));
          for (int i = 0; i < 50; i++) {
            Instant heard = now.plusSeconds(i);
            open.number(
                List.of(Draft.heard(heard, i, "trade", ("0|H0STCNT0|" + i).getBytes(UTF_8))));
            open.line(Lane.SCALP, heard, line("symbol", "005930", "sample_time", heard));
          }
          open.line(Lane.SWING, now, line("symbol", "005930", "receive_time", now));
          open.line(Lane.OVERFLOW, now, line("symbol", "000660", "timestamp", now));
          open.line(Lane.SET_ASIDE, now, line("reason", "price-missing", "at", now));
          clock.set(at(day, 20, 59));
          event(open, provider, Event.of("session_stopped", clock.instant()));
          open.append(new ChannelAppender(archive));
          open.rotate(clock.instant());
          open.seal();
        });
    clock.set(before.isAfter(clock.instant()) ? before : clock.instant());
  }

  /** A quiet process that runs now: what has ended is sealed, and the day before is final. */
  public void wake(String provider) throws IOException {
    open(
        provider,
        open -> {
          event(open, provider, Event.of("metrics", clock.instant()));
          open.append(new ChannelAppender(archive));
          open.rotate(clock.instant());
          open.seal();
        });
  }

  /** Writes an event, and it is safe. */
  public void tell(String provider, Event event) throws IOException {
    open(provider, open -> event(open, provider, event));
  }

  private static void event(Archive open, String provider, Event event) {
    open.line(Lane.EVENTS, event.at(), event.line(provider, "kr_stocks", "sess_test"));
  }

  private static byte[] line(String name, String value, String instant, Instant at) {
    return "{\"%s\":\"%s\",\"%s\":\"%s\"}"
        .formatted(name, value, instant, DateTimeFormatter.ISO_INSTANT.format(at))
        .getBytes(UTF_8);
  }

  /** Makes a version of a day's package in the archive. */
  public PackageId pack(
      String provider, LocalDate day, int version, boolean complete, String... anomalies)
      throws IOException {
    PackageId id = new PackageId(provider, day, version);
    Path folder = archive.resolve(id.folder());
    Map<String, ManifestEntry> listed = new TreeMap<>();
    List<PackageFile> files = new ArrayList<>();
    for (Path manifest : below(archive.resolve("manifest/" + provider))) {
      if (manifest.getFileName().toString().matches(DAY.format(day) + "(\\.\\d+)?\\.json")) {
        Manifest.read(manifest).files().forEach(entry -> listed.put(entry.path(), entry));
        byte[] bytes = Files.readAllBytes(manifest);
        String path = archive.relativize(manifest).toString();
        files.add(store(folder, path, path, bytes, bytes, false));
      }
    }
    for (ManifestEntry entry : listed.values()) {
      files.add(pack(folder, entry));
    }
    files.sort(java.util.Comparator.comparing(PackageFile::path));
    PackageManifest manifest =
        new PackageManifest(
            id,
            "kr_stocks",
            complete,
            clock.instant(),
            Optional.empty(),
            Stream.of(anomalies)
                .map(reason -> new PackageManifest.Anomaly(reason, "by hand"))
                .toList(),
            List.of(),
            files,
            Base64.getEncoder().encodeToString(key.getPublic().getEncoded()));
    byte[] bytes = manifest.write();
    Files.write(folder.resolve("package.json"), bytes);
    Files.writeString(folder.resolve("package.sig"), sign(bytes) + "\n");
    Files.writeString(
        folder.resolve("SUCCESS.marker"),
        "{\"package\":\"%s\",\"sha256\":\"%s\",\"files\":%d,\"bytes\":%d}%n"
            .formatted(id, sha256(bytes), files.size(), manifest.storedBytes()));
    return id;
  }

  private PackageFile pack(Path folder, ManifestEntry entry) throws IOException {
    boolean open = entry.state() == ManifestEntry.State.OPEN;
    if (entry.stored().isPresent()) {
      Path zst = archive.resolve(entry.stored().get().path());
      Path target = folder.resolve(entry.stored().get().path());
      Files.createDirectories(target.getParent());
      Files.createLink(target, zst);
      byte[] stored = Files.readAllBytes(zst);
      return new PackageFile(
          entry.path(),
          open,
          entry.bytes(),
          entry.lines(),
          entry.sha256(),
          entry.path() + ".zst",
          stored.length,
          sha256(stored));
    }
    byte[] content =
        java.util.Arrays.copyOf(
            Files.readAllBytes(archive.resolve(entry.path())), (int) entry.bytes());
    boolean lines = entry.path().endsWith(".jsonl");
    String stored = entry.path() + (lines ? ".zst" : "");
    return store(folder, entry.path(), stored, content, lines ? zstd(content) : content, open);
  }

  private static PackageFile store(
      Path folder, String path, String stored, byte[] content, byte[] bytes, boolean open)
      throws IOException {
    Path target = folder.resolve(stored);
    Files.createDirectories(target.getParent());
    Files.write(target, bytes);
    long lines = 0;
    for (byte b : content) {
      lines += b == '\n' ? 1 : 0;
    }
    return new PackageFile(
        path, open, content.length, lines, sha256(content), stored, bytes.length, sha256(bytes));
  }

  private static byte[] zstd(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(out, 3)) {
      zstd.setChecksum(true);
      zstd.write(content);
    }
    return out.toByteArray();
  }

  /** What a puller leaves in the backup: the tree, and the package's own three files. */
  public void pull(PackageId id) throws IOException {
    Path folder = archive.resolve(id.folder());
    for (Path file : below(folder)) {
      String path = folder.relativize(file).toString();
      boolean own = path.startsWith("package.") || path.equals("SUCCESS.marker");
      Path target = own ? backup.resolve(id.folder()).resolve(path) : backup.resolve(path);
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A backup's word, put where the server keeps it. */
  public void receipt(PackageId id, Receipt.Kind kind, String by, double share) throws IOException {
    PackageManifest manifest = PackageManifest.read(archive.resolve(id.manifest()));
    Receipt receipt =
        new Receipt(
            kind,
            id,
            sha256(Files.readAllBytes(archive.resolve(id.manifest()))),
            by,
            clock.instant(),
            manifest.files().size(),
            manifest.files().stream().mapToLong(PackageFile::bytes).sum(),
            manifest.files().stream().mapToLong(PackageFile::lines).sum(),
            share);
    Path file = archive.resolve(receipt.path());
    Files.createDirectories(file.getParent());
    Files.write(file, receipt.write());
  }

  /** Fetched and read back. */
  public void prove(PackageId id, String by) throws IOException {
    receipt(id, Receipt.Kind.PULLED, by, 1);
    receipt(id, Receipt.Kind.DRILLED, by, 1);
  }

  private String sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key.getPrivate());
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every file below a folder, sorted; none where there is no folder. */
  public static List<Path> below(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Names below the archive that contain all of these words. */
  public List<String> names(String... words) throws IOException {
    return below(archive).stream()
        .map(file -> archive.relativize(file).toString())
        .filter(name -> Stream.of(words).allMatch(name::contains))
        .toList();
  }

  /** Every event line of a provider that contains these words, in order. */
  public List<String> events(String provider, String... words) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : below(archive.resolve("system/events/" + provider))) {
      for (String line : Files.readAllLines(file)) {
        if (Stream.of(words).allMatch(line::contains)) {
          found.add(line);
        }
      }
    }
    return found;
  }
}
