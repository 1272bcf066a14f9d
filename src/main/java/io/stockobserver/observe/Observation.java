package io.stockobserver.observe;

import io.stockobserver.tape.Entry;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing seen of one instrument. A figure that the venue did not give, or gave as zero or empty
 * where that means "no value", is null, never 0. Prices are in the market's currency, sizes and
 * volumes in units of the instrument; digits as sent.
 *
 * @param part what of the instrument this tells; figures that are no part of it are null
 * @param tradeId of one trade, unique for its instrument at this venue; null where there is none
 * @param symbol the venue's own code, opaque
 * @param at when it happened, by the venue; equals the heard time where the venue gives none
 * @param atIsHeard true where the venue gave no time
 * @param lastPrice the last trade's price
 * @param tradeSize the size of the trade that this tells of
 * @param accVolume what traded since the venue's day began
 * @param accValue its value
 * @param prevClose the price that change and limits are reckoned from
 * @param halted true where the venue says that trading is halted
 * @param specifics everything else that the venue said
 * @param source the tape entry it was read from
 */
public record Observation(
    Part part,
    @Nullable String tradeId,
    String symbol,
    Instant at,
    boolean atIsHeard,
    @Nullable BigDecimal lastPrice,
    @Nullable BigDecimal bidPrice,
    @Nullable BigDecimal askPrice,
    @Nullable BigDecimal bidSize,
    @Nullable BigDecimal askSize,
    @Nullable BigDecimal tradeSize,
    @Nullable BigDecimal accVolume,
    @Nullable BigDecimal accValue,
    @Nullable BigDecimal open,
    @Nullable BigDecimal high,
    @Nullable BigDecimal low,
    @Nullable BigDecimal prevClose,
    boolean halted,
    Specifics specifics,
    Entry source) {

  /** How much of an instrument one message of the venue tells. */
  public enum Part {
    /** Everything at once, ordered by what has traded since the day began. */
    STATE,
    /**
     * Last price and the figures of the venue's day, which may begin anew within ours; ordered by
     * the venue's time. Told of what does not trade too, and then as old as its last change.
     */
    TICKER,
    /** The best quotes; ordered and as old as a ticker. */
    BOOK,
    /** One trade; what traded is the sum of them. They may come a little out of order. */
    TRADE
  }

  /** As a venue tells it that gives everything at once. */
  public Observation(
      String symbol,
      Instant at,
      boolean atIsHeard,
      @Nullable BigDecimal lastPrice,
      @Nullable BigDecimal bidPrice,
      @Nullable BigDecimal askPrice,
      @Nullable BigDecimal bidSize,
      @Nullable BigDecimal askSize,
      @Nullable BigDecimal tradeSize,
      @Nullable BigDecimal accVolume,
      @Nullable BigDecimal accValue,
      @Nullable BigDecimal open,
      @Nullable BigDecimal high,
      @Nullable BigDecimal low,
      @Nullable BigDecimal prevClose,
      boolean halted,
      Specifics specifics,
      Entry source) {
    this(
        Part.STATE,
        null,
        symbol,
        at,
        atIsHeard,
        lastPrice,
        bidPrice,
        askPrice,
        bidSize,
        askSize,
        tradeSize,
        accVolume,
        accValue,
        open,
        high,
        low,
        prevClose,
        halted,
        specifics,
        source);
  }
}
