package io.stockobserver.cli;

import java.io.PrintStream;

/** A bar on a terminal for a load that takes longer than two seconds. */
final class EtlProgress implements AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long EVERY_NANOS = 200_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream out = System.err;
  private final boolean shown;
  private final long all;
  private long read;
  private long next = System.nanoTime() + QUIET_NANOS;
  private boolean drawn;

  EtlProgress(long all, boolean json) {
    this.all = all;
    this.shown = Boolean.getBoolean("observer.terminal") && !json && all > 0;
  }

  /** So many bytes more were read. */
  void read(long bytes) {
    read += bytes;
    long now = System.nanoTime();
    if (!shown || now < next) {
      return;
    }
    next = now + EVERY_NANOS;
    drawn = true;
    int full = (int) Math.min(WIDTH, read * WIDTH / all);
    out.print(
        "\r  loading ["
            + "#".repeat(full)
            + ".".repeat(WIDTH - full)
            + "] "
            + Words.bytes(read)
            + " of "
            + Words.bytes(all)
            + (read >= all ? ", indexes, bars and proof" : "")
            + "\u001b[K");
    out.flush();
  }

  @Override
  public void close() {
    if (drawn) {
      drawn = false;
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
