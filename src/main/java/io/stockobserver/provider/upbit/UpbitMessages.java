package io.stockobserver.provider.upbit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said to Upbit on the WebSocket (Upbit sheet 3.1, 3.3). Sends nothing. Immutable. */
public final class UpbitMessages {
  /** From then on the venue says every 10 s that it is up. */
  static final String PING = "PING";

  private final int depth;
  private final Format format;

  /** How the venue should write; it may also be told to write lists, which we can read too. */
  public enum Format {
    DEFAULT,
    /** Short names: two thirds of the bytes. */
    SIMPLE
  }

  /**
   * Messages that ask for this much.
   *
   * @param depth how many levels of each order book: 1, 5, 15 or 30
   */
  public UpbitMessages(int depth, Format format) {
    if (depth != 1 && depth != 5 && depth != 15 && depth != 30) {
      throw new IllegalArgumentException("a depth is 1, 5, 15 or 30, not " + depth);
    }
    this.depth = depth;
    this.format = format;
  }

  /**
   * Asks for everything at once: tickers of everybody, trades and books of those in slots. Trades
   * as they happen only: the last one of before would be counted again.
   */
  String subscription(String ticket, List<String> everybody, Collection<String> slots) {
    StringBuilder text = new StringBuilder("[{\"ticket\":\"").append(ticket).append("\"}");
    if (!everybody.isEmpty()) {
      text.append(",{\"type\":\"ticker\",\"codes\":[").append(codes(everybody, "")).append("]}");
    }
    if (!slots.isEmpty()) {
      text.append(",{\"type\":\"trade\",\"codes\":[")
          .append(codes(slots, ""))
          .append("],\"is_only_realtime\":true}")
          .append(",{\"type\":\"orderbook\",\"codes\":[")
          .append(codes(slots, "." + depth))
          .append("]}");
    }
    return text.append(",{\"format\":\"").append(format).append("\"}]").toString();
  }

  private static String codes(Collection<String> codes, String suffix) {
    return codes.stream()
        .map(code -> '"' + UpbitCodes.require(code) + suffix + '"')
        .collect(Collectors.joining(","));
  }

  /**
   * Whose trades or books a message that we said asks for: from then on exactly these. Null where
   * it is no subscription, such as a ping.
   */
  static @Nullable Set<String> slots(String tapeText) {
    JsonNode root = UpbitJson.tree(tapeText.getBytes(StandardCharsets.UTF_8));
    if (root == null || !root.isArray()) {
      return null;
    }
    boolean subscribes = false;
    Set<String> slots = new TreeSet<>();
    for (JsonNode part : root) {
      String type = UpbitJson.text(part, "type");
      subscribes |= !type.isEmpty();
      if (type.equals("trade") || type.equals("orderbook")) {
        part.path("codes").forEach(code -> slots.add(withoutDepth(code.asText())));
      }
    }
    return subscribes ? slots : null;
  }

  private static String withoutDepth(String code) {
    int dot = code.indexOf('.');
    return dot < 0 ? code : code.substring(0, dot);
  }
}
