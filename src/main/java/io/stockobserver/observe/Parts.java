package io.stockobserver.observe;

import io.stockobserver.observe.Observation.Part;
import java.math.BigDecimal;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The latest of each part of one instrument, for a venue that tells it in parts, and the sum of
 * what traded. Put together only when somebody looks. Not thread-safe: whoever reads the tape owns
 * it.
 */
final class Parts {
  private final TradeIds trades = new TradeIds();
  private @Nullable Observation ticker;
  private @Nullable Observation book;
  private @Nullable Observation trade;
  private Verdict tickerVerdict = Verdict.SOUND;
  private Verdict streamVerdict = Verdict.SOUND;
  private @Nullable Observation together;
  private @Nullable BigDecimal traded;

  boolean isAheadOf(Observation o) {
    Observation before = o.part() == Part.TICKER ? ticker : o.part() == Part.BOOK ? book : null;
    return before != null && o.at().isBefore(before.at());
  }

  boolean isRepeatedBy(Observation o) {
    return o.part() == Part.TRADE && o.tradeId() != null && trades.contains(o.tradeId());
  }

  void take(Observation o, Verdict how) {
    together = null;
    switch (o.part()) {
      case TICKER, STATE -> {
        ticker = o;
        tickerVerdict = how;
      }
      case BOOK -> {
        book = o;
        streamVerdict = how;
      }
      case TRADE -> {
        add(o);
        streamVerdict = how;
      }
    }
  }

  private void add(Observation o) {
    if (o.tradeSize() != null) {
      traded = traded == null ? o.tradeSize() : traded.add(o.tradeSize());
    }
    if (o.tradeId() != null) {
      trades.add(o.tradeId());
    }
    if (trade == null || !o.at().isBefore(trade.at())) {
      trade = o;
    }
  }

  /** Quotes of before are not told again. */
  void forgetBook() {
    book = null;
    trade = null;
    together = null;
  }

  /** Every trade from now on will be told: until the first one, nothing has traded. */
  void countTrades() {
    traded = traded == null ? BigDecimal.ZERO : traded;
  }

  /** Whether trades are told one by one. */
  boolean sums() {
    return traded != null;
  }

  /** What traded since the last call; null where trades are not told. */
  @Nullable BigDecimal takeTraded() {
    BigDecimal sum = traded;
    traded = sum == null ? null : BigDecimal.ZERO;
    return sum;
  }

  /** How what is told most often was judged. */
  Verdict verdict() {
    return book == null && trade == null ? tickerVerdict : streamVerdict;
  }

  /** All parts as one state; null before the first. */
  @Nullable Observation state() {
    if (together == null) {
      together = putTogether();
    }
    return together;
  }

  private @Nullable Observation putTogether() {
    Observation t = ticker;
    Observation b = book;
    Observation d = trade;
    Observation newest = later(later(t, b), d);
    Observation heardLast = heardLater(heardLater(t, b), d);
    if (newest == null || heardLast == null || (b == null && d == null)) {
      return newest;
    }
    // A ticker is told a moment after its trade; one that is older than the trade knows less.
    boolean byTrade = d != null && (t == null || t.lastPrice() == null || !t.at().isAfter(d.at()));
    Observation priced = byTrade ? d : t;
    boolean byBook = b != null && (d == null || d.bidPrice() == null || !b.at().isBefore(d.at()));
    Observation quoted = byBook ? b : d != null && d.bidPrice() != null ? d : t;
    return new Observation(
        Part.STATE,
        null,
        newest.symbol(),
        newest.at(),
        newest.atIsHeard(),
        priced == null ? null : priced.lastPrice(),
        quoted == null ? null : quoted.bidPrice(),
        quoted == null ? null : quoted.askPrice(),
        quoted == null ? null : quoted.bidSize(),
        quoted == null ? null : quoted.askSize(),
        priced == null ? null : priced.tradeSize(),
        t == null ? null : t.accVolume(),
        t == null ? null : t.accValue(),
        t == null ? null : t.open(),
        t == null ? null : t.high(),
        t == null ? null : t.low(),
        t != null ? t.prevClose() : d == null ? null : d.prevClose(),
        t != null && t.halted(),
        visitor -> {
          tell(t, visitor);
          tell(d, visitor);
          tell(b, visitor);
        },
        heardLast.source());
  }

  private static void tell(@Nullable Observation part, BiConsumer<String, String> visitor) {
    if (part != null) {
      part.specifics().forEach(visitor);
    }
  }

  private static @Nullable Observation later(@Nullable Observation a, @Nullable Observation b) {
    return a == null || (b != null && b.at().isAfter(a.at())) ? b : a;
  }

  private static @Nullable Observation heardLater(
      @Nullable Observation a, @Nullable Observation b) {
    return a == null || (b != null && b.source().seq() > a.source().seq()) ? b : a;
  }
}
