package io.stockobserver.archive;

import io.stockobserver.health.Waits;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.tape.TapeLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One provider's part of an archive, open for writing. Lines are numbered and staged, then appended
 * in batches by whoever does the writing; files rotate by market time and are sealed.
 *
 * <p>Threading: {@link #number}, {@link #line}, {@link #staged}, {@link #prepare}, {@link
 * #appended}, {@link #failed} and {@link #append} belong to one thread at a time; everything else
 * may be called by any. Sealing and forcing do not hold up appends. It takes no lock on the
 * directory: {@link ArchiveLock} does.
 */
public final class Archive implements AutoCloseable {
  private final ArchiveSettings settings;
  private final InstantSource clock;
  private final Disk disk;
  private final Places places;
  private final Delivery delivery;
  private final Rotation rotation;
  private final SealRoom sealRoom;
  private final ForceRound forceRound;
  private final Syncer syncer;
  private final Recovery recovery;
  private final Object lock = new Object();
  private final Waits writes = new Waits(System::nanoTime);
  private final TapeLines tapeLines = new TapeLines();
  private final Deque<Batch> undelivered = new ArrayDeque<>();
  private long seq;
  private boolean closed;

  private Archive(
      ArchiveSettings settings,
      InstantSource clock,
      Disk disk,
      Ledger ledger,
      Recoverer found,
      Places places,
      Recovery recovery)
      throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.disk = disk;
    this.places = places;
    this.recovery = recovery;
    this.seq = recovery.lastSeq();
    Path root = settings.root();
    this.rotation =
        new Rotation(
            places, path -> isTaken(ledger, path), settings.tapeEvery(), settings.scalpEvery());
    this.sealRoom = new SealRoom(disk, root, ledger, rotation, lock);
    this.forceRound = new ForceRound(rotation, lock, writes);
    this.delivery =
        new Delivery(disk, root, rotation, lock, new TailCut(disk, root, places), this::tellCut);
    found.files.forEach(rotation::add);
    for (ManifestEntry entry : found.unlisted) {
      sealRoom.keep(dayOf(entry.path()), entry);
    }
    Instant now = clock.instant();
    found.cuts.forEach(cut -> line(Lane.SET_ASIDE, now, cut.line(now, "torn-tail", "recover")));
    this.syncer =
        new Syncer("archive-sync-" + settings.provider(), settings.sync(), forceRound::run);
  }

  /**
   * Opens a provider's part of an archive; first recovers what an earlier process left. Takes
   * whatever damage it finds.
   *
   * @throws ArchiveException when the directory cannot be used: not writable, full
   */
  public static Archive open(ArchiveSettings settings, InstantSource clock)
      throws ArchiveException {
    return open(settings, clock, new LocalDisk());
  }

  static Archive open(ArchiveSettings settings, InstantSource clock, Disk disk) {
    Path root = settings.root();
    try {
      disk.createDirectories(root);
      probe(root);
      Places places = new Places(settings.provider(), settings.market(), settings.zone());
      List<Finding> findings = new ArrayList<>();
      Ledger ledger = Ledger.open(disk, root, settings.provider(), findings);
      Recoverer recoverer = new Recoverer(disk, root, places, ledger, clock.instant(), findings);
      Recovery recovery = recoverer.recover(settings.provider(), settings.market());
      Archive archive = new Archive(settings, clock, disk, ledger, recoverer, places, recovery);
      archive.holdFound();
      if (settings.sync().compareTo(Duration.ZERO) > 0) {
        archive.syncer.start();
      }
      return archive;
    } catch (IOException unusable) {
      throw new ArchiveException(
          "archive.dir "
              + root
              + " cannot be used: "
              + unusable
              + "; make it a writable directory with free space",
          unusable);
    }
  }

  /** A full or read-only disk is told here and not at the first line. */
  private static void probe(Path root) throws IOException {
    Path probe = Files.createTempFile(root, ".probe", "");
    try {
      Files.write(probe, new byte[4096]);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private boolean isTaken(Ledger ledger, String path) {
    try {
      return disk.exists(settings.root().resolve(path))
          || disk.exists(settings.root().resolve(path + ".zst"))
          || ledger.entry(dayOf(path), path).isPresent();
    } catch (IOException unreadable) {
      return true;
    }
  }

  private LocalDate dayOf(String path) {
    return Places.dayIn(path).orElseGet(() -> places.day(clock.instant()));
  }

  private void holdFound() throws IOException {
    for (WritingFile file : rotation.files().stream().filter(file -> file.created).toList()) {
      file.hold(disk.hold(settings.root().resolve(file.path())));
    }
  }

  /** A failed append left bytes that stand in set_aside now: list them, and say so in a line. */
  private void tellCut(TailCut.Cut cut) throws IOException {
    Instant now = clock.instant();
    line(Lane.SET_ASIDE, now, cut.line(now, "torn-append", "append"));
    sealRoom.keep(cut.place().day(), cut.entry(now));
  }

  /** Where it is and whose part it is. */
  public ArchiveSettings settings() {
    return settings;
  }

  /** What the start found. */
  public Recovery recovery() {
    return recovery;
  }

  /** Gives each draft its seq and its place on the tape, and stages its line. */
  public List<Entry> number(List<Draft> drafts) {
    List<Entry> entries = new ArrayList<>(drafts.size());
    synchronized (lock) {
      checkOpen();
      for (Draft draft : drafts) {
        WritingFile file = rotation.fileFor(Lane.TAPE, draft.heardAt());
        tapeLines.encode(seq + 1, draft, file.staging());
        seq++;
        long line = file.stagedLine(draft.heardAt(), seq);
        entries.add(new Entry(seq, draft, file.path(), line));
      }
    }
    return entries;
  }

  /**
   * Stages one line and says where it will stand: {@code path:line}. The file is chosen by the lane
   * and the instant; an event of an earlier day goes to that day.
   *
   * @param line one JSON object, without a newline
   * @throws IllegalArgumentException for a line with a newline in it, or for the tape
   */
  public String line(Lane lane, Instant at, byte[] line) {
    if (lane == Lane.TAPE) {
      throw new IllegalArgumentException("tape lines are made by number()");
    }
    if (line.length == 0) {
      throw new IllegalArgumentException("an empty line");
    }
    for (byte b : line) {
      if (b == '\n') {
        throw new IllegalArgumentException("a newline inside a line");
      }
    }
    synchronized (lock) {
      checkOpen();
      WritingFile file = rotation.fileFor(lane, at);
      file.staging().put(line);
      file.staging().put('\n');
      return file.path() + ":" + file.stagedLine(at, 0);
    }
  }

  /**
   * Everything staged since the last call: one batch a file, tape first, then in the order in which
   * the files were begun. Each must be appended, in this order, and again until it succeeds.
   */
  public List<Batch> staged() {
    List<Batch> batches = new ArrayList<>(undelivered);
    undelivered.clear();
    synchronized (lock) {
      List<Batch> others = new ArrayList<>();
      for (WritingFile file : rotation.files()) {
        file.takeStaged()
            .ifPresent(batch -> (batch.lane() == Lane.TAPE ? batches : others).add(batch));
      }
      batches.addAll(others);
    }
    return batches;
  }

  /**
   * Appends everything staged. When one batch fails, it and those behind it are kept and come first
   * the next time; nothing is lost and nothing written twice.
   *
   * @throws ArchiveException when a batch could not be appended; call again when the disk is well
   */
  public void append(Appender appender) throws ArchiveException {
    undelivered.addAll(staged());
    while (!undelivered.isEmpty()) {
      Batch batch = undelivered.getFirst();
      try (Waits.Wait write = writes.begin()) {
        prepare(batch);
        appender.append(batch);
        appended(batch);
      } catch (IOException | RuntimeException why) {
        failed(batch, why);
        throw new ArchiveException(
            "cannot append to %s, will be tried again: %s".formatted(batch.path(), why), why);
      }
      undelivered.removeFirst();
    }
  }

  /**
   * To be called before a batch is appended: makes directory and file, and cuts what a failed
   * append left into set_aside.
   *
   * @throws IOException when the disk does not let it; the batch may come again
   */
  public void prepare(Batch batch) throws IOException {
    delivery.prepare(batch);
  }

  /**
   * To be called after a batch was appended: checks the file's length, counts, extends the
   * checksum.
   *
   * @throws ArchiveException when the file has not the length that it should have; treat it as a
   *     failed append
   */
  public void appended(Batch batch) throws ArchiveException {
    delivery.appended(batch);
    if (settings.sync().isZero()) {
      forceRound.run();
    }
  }

  /** Marks what may stand behind the last whole batch as torn; the same batch may come again. */
  public void failed(Batch batch, Exception why) {
    delivery.failed(batch, why);
  }

  /** Closes what has ended by this instant of the market, with or without traffic. */
  public List<Segment> rotate(Instant now) {
    synchronized (lock) {
      return rotation.close(now).stream().map(WritingFile::segment).toList();
    }
  }

  /** How long scalp segments are from now on; a running one ends at the new grid if sooner. */
  public void scalpEvery(Duration every) {
    ArchiveSettings.checkEvery(every);
    synchronized (lock) {
      rotation.every(Lane.SCALP, every);
    }
  }

  /**
   * Seals what is closed and written in full, day by day. What cannot be sealed now (a full disk)
   * stays for the next call and is told by {@link #trouble()}.
   */
  public List<Sealed> seal() {
    return sealRoom.seal();
  }

  /** Why something could not be sealed the last time; empty when all went well. */
  public Optional<String> trouble() {
    return sealRoom.trouble();
  }

  /**
   * Writes a whole small file, durable when it returns; the next {@link #seal()} lists it. The same
   * content again is no harm.
   *
   * @param path below the archive root
   * @return the path
   * @throws ArchiveException when the file is there with other content
   */
  public String keep(String path, byte[] content) throws IOException {
    Path target = settings.root().resolve(path).normalize();
    if (!target.startsWith(settings.root())) {
      throw new ArchiveException("not below the archive: " + path);
    }
    if (disk.exists(target)) {
      if (disk.size(target) != content.length
          || !Sha256.of(disk.read(target)).equals(Sha256.of(content))) {
        throw new ArchiveException(path + " is sealed with other content; it stays as it is");
      }
    } else {
      disk.replace(target, content);
    }
    sealRoom.keep(
        dayOf(path),
        ManifestEntry.whole(path, content, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    return path;
  }

  /** Forces everything written so far to the disk, now; false when something could not be. */
  public boolean force() {
    return forceRound.force();
  }

  /** How well data gets to the disk. */
  public Forcing forcing() {
    return forceRound.status();
  }

  /** How long appends and forces take, each for itself; one that hangs counts with its age. */
  public Waits writes() {
    return writes;
  }

  /** The seq of the newest line of the tape, staged ones included. */
  public long lastSeq() {
    synchronized (lock) {
      return seq;
    }
  }

  /** The files that are not sealed yet. */
  public List<OpenFile> open() {
    synchronized (lock) {
      return rotation.files().stream().map(WritingFile::status).toList();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the archive is closed");
    }
  }

  /**
   * Ends cleanly: seals segments and whatever has ended, and records how far the open files go.
   * Does not append what is staged.
   *
   * @throws ArchiveException when lines are left that were never appended, or the disk failed
   */
  @Override
  public void close() throws ArchiveException {
    end(true);
  }

  /**
   * Ends like {@link #close}, for who has not observed: where the last session was killed, the
   * manifest goes on saying so, and the next session tells since when nobody has watched.
   *
   * @throws ArchiveException as {@link #close}
   */
  public void leave() throws ArchiveException {
    end(recovery.cleanEnd());
  }

  /**
   * Makes the manifests of all earlier days final: from here on this day has one. Nothing happens
   * while files of an earlier day are not sealed, and where this or a later day has one.
   */
  public void begin(LocalDate day) throws IOException {
    sealRoom.begin(day);
  }

  private void end(boolean clean) {
    Instant now = clock.instant();
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      rotation.close(now);
      rotation.closeSegments();
    }
    syncer.close();
    forceRound.force();
    sealRoom.close(now.truncatedTo(ChronoUnit.MILLIS), clean);
  }
}
