package io.stockobserver.archive;

import io.stockobserver.tape.LineBuffer;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One file that is not sealed yet: what is staged for it, what is in it, what of that is forced.
 * Guarded by the archive's lock, except {@link #force}, which only its own hold guards.
 */
final class WritingFile {
  final Places.Place place;
  final boolean recovered;

  /** When it ends by the market clock; a segment may be cut shorter while it runs. */
  Instant end;

  boolean closed;
  boolean created;

  /** Whether bytes may stand behind the counted ones, left by an append that failed. */
  boolean torn;

  long bytes;
  long lines;
  long damagedLines;
  long forcedBytes;
  String forceFailure = "";
  final Imprint imprint;
  @Nullable Instant first;
  @Nullable Instant last;
  long firstSeq;
  long lastSeq;

  private final Object holdLock = new Object();
  private Disk.@Nullable Hold hold;

  private @Nullable LineBuffer staged;
  private long numbered;
  private long stagedFrom;
  private @Nullable Instant stagedFirst;
  private @Nullable Instant stagedLast;
  private long stagedFirstSeq;
  private long stagedLastSeq;

  /** A new file, without a line yet. */
  WritingFile(Places.Place place) {
    this(place, Imprint.of(place.lane()), false);
  }

  private WritingFile(Places.Place place, Imprint imprint, boolean recovered) {
    this.place = place;
    this.end = place.end();
    this.imprint = imprint;
    this.recovered = recovered;
  }

  /** A file that an earlier process left, as the scan found it. */
  static WritingFile found(Places.Place place, TailScan.Found found) {
    WritingFile file = new WritingFile(place, Imprint.of(found.digest()), true);
    file.created = true;
    file.bytes = found.bytes();
    file.lines = found.lines();
    file.numbered = found.lines();
    file.damagedLines = found.damagedLines();
    file.first = found.first().at().orElse(place.start());
    file.last = found.last().at().orElse(file.first);
    file.firstSeq = found.first().seq();
    file.lastSeq = found.last().seq();
    return file;
  }

  String path() {
    return place.path();
  }

  /** Where lines are staged; tell {@link #stagedLine} after each. */
  LineBuffer staging() {
    if (staged == null) {
      staged = new LineBuffer(1 << 14);
    }
    return staged;
  }

  /** Counts the line just put into the staging buffer and gives its number in the file. */
  long stagedLine(Instant at, long seq) {
    if (stagedFirst == null) {
      stagedFirst = at;
      stagedFrom = numbered + 1;
      stagedFirstSeq = seq;
    }
    stagedLast = at;
    stagedLastSeq = seq;
    return ++numbered;
  }

  /** The number that the next staged line will get. */
  long nextLine() {
    return numbered + 1;
  }

  /** What was staged since the last call, as one batch. */
  Optional<Batch> takeStaged() {
    if (staged == null || stagedFirst == null || stagedLast == null) {
      return Optional.empty();
    }
    Batch batch =
        new Batch(
            place.lane(),
            path(),
            staged.toByteArray(),
            (int) (numbered - stagedFrom + 1),
            stagedFrom,
            asTold(stagedFirst),
            asTold(stagedLast),
            stagedFirstSeq,
            stagedLastSeq);
    staged.clear();
    stagedFirst = null;
    return Optional.of(batch);
  }

  /** As finely as the lines themselves tell their instants. */
  private Instant asTold(Instant at) {
    return at.truncatedTo(place.lane() == Lane.TAPE ? ChronoUnit.MICROS : ChronoUnit.MILLIS);
  }

  /** Whether every line that got a number is in the file. */
  boolean drained() {
    return lines == numbered && !torn;
  }

  long waitingLines() {
    return numbered - lines;
  }

  /** The instant of the newest line, staged ones included. */
  Optional<Instant> newest() {
    return Optional.ofNullable(stagedLast != null ? stagedLast : last);
  }

  /** Counts a batch that now stands at the end of the file. */
  void appended(Batch batch) {
    imprint.update(batch.bytes());
    bytes += batch.bytes().length;
    lines += batch.lines();
    if (first == null) {
      first = batch.first();
      firstSeq = batch.firstSeq();
    }
    last = batch.last();
    lastSeq = batch.lastSeq();
  }

  /** Keeps a handle, so that the file can be forced while others write it. */
  void hold(Disk.Hold handle) {
    synchronized (holdLock) {
      hold = handle;
    }
  }

  /** Forces what is in the file; false when it has no handle any more. */
  boolean force() throws IOException {
    synchronized (holdLock) {
      if (hold == null) {
        return false;
      }
      hold.force();
      return true;
    }
  }

  void release() throws IOException {
    synchronized (holdLock) {
      if (hold != null) {
        hold.close();
        hold = null;
      }
    }
  }

  Segment segment() {
    return new Segment(place.lane(), path(), place.start(), end, lines, recovered);
  }

  OpenFile status() {
    return new OpenFile(place.lane(), path(), bytes, lines, bytes - forcedBytes, waitingLines());
  }

  /** What the manifest says about it now. */
  ManifestEntry entry(ManifestEntry.State state) {
    return new ManifestEntry(
        path(),
        state,
        bytes,
        lines,
        imprint.sha256(),
        first == null ? place.start() : first,
        last == null ? place.start() : last,
        firstSeq,
        lastSeq,
        recovered && place.lane().naming() == Lane.Naming.SECOND,
        damagedLines,
        Optional.empty());
  }
}
