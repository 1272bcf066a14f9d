package io.stockobserver.cli;

import java.io.PrintStream;

/** A bar on a terminal for work that takes longer than two seconds. Thread-safe. */
final class Bar implements AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long EVERY_NANOS = 200_000_000L;
  private static final int WIDTH = 30;

  private final PrintStream out = System.err;
  private final String doing;
  private final boolean shown;
  private long all;
  private long done;
  private long next = System.nanoTime() + QUIET_NANOS;
  private boolean drawn;

  /**
   * Not drawn yet.
   *
   * @param doing such as {@code packaging}
   * @param json whether somebody else than a person reads along
   */
  Bar(String doing, boolean json) {
    this.doing = doing;
    this.shown = isShown(json);
  }

  /** Whether there is a terminal to draw on, and a person before it. */
  static boolean isShown(boolean json) {
    return Boolean.getBoolean("observer.terminal") && !json;
  }

  /** So many bytes are to be done, and none is yet. */
  synchronized void all(long bytes) {
    all = bytes;
    done = 0;
  }

  /** So many more are. */
  synchronized void done(long bytes) {
    done += bytes;
    if (shown && all > 0) {
      long now = System.nanoTime();
      if (now >= next) {
        next = now + EVERY_NANOS;
        draw();
      }
    }
  }

  private void draw() {
    int full = (int) Math.min(WIDTH, done * WIDTH / all);
    drawn = true;
    out.print(
        "\r  %s [%s%s] %s of %s\u001b[K"
            .formatted(
                doing,
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                Words.bytes(done),
                Words.bytes(Math.max(done, all))));
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
