package io.stockobserver.backup.packing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.Disk;
import io.stockobserver.archive.Manifest;
import io.stockobserver.archive.Sha256;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageManifest.Anomaly;
import io.stockobserver.archive.packages.PackageMarker;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.PackageSignature;
import io.stockobserver.backup.packing.PackageRefused.Reason;
import io.stockobserver.evidence.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Freezes days of one provider as packages (docs/archive-format.md §10), also while they are
 * written. A day is packaged whole and proven, or refused; both are told as events. One package at
 * a time, whoever asks; a day streams through, whatever its size.
 */
public final class Packager {
  private final Archive archive;
  private final ArchiveSettings of;
  private final Disk disk;
  private final PackageKeys keys;
  private final PackageChain chain;
  private final Verdict.Source verdicts;
  private final Consumer<Event> events;
  private final InstantSource clock;
  private final int threads;
  private final Map<LocalDate, String> failures = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * Of a provider's part of an archive, which stays open meanwhile.
   *
   * @param verdicts what marks a day
   * @param events where {@code backup_packaged} and {@code backup_failed} go
   * @param clock of the market
   * @param threads that compress, each a file
   */
  public Packager(
      Archive archive,
      Disk disk,
      PackageKeys keys,
      Verdict.Source verdicts,
      Consumer<Event> events,
      InstantSource clock,
      int threads) {
    this.archive = archive;
    this.of = archive.settings();
    this.disk = disk;
    this.keys = keys;
    this.chain = new PackageChain(disk, of.root(), of.provider(), keys);
    this.verdicts = verdicts;
    this.events = events;
    this.clock = clock;
    this.threads = threads;
  }

  /** How far it is, for a person; told by the thread that works. */
  public interface Progress {
    /** Nobody looks. */
    Progress NONE =
        new Progress() {
          @Override
          public void all(long bytes) {}

          @Override
          public void done(long bytes) {}
        };

    /** So many bytes of content are to be packaged. */
    void all(long bytes);

    /** So many more of them are. */
    void done(long bytes);
  }

  /** Ends what is under way as soon as may be; nothing is made any more. */
  public void stop() {
    stopped = true;
  }

  /**
   * Makes the next version of a day, unless the last one holds just what there is.
   *
   * @throws PackageRefused when none can be made, with the remedy; nothing half-made stays
   */
  public Packaged make(LocalDate day, Progress progress) throws PackageRefused {
    return make(day, null, progress);
  }

  /**
   * The same, by the clock.
   *
   * @param due when it should have been made; null when somebody asks for it
   */
  synchronized Packaged make(LocalDate day, @Nullable Instant due, Progress progress)
      throws PackageRefused {
    try {
      Packaged made = freeze(day, progress);
      failures.remove(day);
      if (made.made()) {
        events.accept(
            Event.of("backup_packaged", clock.instant())
                .with("package", made.id())
                .with("complete", made.complete())
                .with("files", made.files())
                .with("bytes", made.bytes())
                .with("stored_bytes", made.storedBytes())
                .with("sha256", made.sha256())
                .with("open", made.complete() ? null : made.open().get(0))
                .with("due", due));
      }
      return made;
    } catch (IOException e) {
      throw told(
          day,
          stopped
              ? new PackageRefused(Reason.STOPPED, "stopped; it is made with the next start")
              : new PackageRefused(
                  Reason.DISK,
                  "no package of %s %s: %s; make room on the disk of %s or mend it"
                      .formatted(of.provider(), PackageId.DAY.format(day), e, of.root())));
    } catch (PackageRefused refused) {
      throw told(day, refused);
    }
  }

  private PackageRefused told(LocalDate day, PackageRefused why) {
    if (why.reason() != Reason.STOPPED
        && why.reason() != Reason.NOTHING
        && why.reason() != Reason.FORGOTTEN) {
      failed(day, why.reason().word(), String.valueOf(why.getMessage()));
    }
    return why;
  }

  /** Says that a day has no good package, and why; once as long as it is the same. */
  void failed(LocalDate day, String reason, String detail) {
    if (!(reason + detail).equals(failures.put(day, reason + detail))) {
      events.accept(
          Event.of("backup_failed", clock.instant())
              .with("day", PackageId.DAY.format(day))
              .with("reason", reason)
              .with("detail", detail));
    }
  }

  private Packaged freeze(LocalDate day, Progress progress) throws IOException, PackageRefused {
    if (chain.isForgotten(day)) {
      throw new PackageRefused(
          Reason.FORGOTTEN,
          "%s %s was deleted after its backup was proven; the backup has it"
              .formatted(of.provider(), PackageId.DAY.format(day)));
    }
    Optional<Manifest.Link> last = chain.last();
    DayFiles files = DayFiles.of(archive, disk, day, clock.instant());
    if (files.isEmpty()) {
      throw new PackageRefused(
          Reason.NOTHING,
          "%s has nothing of %s %s".formatted(of.root(), of.provider(), PackageId.DAY.format(day)));
    }
    Optional<PackageManifest> before = chain.newest(day);
    if (before.isPresent() && files.isIn(before.get())) {
      return told(before.get(), false, files.open(), 0, Sha256.of(before.get().write()));
    }
    PackageId id = chain.next(day, last);
    clear(day);
    Path folder = of.root().resolve(id.folder());
    try {
      return write(id, folder, last, before, files, progress);
    } catch (IOException | PackageRefused | RuntimeException failed) {
      clearQuietly(folder, failed);
      throw failed;
    }
  }

  private static Packaged told(
      PackageManifest table, boolean made, List<String> open, long linked, String sha256) {
    return new Packaged(
        table.id(),
        made,
        open,
        table.files().size(),
        table.files().stream().mapToLong(PackageFile::bytes).sum(),
        table.storedBytes(),
        linked,
        table.anomalies().stream().map(Anomaly::reason).toList(),
        sha256);
  }

  private Packaged write(
      PackageId id,
      Path folder,
      Optional<Manifest.Link> last,
      Optional<PackageManifest> before,
      DayFiles day,
      Progress progress)
      throws IOException, PackageRefused {
    progress.all(day.files().stream().mapToLong(DayFile::bytes).sum());
    LongConsumer careful =
        bytes -> {
          if (stopped) {
            throw new StoppedException();
          }
          synchronized (progress) {
            progress.done(bytes);
          }
        };
    FileStore store =
        new FileStore(disk, of.root(), folder, id.date(), before, this::free, careful);
    List<FileStore.Put> puts;
    Verdict verdict;
    try {
      puts = new FileStores(store, threads).all(day.files());
      verdict = verdict(id.date());
      careful.accept(0);
    } catch (StoppedException e) {
      throw new IOException("stopped", e);
    }
    PackageManifest table =
        new PackageManifest(
            id,
            of.market(),
            day.open().isEmpty(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            last,
            verdict.anomalies(),
            verdict.gaps(),
            puts.stream().map(FileStore.Put::file).toList(),
            keys.publicKey());
    byte[] bytes = table.write();
    String sha256 = Sha256.of(bytes);
    write(folder.resolve("package.json"), bytes);
    write(folder.resolve(PackageSignature.FILE), (keys.sign(bytes) + "\n").getBytes(US_ASCII));
    forceNames(folder, table);
    disk.replace(
        folder.resolve(PackageShelf.MARKER),
        new PackageMarker(id, sha256, table.files().size(), table.storedBytes()).write());
    chain.advance(id, sha256);
    long linked =
        puts.stream().filter(FileStore.Put::linked).mapToLong(p -> p.file().storedBytes()).sum();
    return told(table, true, day.open(), linked, sha256);
  }

  /** Thrown through streams that know no other way out. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private long free() {
    try {
      return Files.getFileStore(of.root()).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  /** A day without a verdict is worth its package, and is treated as one to look at. */
  private Verdict verdict(LocalDate day) {
    try {
      return verdicts.of(day);
    } catch (IOException | RuntimeException why) {
      return new Verdict(
          List.of(new Anomaly("no_verdict", "the day could not be judged: " + why)), List.of());
    }
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = disk.write(file)) {
      out.write(bytes);
    }
    disk.force(file);
  }

  /** Before the marker is there, every name that it vouches for is durable. */
  private void forceNames(Path folder, PackageManifest table) throws IOException {
    TreeSet<Path> folders = new TreeSet<>();
    for (PackageFile file : table.files()) {
      folders.add(folder.resolve(file.stored()).getParent());
    }
    folders.add(folder);
    for (Path each : folders) {
      disk.forceDirectory(each);
    }
  }

  /** Attempts of this day that came to nothing. */
  private void clear(LocalDate day) throws IOException {
    Path versions = of.root().resolve("package/" + of.provider() + "/" + PackageId.DAY.format(day));
    for (Path version : disk.list(versions)) {
      if (!disk.exists(version.resolve(PackageShelf.MARKER))) {
        delete(version);
      }
    }
  }

  private void clearQuietly(Path folder, Exception why) {
    try {
      if (!disk.exists(folder.resolve(PackageShelf.MARKER))) {
        delete(folder);
      }
    } catch (IOException later) {
      why.addSuppressed(later); // the next attempt clears it away
    }
  }

  private void delete(Path what) throws IOException {
    if (Files.isDirectory(what)) {
      for (Path inside : new ArrayList<>(disk.list(what))) {
        delete(inside);
      }
    }
    disk.delete(what);
  }

  /** Whether a day's newest version is complete and nothing has come to it since. */
  boolean isDone(LocalDate day) throws IOException, PackageRefused {
    if (chain.isForgotten(day)) {
      return true;
    }
    Optional<PackageManifest> newest = chain.newest(day).filter(PackageManifest::complete);
    if (newest.isEmpty()) {
      return false;
    }
    Set<String> packaged =
        newest.get().files().stream().map(PackageFile::path).collect(Collectors.toSet());
    return packaged.containsAll(DayFiles.manifests(disk, of, day));
  }

  /** Every day that has a manifest, in order. */
  NavigableSet<LocalDate> days() throws IOException {
    return DayFiles.days(disk, of);
  }

  /** The manifests of a day: another one is evidence that came late. */
  List<String> manifests(LocalDate day) throws IOException {
    return DayFiles.manifests(disk, of, day);
  }

  ZoneId zone() {
    return of.zone();
  }

  /** Whose days it freezes. */
  public String provider() {
    return of.provider();
  }

  /** Whether there is a whole version of a day, complete or not. */
  boolean isBegun(LocalDate day) throws IOException {
    return chain.isForgotten(day) || chain.isPackaged(day);
  }

  /** Why a complete version of a day cannot be made yet; empty when it can. */
  List<String> open(LocalDate day) throws IOException, PackageRefused {
    return DayFiles.of(archive, disk, day, clock.instant()).open();
  }
}
