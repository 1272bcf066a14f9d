package io.stockobserver.provider.upbit;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.Digits;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.venue.Readings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a universe is made of: the list of markets, and of each the last complete day (Upbit
 * sheet 2.1, 2.6). Once a day, so by a tree. Stateless.
 */
final class UpbitListings {
  static final String GROUP = "spot";
  static final String MARKETS = "market/all";
  static final String CANDLES = "candles/days";
  static final String TICKERS = "ticker/all";

  private UpbitListings() {}

  /** Where the candle of one market is filed. */
  static String candleOf(String market) {
    return CANDLES + '/' + market;
  }

  /** As {@link UpbitVerdict#judge}, of what is read by a tree, which is stricter. */
  static UpbitVerdict judge(int status, byte[] body) {
    UpbitVerdict verdict = UpbitVerdict.judge(status, body);
    return verdict.ok() && UpbitJson.tree(body) == null ? UpbitVerdict.notJson(body) : verdict;
  }

  /** Reads {@code market/all}: every pair there is, whatever it is quoted in. */
  static void readMarkets(Entry answer, Readings out) {
    List<JsonNode> rows = rows(answer.body());
    out.declared(rows.size());
    List<Listing> listings = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      String market = UpbitJson.text(row, "market");
      if (!UpbitCodes.valid(market)) {
        refuse("field-malformed", null, "market in " + row, out);
        continue;
      }
      String name = UpbitJson.text(row, "korean_name");
      listings.add(
          listing(market, name.isEmpty() ? UpbitJson.text(row, "english_name") : name, flags(row)));
    }
    out.listed(MARKETS, listings);
  }

  /** Reads {@code ticker/all} for its last price and the value of the last 24 hours. */
  static void readTickers(Entry answer, Readings out) {
    List<JsonNode> rows = rows(answer.body());
    out.declared(rows.size());
    List<Listing> listings = new ArrayList<>(rows.size());
    for (JsonNode row : rows) {
      String market = UpbitJson.text(row, "market");
      try {
        if (!UpbitCodes.valid(market)) {
          throw new UpbitMisfit("field-malformed", "market");
        }
        listings.add(
            new Listing(
                market,
                "",
                number(row, "trade_price"),
                UpbitCodes.quote(market),
                GROUP,
                false,
                false,
                number(row, "acc_trade_volume_24h"),
                number(row, "acc_trade_price_24h"),
                List.of()));
      } catch (UpbitMisfit e) {
        refuse(
            e.reason(),
            UpbitCodes.valid(market) ? market : null,
            e.getMessage() + " in " + row,
            out);
      }
    }
    out.listed(TICKERS, listings);
  }

  /** The markets that an answer lists; for who has to ask on. */
  static List<String> markets(byte[] body) {
    List<String> markets = new ArrayList<>();
    for (JsonNode row : rows(body)) {
      String market = UpbitJson.text(row, "market");
      if (UpbitCodes.valid(market)) {
        markets.add(market);
      }
    }
    return markets;
  }

  private static List<String> flags(JsonNode row) {
    List<String> flags = new ArrayList<>();
    JsonNode event = row.path("market_event");
    if (event.path("warning").asBoolean()) {
      flags.add("warning");
    }
    for (Map.Entry<String, JsonNode> caution : event.path("caution").properties()) {
      if (caution.getValue().asBoolean()) {
        flags.add("caution_" + caution.getKey().toLowerCase(Locale.ROOT));
      }
    }
    if (!UpbitJson.text(row, "delisting_date").isEmpty()) {
      flags.add("delisting");
    }
    return flags;
  }

  /**
   * Reads the candle that was asked for: close, volume and value of the last complete day; of an
   * older day only the close, because that a market did not trade is not known.
   */
  static void readCandles(String asked, Entry answer, Readings out) {
    List<JsonNode> rows = rows(answer.body());
    out.declared(rows.size());
    String market = UpbitCalls.market(asked);
    LocalDate before = UpbitCalls.before(asked);
    LocalDate wanted =
        (before == null ? answer.heardAt().atZone(ZoneOffset.UTC).toLocalDate() : before)
            .minusDays(1);
    List<Listing> listings = new ArrayList<>();
    for (JsonNode row : rows) {
      try {
        listings.add(candle(row, market, wanted));
      } catch (UpbitMisfit e) {
        refuse(e.reason(), market, e.getMessage() + " in " + row, out);
      }
    }
    out.listed(candleOf(market), listings);
  }

  private static Listing candle(JsonNode row, String market, LocalDate wanted) {
    if (!UpbitJson.text(row, "market").equals(market)) {
      throw new UpbitMisfit("wrong-market", UpbitJson.text(row, "market"));
    }
    LocalDate day = day(UpbitJson.text(row, "candle_date_time_utc"));
    if (day.isAfter(wanted)) {
      // Of a market that is new today there is none of yesterday.
      return listing(market, "", List.of());
    }
    boolean complete = day.equals(wanted);
    return new Listing(
        market,
        "",
        number(row, "trade_price"),
        UpbitCodes.quote(market),
        GROUP,
        false,
        false,
        complete ? number(row, "candle_acc_trade_volume") : null,
        complete ? number(row, "candle_acc_trade_price") : null,
        List.of());
  }

  /**
   * What an answer without a candle says of the universe: of a market that is unknown, or asked for
   * in vain without naming a day, that there is none. Else it is asked for again.
   */
  static void withoutCandle(String asked, UpbitVerdict verdict, Readings out) {
    boolean none = verdict.reason().equals("empty-answer") && UpbitCalls.before(asked) == null;
    boolean unknown =
        verdict.act() == UpbitVerdict.Act.GIVE_UP
            || verdict.reason().equals(UpbitVerdict.MARKET_UNKNOWN);
    if (!UpbitCalls.market(asked).isEmpty()
        && (unknown || (none && verdict.act() == UpbitVerdict.Act.UNKNOWN_MARKET))) {
      out.listed(candleOf(UpbitCalls.market(asked)), List.of());
    }
  }

  private static Listing listing(String market, String name, List<String> flags) {
    return new Listing(
        market, name, null, UpbitCodes.quote(market), GROUP, false, false, null, null, flags);
  }

  private static LocalDate day(String candleStart) {
    try {
      return LocalDate.parse(candleStart.substring(0, Math.min(10, candleStart.length())));
    } catch (DateTimeParseException e) {
      throw new UpbitMisfit("field-malformed", "candle_date_time_utc=" + candleStart);
    }
  }

  private static BigDecimal number(JsonNode row, String key) {
    BigDecimal number = null;
    try {
      number = Digits.decimal(UpbitJson.text(row, key));
    } catch (NumberFormatException e) {
      throw new UpbitMisfit("field-malformed", key);
    }
    if (number == null) {
      throw new UpbitMisfit("field-missing", key);
    }
    return number;
  }

  private static List<JsonNode> rows(byte[] body) {
    JsonNode root = UpbitJson.tree(body);
    List<JsonNode> rows = new ArrayList<>();
    if (root != null && root.isArray()) {
      root.forEach(rows::add);
    }
    return rows;
  }

  private static void refuse(String reason, @Nullable String market, String sample, Readings out) {
    out.refused(reason, market, 1, sample.length() <= 256 ? sample : sample.substring(0, 256));
  }
}
