package io.stockobserver.cli;

import io.stockobserver.backup.pulling.PullProgress;
import java.io.PrintStream;
import java.util.Locale;

/** A bar on a terminal for a pull that takes longer than two seconds. Thread-safe. */
final class PullBar implements PullProgress, AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long EVERY_NANOS = 200_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream out = System.err;
  private final boolean shown;
  private final long began = System.nanoTime();
  private long expected;
  private long came;
  private long next = began + QUIET_NANOS;
  private boolean drawn;

  PullBar(boolean json) {
    shown = Bar.isShown(json);
  }

  @Override
  public synchronized void expect(long bytes) {
    expected += bytes;
  }

  @Override
  public synchronized void came(long bytes) {
    came += bytes;
    if (shown) {
      long now = System.nanoTime();
      if (now >= next) {
        next = now + EVERY_NANOS;
        draw(now);
      }
    }
  }

  private void draw(long now) {
    double share = expected == 0 ? 0 : Math.min(1, (double) came / expected);
    int full = (int) (share * WIDTH);
    drawn = true;
    out.print(
        "\r  pulling ["
            + "#".repeat(full)
            + ".".repeat(WIDTH - full)
            + "] "
            + Words.bytes(came)
            + " of "
            + Words.bytes(expected)
            + String.format(Locale.ROOT, "  %.1f MB/s", came / 1e6 / ((now - began) / 1e9))
            + "\u001b[K");
    out.flush();
  }

  @Override
  public synchronized void close() {
    if (drawn) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
