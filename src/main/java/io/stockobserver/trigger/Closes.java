package io.stockobserver.trigger;

import java.util.Arrays;

/**
 * The last price of each slice, and how far the slices' prices lay apart in each window of the
 * baseline. Slice closes, not every price: so a symbol that is heard trade by trade and one that is
 * asked for once a slice have the same range. A ring; not thread-safe.
 */
final class Closes {
  /** So many slices must have a price, or a window has no range. */
  static final int FEWEST = TriggerSettings.SLICES / 2;

  private static final int KEPT = TriggerSettings.SLICES + 1;
  private static final float UNKNOWN = Float.NaN;

  private final long slice;
  private final long[] close = new long[KEPT];
  private final float[] range;
  private long newest = Long.MIN_VALUE;
  private long last;
  private long window;
  private long high;
  private long low;
  private int priced;

  /**
   * An empty one.
   *
   * @param slice its length in milliseconds
   * @param windows how many windows of the past are kept
   */
  Closes(long slice, int windows) {
    this.slice = slice;
    range = new float[windows];
    Arrays.fill(range, UNKNOWN);
  }

  /** The last price ever seen, 0 for none. */
  long last() {
    return last;
  }

  /** Takes a price, in {@link Fixed#PRICE_UNIT}. */
  void see(long at, long price) {
    roll(Math.floorDiv(at, slice), 0);
    close[slot(newest)] = price;
    last = price;
  }

  /** Says that nothing was traded until {@code at}: the last price stands until then. */
  void hold(long at) {
    if (last != 0) {
      roll(Math.floorDiv(at, slice), last);
    }
  }

  /** Percent between the lowest and the highest close of these slices; NaN for too few. */
  double range(long firstSlice, long lastSlice) {
    long highest = 0;
    long lowest = Long.MAX_VALUE;
    int found = 0;
    for (long s = Math.max(firstSlice, newest - KEPT + 1); s <= Math.min(lastSlice, newest); s++) {
      long price = close[slot(s)];
      if (price != 0) {
        highest = Math.max(highest, price);
        lowest = Math.min(lowest, price);
        found++;
      }
    }
    return found < FEWEST ? Double.NaN : percent(highest - lowest, lowest);
  }

  /** How many of these slices have a price. */
  int priced(long firstSlice, long lastSlice) {
    int found = 0;
    for (long s = Math.max(firstSlice, newest - KEPT + 1); s <= Math.min(lastSlice, newest); s++) {
      found += close[slot(s)] != 0 ? 1 : 0;
    }
    return found;
  }

  /** Percent from the first close of these slices to the last, without sign; NaN for none. */
  double move(long firstSlice, long lastSlice) {
    for (long s = Math.max(firstSlice, newest - KEPT + 1); s <= Math.min(lastSlice, newest); s++) {
      long first = close[slot(s)];
      if (first != 0) {
        return percent(Math.abs(last - first), first);
      }
    }
    return Double.NaN;
  }

  /** The mean range of these windows in percent; NaN where fewer than {@code least} have one. */
  double meanRange(long firstWindow, long lastWindow, int least) {
    double sum = 0;
    int found = 0;
    long oldest = window - range.length;
    for (long w = Math.max(firstWindow, oldest); w <= Math.min(lastWindow, window - 1); w++) {
      float one = range[(int) Math.floorMod(w, (long) range.length)];
      if (!Float.isNaN(one)) {
        sum += one;
        found++;
      }
    }
    return found < Math.max(1, least) ? Double.NaN : sum / found;
  }

  private static double percent(long part, long whole) {
    return 100.0 * part / whole;
  }

  private static int slot(long slice) {
    return (int) Math.floorMod(slice, (long) KEPT);
  }

  private void roll(long to, long filling) {
    long longest = (long) range.length * TriggerSettings.SLICES;
    if (newest == Long.MIN_VALUE || to - newest > longest) {
      // Longer than anything is remembered: as on the first day.
      Arrays.fill(close, 0);
      Arrays.fill(range, UNKNOWN);
      newest = to;
      begin(Math.floorDiv(to, (long) TriggerSettings.SLICES));
      return;
    }
    while (newest < to) {
      finish(close[slot(newest)]);
      newest++;
      close[slot(newest)] = filling;
      long now = Math.floorDiv(newest, (long) TriggerSettings.SLICES);
      if (now != window) {
        range[(int) Math.floorMod(window, (long) range.length)] =
            priced < FEWEST ? UNKNOWN : (float) percent(high - low, low);
        begin(now);
      }
    }
  }

  private void finish(long price) {
    if (price != 0) {
      high = Math.max(high, price);
      low = Math.min(low, price);
      priced++;
    }
  }

  private void begin(long newWindow) {
    window = newWindow;
    high = 0;
    low = Long.MAX_VALUE;
    priced = 0;
  }
}
