package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is said to KIS on the WebSocket (KIS sheet 6.1, 6.4). Sends nothing. Immutable. */
public final class KisMessages {
  private static final String REGISTER = "1";

  /** Some comments in the official samples say 0; the documents and the official helper say 2. */
  private static final String UNREGISTER = "2";

  private final KisVenue venue;

  public KisMessages(KisVenue venue) {
    this.venue = venue;
  }

  /**
   * A message in its two forms.
   *
   * @param text as sent; holds the approval key
   * @param tapeText the same with {@code [secret]} for the key
   */
  public record Outgoing(String text, String tapeText) {
    @Override
    public String toString() {
      return tapeText;
    }
  }

  /** What a message on the tape asked for. */
  public record Registration(String trId, String symbol, boolean registers) {}

  /** Asks for the trades of {@code symbol}; one of the session's 41 (KIS sheet 6.3). */
  public Outgoing register(String symbol, String approvalKey) {
    return outgoing(REGISTER, symbol, approvalKey);
  }

  /** Asks for no more trades of {@code symbol}. */
  public Outgoing unregister(String symbol, String approvalKey) {
    return outgoing(UNREGISTER, symbol, approvalKey);
  }

  /** What is to be answered at once to a message heard: a PINGPONG as it came; else null. */
  public static @Nullable String replyTo(String text) {
    if (text.startsWith("0|") || !text.contains("PINGPONG")) {
      return null;
    }
    JsonNode root = KisJson.object(text.getBytes(StandardCharsets.UTF_8));
    return root != null && KisJson.text(root.path("header"), "tr_id").equals("PINGPONG")
        ? text
        : null;
  }

  /** What a message that we sent asked for; null where it was no registration. */
  public static @Nullable Registration parse(String tapeText) {
    JsonNode root = KisJson.object(tapeText.getBytes(StandardCharsets.UTF_8));
    if (root == null) {
      return null;
    }
    JsonNode input = root.path("body").path("input");
    String type = KisJson.text(root.path("header"), "tr_type");
    String symbol = KisJson.text(input, "tr_key");
    if (symbol.isEmpty() || (!type.equals(REGISTER) && !type.equals(UNREGISTER))) {
      return null;
    }
    return new Registration(KisJson.text(input, "tr_id"), symbol, type.equals(REGISTER));
  }

  private Outgoing outgoing(String type, String symbol, String approvalKey) {
    KisKey.requireWhole("approval key", approvalKey);
    KisSymbols.require(symbol);
    return new Outgoing(text(type, symbol, approvalKey), text(type, symbol, KisRedaction.MARK));
  }

  private String text(String type, String symbol, String approvalKey) {
    return "{\"header\":{\"approval_key\":\""
        + approvalKey
        + "\",\"custtype\":\"P\",\"tr_type\":\""
        + type
        + "\",\"content-type\":\"utf-8\"},\"body\":{\"input\":{\"tr_id\":\""
        + venue.tradeTr()
        + "\",\"tr_key\":\""
        + symbol
        + "\"}}}";
  }
}
