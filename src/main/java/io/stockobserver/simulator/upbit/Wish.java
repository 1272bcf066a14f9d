package io.stockobserver.simulator.upbit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.simulator.coin.CoinMarket;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request, read: an array of objects in any order. Codes that nobody knows are left out without
 * a word, as the venue does.
 *
 * @param format null if none was named
 * @param list it only asks what is subscribed
 * @param subs what it wants, none twice
 */
record Wish(String ticket, @Nullable Format format, boolean list, List<Sub> subs) {
  /** How objects are written. */
  enum Format {
    DEFAULT,
    SIMPLE,
    JSON_LIST,
    SIMPLE_LIST;

    boolean brief() {
      return this == SIMPLE || this == SIMPLE_LIST;
    }

    boolean listed() {
      return this == JSON_LIST || this == SIMPLE_LIST;
    }
  }

  private static final Set<String> CANDLES =
      Set.of("1s", "1m", "3m", "5m", "10m", "15m", "30m", "60m", "240m");
  private static final Set<Integer> DEPTHS = Set.of(1, 5, 15, 30);
  private static final int DEEPEST = 30;

  /**
   * Reads a request.
   *
   * @param markets gives the market of a code, or null if the venue does not know it
   * @throws FeedRefusal if the venue would not take it
   */
  static Wish parse(
      ObjectMapper json, String text, Function<String, @Nullable CoinMarket> markets) {
    JsonNode root;
    try {
      root = json.readTree(text);
    } catch (JsonProcessingException e) {
      throw FeedRefusal.format();
    }
    if (root == null || !root.isArray() || root.isEmpty()) {
      throw FeedRefusal.format();
    }
    String ticket = "";
    Format format = null;
    boolean list = false;
    boolean typed = false;
    Map<String, Sub> subs = new LinkedHashMap<>();
    for (JsonNode part : root) {
      if (!part.isObject()) {
        throw FeedRefusal.format();
      }
      if (part.has("ticket")) {
        ticket = part.get("ticket").isTextual() ? part.get("ticket").asText() : "";
      } else if (part.has("method")) {
        list = part.get("method").asText().equals("LIST_SUBSCRIPTIONS");
      } else if (part.has("type")) {
        typed = true;
        read(part, markets).forEach(sub -> subs.put(sub.key(), sub));
      } else if (part.has("format")) {
        format = format(part.get("format").asText());
      }
    }
    if (ticket.isBlank()) {
      throw FeedRefusal.ticket();
    }
    if (!typed && !list) {
      throw FeedRefusal.type();
    }
    return new Wish(ticket, format, list, List.copyOf(subs.values()));
  }

  private static Format format(String name) {
    try {
      return Format.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw FeedRefusal.format();
    }
  }

  private static List<Sub> read(JsonNode part, Function<String, @Nullable CoinMarket> markets) {
    String type = part.get("type").asText();
    Sub.Kind kind =
        switch (type) {
          case "ticker" -> Sub.Kind.TICKER;
          case "trade" -> Sub.Kind.TRADE;
          case "orderbook" -> Sub.Kind.ORDERBOOK;
          default -> {
            if (!type.startsWith("candle.") || !CANDLES.contains(type.substring(7))) {
              throw FeedRefusal.unknownType(type);
            }
            yield Sub.Kind.CANDLE;
          }
        };
    JsonNode codes = part.path("codes");
    if (!codes.isArray() || codes.isEmpty()) {
      throw FeedRefusal.codes();
    }
    boolean onlySnapshot = flag(part, "is_only_snapshot", "isOnlySnapshot");
    boolean onlyRealtime = flag(part, "is_only_realtime", "isOnlyRealtime");
    BigDecimal level = part.path("level").decimalValue();
    List<Sub> subs = new ArrayList<>();
    for (JsonNode one : codes) {
      String code = one.asText();
      int depth = DEEPEST;
      if (kind == Sub.Kind.ORDERBOOK && code.contains(".")) {
        depth = depth(code.substring(code.indexOf('.') + 1));
        code = code.substring(0, code.indexOf('.'));
      }
      CoinMarket market = markets.apply(code);
      if (market != null) {
        // Both flags contradict one another: then there is the first frame only.
        subs.add(
            new Sub(
                kind, type, market, depth, level, onlySnapshot || !onlyRealtime, !onlySnapshot));
      }
    }
    return subs;
  }

  private static int depth(String text) {
    try {
      int depth = Integer.parseInt(text);
      return DEPTHS.contains(depth) ? depth : DEEPEST;
    } catch (NumberFormatException e) {
      return DEEPEST;
    }
  }

  private static boolean flag(JsonNode part, String name, String older) {
    return part.path(name).asBoolean(part.path(older).asBoolean(false));
  }
}
