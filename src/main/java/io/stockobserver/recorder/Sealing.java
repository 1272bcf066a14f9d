package io.stockobserver.recorder;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.Sealed;
import io.stockobserver.evidence.Event;
import java.time.Clock;

/** Closes the files whose time has ended, seals them and says so. Used by one route's thread. */
public final class Sealing {
  private final Recorder recorder;
  private final Archive archive;
  private final Clock clock;

  public Sealing(Recorder recorder, Archive archive, Clock clock) {
    this.recorder = recorder;
    this.archive = archive;
    this.clock = clock;
  }

  /** Rotates by the market's clock and seals what waits for it. */
  public void sealWhatEnded() {
    archive.rotate(clock.instant());
    for (Sealed sealed : archive.seal()) {
      recorder.event(
          Event.of("segment_sealed", clock.instant())
              .with("path", sealed.path())
              .with("bytes", sealed.bytes())
              .with("lines", sealed.lines())
              .with("sha256", sealed.sha256())
              .with("recovered", sealed.recovered() ? true : null)
              .with("damage", sealed.damage().isEmpty() ? null : sealed.damage()));
    }
  }
}
