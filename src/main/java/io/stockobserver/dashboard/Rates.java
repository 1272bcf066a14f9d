package io.stockobserver.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Two counters by the second, for the last five minutes. One thread. */
final class Rates {
  /** How many seconds are remembered. */
  static final int SECONDS = 300;

  private final int[] frames = new int[SECONDS];
  private final int[] lines = new int[SECONDS];
  private int taken;
  private long lastFrames;
  private long lastLines;
  private long lastNanos;
  private boolean begun;

  /**
   * Where the counters are at a moment; one that begins anew counts as nothing.
   *
   * @param nanos of a monotonic clock
   */
  void take(long framesNow, long linesNow, long nanos) {
    if (begun) {
      double seconds = Math.max(0.05, (nanos - lastNanos) / 1e9);
      int at = taken++ % SECONDS;
      frames[at] = (int) Math.round(Math.max(0, framesNow - lastFrames) / seconds);
      lines[at] = (int) Math.round(Math.max(0, linesNow - lastLines) / seconds);
    }
    begun = true;
    lastFrames = framesNow;
    lastLines = linesNow;
    lastNanos = nanos;
  }

  int framesNow() {
    return taken == 0 ? 0 : frames[(taken - 1) % SECONDS];
  }

  int linesNow() {
    return taken == 0 ? 0 : lines[(taken - 1) % SECONDS];
  }

  /** Oldest first. */
  void write(JsonGenerator g) throws IOException {
    g.writeObjectFieldStart("rates");
    write(g, "frames", frames);
    write(g, "lines", lines);
    g.writeEndObject();
  }

  private void write(JsonGenerator g, String name, int[] ring) throws IOException {
    g.writeArrayFieldStart(name);
    for (int i = Math.max(0, taken - SECONDS); i < taken; i++) {
      g.writeNumber(ring[i % SECONDS]);
    }
    g.writeEndArray();
  }
}
