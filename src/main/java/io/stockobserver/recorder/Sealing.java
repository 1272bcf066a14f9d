package io.stockobserver.recorder;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.Sealed;
import io.stockobserver.evidence.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Closes the files whose time has ended, seals them and says so. Used by one route's thread. */
public final class Sealing {
  /** What was heard before a boundary may be a moment from its line yet, and belongs before it. */
  private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

  private final Recorder recorder;
  private final Archive archive;
  private final Clock clock;
  private final AtomicLong sealed = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  public Sealing(Recorder recorder, Archive archive, Clock clock) {
    this.recorder = recorder;
    this.archive = archive;
    this.clock = clock;
  }

  /** Files sealed since the start. */
  public long sealed() {
    return sealed.get();
  }

  /** Rounds since the start in which something could not be sealed; it is tried again. */
  public long failures() {
    return failures.get();
  }

  /** Rotates by the market's clock and seals what waits for it. */
  public void sealWhatEnded() {
    archive.rotate(clock.instant().minus(ON_THE_WAY));
    List<Sealed> all = archive.seal();
    sealed.addAndGet(all.size());
    failures.addAndGet(archive.trouble().isPresent() ? 1 : 0);
    for (Sealed one : all) {
      recorder.event(told(one, clock.instant()));
    }
  }

  /** The event that tells of a seal. */
  public static Event told(Sealed one, Instant at) {
    return Event.of("segment_sealed", at)
        .with("path", one.path())
        .with("bytes", one.bytes())
        .with("lines", one.lines())
        .with("sha256", one.sha256())
        .with("recovered", one.recovered() ? true : null)
        .with("damage", one.damage().isEmpty() ? null : one.damage());
  }
}
