package io.stockobserver.provider.upbit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/**
 * What an answer of Upbit's REST side comes to (Upbit sheet 2.7, 2.8): whether to use it, and what
 * to do otherwise. A pure function of status and body; the words for too many calls are not relied
 * on, the status is.
 *
 * @param reason machine-readable, such as {@code rate-limited}; {@code ok} for a good answer
 * @param code {@code HTTP 404}, or empty where there was no answer
 * @param message the venue's own words, at most 200 characters
 * @param rows how many rows a good answer has
 */
public record UpbitVerdict(Act act, String reason, String code, String message, int rows) {
  /** What is to be done. */
  public enum Act {
    /** Use it: a list with at least one row. */
    OK,
    /** Too many calls: wait, then the same again. */
    RATE_LIMITED,
    /** Too many calls after that: nothing at all for a while. */
    BLOCKED,
    /** A market that it asks for is not known, or so it seems. */
    UNKNOWN_MARKET,
    /** The server or the way to it failed: the same again may work. */
    TRY_AGAIN,
    /** The same again would be refused again. */
    GIVE_UP
  }

  static final String MARKET_UNKNOWN = "market-unknown";

  private static final int LONGEST_MESSAGE = 200;

  public UpbitVerdict {
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE);
    }
  }

  public boolean ok() {
    return act == Act.OK;
  }

  /**
   * Judges an answer.
   *
   * @param status the HTTP status; 0 where there was no answer and {@code body} says why
   */
  public static UpbitVerdict judge(int status, byte[] body) {
    if (status == 0) {
      return new UpbitVerdict(Act.TRY_AGAIN, "unreachable", "", excerpt(body), 0);
    }
    UpbitScan scan = new UpbitScan(body);
    int rows = status == 200 ? scan.elements(scan.blank(0)) : UpbitScan.MALFORMED;
    if (rows > 0) {
      return new UpbitVerdict(Act.OK, "ok", "", "", rows);
    }
    if (rows == 0 || (status == 200 && scan.ends(0))) {
      // Some say that an unknown market gets an empty list (Upbit sheet 2.2).
      Act act = rows == 0 ? Act.UNKNOWN_MARKET : Act.TRY_AGAIN;
      return new UpbitVerdict(act, "empty-answer", "HTTP 200", "", 0);
    }
    return refused(status, body);
  }

  private static UpbitVerdict refused(int status, byte[] body) {
    JsonNode root = UpbitJson.tree(body);
    JsonNode error = root == null ? null : root.get("error");
    String words = error == null ? excerpt(body) : UpbitJson.text(error, "message");
    String code = "HTTP " + status;
    if (status == 429) {
      return new UpbitVerdict(Act.RATE_LIMITED, "rate-limited", code, words, 0);
    }
    if (status == 418) {
      return new UpbitVerdict(Act.BLOCKED, "blocked", code, words, 0);
    }
    if (status >= 500) {
      // Maintenance answers with a page of HTML, or with nothing.
      return new UpbitVerdict(Act.TRY_AGAIN, "server-error", code, words, 0);
    }
    if (status == 200) {
      return notJson(body);
    }
    // A path that does not exist is 404 too, and its name is a text (Upbit sheet 2.7).
    boolean market = status == 404 && error != null && error.path("name").isInt();
    return market
        ? new UpbitVerdict(Act.UNKNOWN_MARKET, MARKET_UNKNOWN, code, words, 0)
        : new UpbitVerdict(Act.GIVE_UP, "request-refused", code, words, 0);
  }

  /** What came with 200 and is no list. */
  static UpbitVerdict notJson(byte[] body) {
    return new UpbitVerdict(Act.TRY_AGAIN, "not-json", "HTTP 200", excerpt(body), 0);
  }

  private static String excerpt(byte[] body) {
    return new String(body, 0, Math.min(body.length, 256), StandardCharsets.UTF_8).strip();
  }
}
