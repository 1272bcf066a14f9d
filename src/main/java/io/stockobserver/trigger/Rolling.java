package io.stockobserver.trigger;

import io.stockobserver.observe.Observation;

/**
 * What is remembered of one symbol: the slices of the window and the windows of the baseline. Each
 * observation costs the same, and no object where its figures are whole numbers. Not thread-safe.
 */
final class Rolling {
  /** An answer may be older than the feed by so much and both still be right. */
  private static final long LATE = 2_000;

  /** No answer is older than this: a volume that stays lower for so long was corrected. */
  private static final long CORRECTED = 60_000;

  private final TriggerSettings settings;
  private final Flow slices;
  private final Flow windows;
  private final Closes closes;
  private final Lane asked = new Lane();
  private final Lane streamed = new Lane();
  private long latest = Long.MIN_VALUE;
  private long seenUntil = Long.MIN_VALUE;
  private boolean streaming;
  private boolean halted;

  Rolling(TriggerSettings settings) {
    this.settings = settings;
    long slice = settings.sliceMillis();
    // One slice more than the window, because now is inside one; so too, twice, of the baseline.
    slices = new Flow(slice, TriggerSettings.SLICES + 1);
    windows = new Flow(settings.windowMillis(), settings.baselineWindows() + 3);
    closes = new Closes(slice, settings.baselineWindows() + 3);
  }

  /** Whether {@code at} is so far back that the clock must have been set back. */
  boolean isAheadOf(long at) {
    return latest != Long.MIN_VALUE && at < latest - settings.sliceMillis();
  }

  /**
   * Takes one observation.
   *
   * @param heardAt in milliseconds; what is heard a little out of order is taken as of the latest
   * @param brokenAt what was heard until then is no ground to reckon growth from
   */
  void see(Observation o, long heardAt, long brokenAt) {
    long at = Math.max(heardAt, latest);
    latest = at;
    // Only what also tells of trading can say that a halt is over: an order book goes on.
    halted = o.halted() || (halted && o.accVolume() == null && o.tradeSize() == null);
    if (halted) {
      // Nothing can trade: that is no baseline, and what then opens it is a match, not a surge.
      asked.forget();
      streamed.forget();
      return;
    }
    boolean unbroken = o.tradeSize() == null ? row(o, at, brokenAt) : trade(o, at, brokenAt);
    if (unbroken) {
      closes.hold(at);
    }
    long price = Fixed.price(o.lastPrice());
    if (price != Fixed.NONE) {
      closes.see(at, price);
    }
  }

  /** A row that was asked for: what traded since the row before is spread over the time between. */
  private boolean row(Observation o, long at, long brokenAt) {
    long acc = Fixed.volume(o.accVolume());
    if (acc == Fixed.NONE || begins(asked, acc, at, brokenAt)) {
      return false;
    }
    long growth = acc - asked.acc();
    // The feed tells each trade at its instant. Where it said nothing for as long as the rows lie
    // apart, and they tell of trades, the rows are all there is.
    if (streaming && growth > 0 && streamed.at() + LATE < asked.at()) {
      streaming = false;
    }
    if (!streaming) {
      spread(asked.at(), at, growth);
    }
    see(asked.at(), at);
    asked.mark(acc, at);
    return false;
  }

  /**
   * A trade: its size belongs to its instant; what the accumulated volume has grown beyond it was
   * not heard and is spread over the time since the trade before.
   *
   * @return whether no trade was missed since the one before
   */
  private boolean trade(Observation o, long at, long brokenAt) {
    long size = Math.max(0, Fixed.volume(o.tradeSize()));
    long told = Fixed.volume(o.accVolume());
    long acc = told == Fixed.NONE ? streamed.acc() + size : told;
    if (begins(streamed, acc, at, brokenAt)) {
      streaming = true;
      return false;
    }
    long growth = acc - streamed.acc();
    long own = Math.min(size, growth);
    // Until now the rows were counted; what they told is not counted again.
    boolean unbroken = streaming && growth == own;
    if (streaming) {
      spread(streamed.at(), at, growth - own);
      see(streamed.at(), at);
    }
    put(at, own);
    streaming = true;
    streamed.mark(acc, at);
    return unbroken;
  }

  /**
   * Whether a lane only begins here, or has nothing to tell: a volume that goes backwards is an
   * older state and ignored; a minute of them is a correction, and reckoned from anew.
   */
  private boolean begins(Lane lane, long acc, long at, long brokenAt) {
    if (lane.at() == Long.MIN_VALUE || lane.at() <= brokenAt) {
      lane.mark(acc, at);
      return true;
    }
    if (acc >= lane.acc()) {
      return false;
    }
    if (at - lane.at() >= CORRECTED) {
      lane.mark(acc, at);
    }
    return true;
  }

  private void put(long at, long amount) {
    slices.put(at, amount);
    windows.put(at, amount);
  }

  private void spread(long from, long to, long amount) {
    slices.spread(from, to, amount);
    windows.spread(from, to, amount);
  }

  private void see(long from, long to) {
    long begin = Math.max(from, seenUntil);
    if (begin < to) {
      slices.see(begin, to);
      windows.see(begin, to);
      seenUntil = to;
    }
  }

  /** Whether the venue said last that it is halted. */
  boolean halted() {
    return halted;
  }

  /** What is known at {@code now}: the window is the slice of now and the five before. */
  Picture picture(long now) {
    long window = settings.windowMillis();
    long lastSlice = slices.stretch(Math.max(now, latest));
    long firstSlice = lastSlice - TriggerSettings.SLICES + 1;
    // Only whole windows that had ended when this one began.
    long lastWindow = windows.stretch(firstSlice * settings.sliceMillis()) - 1;
    long firstWindow = lastWindow - settings.baselineWindows() + 1;
    int warmup = settings.warmupWindows();
    boolean looked = closes.priced(firstSlice, lastSlice) >= Closes.FEWEST;
    return new Picture(
        slices.rate(firstSlice, lastSlice, window / 2),
        looked ? slices.middleRate(firstSlice, lastSlice, Closes.FEWEST) : Double.NaN,
        windows.rate(firstWindow, lastWindow, warmup * window),
        closes.last(),
        closes.range(firstSlice, lastSlice),
        closes.meanRange(firstWindow, lastWindow, warmup),
        closes.move(firstSlice, lastSlice));
  }
}
