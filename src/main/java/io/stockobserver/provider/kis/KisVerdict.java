package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of KIS's REST side comes to (KIS sheet 3.2, 3.3): whether to use it, and what to
 * do otherwise. A pure function of status and body.
 *
 * @param reason machine-readable, such as {@code rate-limited}; {@code ok} for a good answer
 * @param code KIS's own code, or {@code HTTP 404} where it gave none
 * @param message KIS's own words, at most 200 characters
 */
public record KisVerdict(Act act, String reason, String code, String message) {
  /** What is to be done. */
  public enum Act {
    /** Use it. */
    OK,
    /** Too many calls, or too many tokens: wait, then the same again. */
    RATE_LIMITED,
    /** The token is no longer, or not, valid: get another, then the same again. */
    TOKEN_EXPIRED,
    /** The app key or secret is refused: only the operator can help. */
    KEY_REFUSED,
    /** The mock server does not know this transaction; it never will. */
    NOT_ON_MOCK,
    /** The server or the way to it failed: the same again may work. */
    TRY_AGAIN,
    /** The same again would be refused again. */
    GIVE_UP
  }

  private static final int LONGEST_MESSAGE = 200;

  private static final KisVerdict OK = new KisVerdict(Act.OK, "ok", "", "");

  private record Meaning(Act act, String reason) {}

  private static final Meaning RATE = new Meaning(Act.RATE_LIMITED, "rate-limited");
  private static final Meaning KEY = new Meaning(Act.KEY_REFUSED, "key-refused");
  private static final Meaning SERVER = new Meaning(Act.TRY_AGAIN, "server-error");
  private static final Meaning TOKEN = new Meaning(Act.TOKEN_EXPIRED, "token-refused");
  private static final Meaning REQUEST = new Meaning(Act.GIVE_UP, "request-refused");

  private static final Map<String, Meaning> CODES =
      Map.ofEntries(
          Map.entry("EGW00201", RATE),
          Map.entry("EGW00133", RATE),
          Map.entry("EGW00123", new Meaning(Act.TOKEN_EXPIRED, "token-expired")),
          Map.entry("EGW00121", TOKEN),
          Map.entry("EGW00122", TOKEN),
          Map.entry("EGW00102", KEY),
          Map.entry("EGW00103", KEY),
          Map.entry("EGW00104", KEY),
          Map.entry("EGW00105", KEY),
          Map.entry("EGW00304", KEY),
          Map.entry("EGW00213", new Meaning(Act.NOT_ON_MOCK, "not-on-mock")),
          Map.entry("EGW00001", SERVER),
          Map.entry("EGW00002", SERVER),
          Map.entry("EGW00202", SERVER),
          Map.entry("EGW00203", SERVER),
          Map.entry("EGW00300", SERVER),
          Map.entry("EGW00301", SERVER),
          Map.entry("EGW00302", SERVER),
          Map.entry("OPSQ0008", SERVER),
          Map.entry("OPSQ0009", SERVER),
          // Refused whatever the status says: some come with 500.
          Map.entry("EGW00003", REQUEST),
          Map.entry("EGW00004", REQUEST),
          Map.entry("EGW00206", REQUEST),
          Map.entry("OPSQ0002", REQUEST),
          Map.entry("OPSQ2000", REQUEST),
          Map.entry("OPSQ2001", REQUEST),
          Map.entry("OPSQ2002", REQUEST));

  public KisVerdict {
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE);
    }
  }

  public boolean ok() {
    return act == Act.OK;
  }

  /**
   * Judges a JSON answer.
   *
   * @param status the HTTP status; 0 where there was no answer and {@code body} says why
   */
  public static KisVerdict judge(int status, byte[] body) {
    if (status == 200 && KisJson.saysDone(body)) {
      return OK;
    }
    return judge(status, body, KisJson.object(body));
  }

  /** As above, for a body that has been parsed; {@code root} is null where it is no JSON object. */
  static KisVerdict judge(int status, byte[] body, @Nullable JsonNode root) {
    if (status == 0) {
      return unreachable(body);
    }
    if (root == null) {
      return noJson(status, body);
    }
    String code = firstText(root, "msg_cd", "error_code");
    if (code.isEmpty() && CODES.containsKey(KisJson.text(root, "message"))) {
      code = KisJson.text(root, "message");
    }
    String words = firstText(root, "msg1", "error_description", "message");
    boolean speaksRtCd = root.has("rt_cd");
    String rtCd = KisJson.text(root, "rt_cd");
    if (status == 200 && speaksRtCd && rtCd.equals("0")) {
      return OK;
    }
    if (status == 200 && !speaksRtCd && !root.has("error_code")) {
      // The answers of /oauth2 have no rt_cd; what has neither is no answer of KIS's.
      return root.has("access_token") || root.has("approval_key") || root.has("code")
          ? OK
          : new KisVerdict(Act.TRY_AGAIN, "not-json", "", excerpt(body));
    }
    if (status == 200 && speaksRtCd && rtCd.isEmpty() && !CODES.containsKey(code)) {
      return new KisVerdict(Act.GIVE_UP, "empty-answer", code, words);
    }
    Meaning meaning = CODES.getOrDefault(code, byStatus(status));
    return new KisVerdict(
        meaning.act(), meaning.reason(), code.isEmpty() ? "HTTP " + status : code, words);
  }

  /** Judges the answer to the download of a file: what it holds is not looked at. */
  public static KisVerdict judgeFile(int status, byte[] body) {
    if (status == 0) {
      return unreachable(body);
    }
    if (status != 200) {
      Meaning meaning = byStatus(status);
      return new KisVerdict(meaning.act(), meaning.reason(), "HTTP " + status, excerpt(body));
    }
    return body.length == 0 ? new KisVerdict(Act.TRY_AGAIN, "empty-answer", "HTTP 200", "") : OK;
  }

  private static KisVerdict unreachable(byte[] body) {
    return new KisVerdict(Act.TRY_AGAIN, "unreachable", "", excerpt(body));
  }

  private static KisVerdict noJson(int status, byte[] body) {
    String code = "HTTP " + status;
    if (body.length == 0 && status == 200) {
      return new KisVerdict(Act.TRY_AGAIN, "empty-answer", code, "");
    }
    // A gateway's page of HTML with 200, 502 or 503 passes; one with 404 stays.
    Act act = status == 200 ? Act.TRY_AGAIN : byStatus(status).act();
    return new KisVerdict(act, "not-json", code, excerpt(body));
  }

  /** The beginning of a body; a torn token answer must not give its token away in an error. */
  private static String excerpt(byte[] body) {
    return KisJson.sample(KisRedaction.of(body)).strip();
  }

  private static Meaning byStatus(int status) {
    if (status == 429) {
      return RATE;
    }
    if (status == 401) {
      return TOKEN;
    }
    return status >= 500 ? SERVER : REQUEST;
  }

  private static String firstText(JsonNode root, String... keys) {
    for (String key : keys) {
      String text = KisJson.text(root, key);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
