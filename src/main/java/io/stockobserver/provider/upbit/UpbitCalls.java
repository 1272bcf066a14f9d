package io.stockobserver.provider.upbit;

import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Call;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds Upbit's REST requests as values. Sends nothing; never an {@code Origin}, which would mean
 * one call in ten seconds (Upbit sheet 2.8).
 */
public final class UpbitCalls {
  /** All would fit into one call; the address should stay one that any proxy takes. */
  public static final int MARKETS_A_CALL = 100;

  private static final String UNIVERSE = "universe";
  private static final String SWING = "swing";

  private UpbitCalls() {}

  /** Asks for every market there is, with what the venue warns of (Upbit sheet 2.1). */
  public static Call markets() {
    return call(UNIVERSE, UpbitEndpoint.MARKETS, "is_details=true", List.of());
  }

  /** Asks for the tickers of every market of some currencies (Upbit sheet 2.2). */
  public static Call allTickers(Collection<String> quotes) {
    String query = "quote_currencies=" + String.join(",", new TreeSet<>(quotes));
    return call(UNIVERSE, UpbitEndpoint.TICKER_ALL, query, List.of());
  }

  /** Whether a request on the tape was made for the universe, and not for a sweep. */
  static boolean ofUniverse(Entry request) {
    return request.feed().equals(UNIVERSE);
  }

  /** Asks for the last day candle that had ended when {@code before} began, in UTC (sheet 2.6). */
  public static Call dayCandle(String market, LocalDate before) {
    String query =
        "market=" + UpbitCodes.require(market) + "&count=1&to=" + before + "T00%3A00%3A00Z";
    return call(UNIVERSE, UpbitEndpoint.DAY_CANDLES, query, List.of());
  }

  /** Asks for the last day candle whatever, to see whether there is one. */
  public static Call anyDayCandle(String market) {
    String query = "market=" + UpbitCodes.require(market) + "&count=1";
    return call(UNIVERSE, UpbitEndpoint.DAY_CANDLES, query, List.of());
  }

  /** Asks for tickers (Upbit sheet 2.2); one market that is unknown spoils the call. */
  public static Call tickers(List<String> markets) {
    return call(SWING, UpbitEndpoint.TICKER, "markets=" + list(markets), markets);
  }

  /** Asks for the best quotes (Upbit sheet 2.3); as above. */
  public static Call books(List<String> markets) {
    return call(SWING, UpbitEndpoint.BOOK, "markets=" + list(markets) + "&count=1", markets);
  }

  /**
   * The markets that a request on the tape asked for, in the order asked; none where it asked for
   * no quotes.
   */
  static List<String> asked(String tapeText) {
    UpbitEndpoint endpoint = UpbitEndpoint.of(tapeText);
    String markets = parameter(tapeText, "markets");
    return endpoint == null || !endpoint.asksForMarkets() || markets.isEmpty()
        ? List.of()
        : List.of(markets.replace("%2C", ",").split(",", -1));
  }

  /** The market whose candles a request on the tape asked for; empty for none. */
  static String market(String tapeText) {
    return parameter(tapeText, "market");
  }

  /** The day before which candles were asked for; null where no end was named. */
  static @Nullable LocalDate before(String tapeText) {
    String to = parameter(tapeText, "to");
    try {
      return to.length() < 10 ? null : LocalDate.parse(to.substring(0, 10));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String parameter(String tapeText, String name) {
    int from = tapeText.indexOf('?') + 1;
    while (from > 0 && from < tapeText.length()) {
      int and = tapeText.indexOf('&', from);
      int to = and < 0 ? tapeText.length() : and;
      if (tapeText.startsWith(name + '=', from)) {
        return tapeText.substring(from + name.length() + 1, to).strip();
      }
      from = to + 1;
    }
    return "";
  }

  private static String list(List<String> markets) {
    if (markets.isEmpty() || markets.size() > MARKETS_A_CALL) {
      throw new IllegalArgumentException(
          "1 to " + MARKETS_A_CALL + " markets a call, not " + markets.size());
    }
    markets.forEach(UpbitCodes::require);
    return String.join(",", markets);
  }

  private static Call call(
      String feed, UpbitEndpoint endpoint, String query, List<String> markets) {
    return Call.get(feed, endpoint.path(), query, Map.of("accept", "application/json"), markets);
  }
}
