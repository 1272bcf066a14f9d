package io.stockobserver;

import io.stockobserver.backup.packing.Packager;

/** Rests as long as it worked: recording has the processor and the disk first. One thread. */
final class GentlePace implements Packager.Progress {
  private static final long AT_ONCE_BYTES = 4 << 20;
  private static final long LONGEST_REST_NANOS = 200_000_000;

  private long bytes;
  private long since = System.nanoTime();

  @Override
  public void all(long toDo) {
    since = System.nanoTime();
  }

  @Override
  public void done(long more) {
    bytes += more;
    if (bytes >= AT_ONCE_BYTES) {
      bytes = 0;
      rest(Math.min(LONGEST_REST_NANOS, System.nanoTime() - since));
      since = System.nanoTime();
    }
  }

  private static void rest(long nanos) {
    try {
      Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
