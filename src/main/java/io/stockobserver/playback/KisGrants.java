package io.stockobserver.playback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys, tokens and feed keys: always granted anew, because the tape has none. Good for as long as
 * the replay is served; no limits are imitated. On the event loop.
 */
final class KisGrants {
  static final String APP_KEY = "PSreplayreplayreplayreplayreplay0000";
  static final String APP_SECRET = "replay".repeat(30);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIFETIME_SECONDS = 86_400;
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Seoul"));

  private final Supplier<Instant> market;
  private final Set<String> tokens = new HashSet<>();
  private final Set<String> approvals = new HashSet<>();

  KisGrants(Supplier<Instant> market) {
    this.market = market;
  }

  /** Answers a POST below {@code /oauth2}. */
  Reply grant(Asked asked) {
    JsonNode body;
    try {
      body = JSON.readTree(asked.body());
    } catch (IOException e) {
      return oauth("EGW00132", "Content-Type이 유효하지 않습니다.");
    }
    boolean approval = asked.path().endsWith("/Approval");
    String secret = body.path(approval ? "secretkey" : "appsecret").asText();
    if (!body.path("appkey").asText().equals(APP_KEY)) {
      return oauth("EGW00103", "유효하지 않은 AppKey입니다.");
    }
    if (!secret.equals(APP_SECRET)) {
      return oauth("EGW00105", "유효하지 않은 AppSecret입니다.");
    }
    ObjectNode answer = JSON.createObjectNode();
    if (approval) {
      String key = UUID.randomUUID().toString();
      approvals.add(key);
      answer.put("approval_key", key);
    } else if (asked.path().endsWith("/tokenP")) {
      String token = "replay." + UUID.randomUUID() + '.' + UUID.randomUUID();
      tokens.add(token);
      answer.put("access_token", token);
      answer.put(
          "access_token_token_expired", EXPIRY.format(market.get().plusSeconds(LIFETIME_SECONDS)));
      answer.put("token_type", "Bearer");
      answer.put("expires_in", LIFETIME_SECONDS);
    } else {
      tokens.remove(body.path("token").asText());
      answer.put("code", 200).put("message", "접근토큰 폐기에 성공하였습니다");
    }
    return Reply.json(200, answer.toString());
  }

  /** The answer that refuses a call which may not ask; null for one that may. */
  @Nullable Reply refusal(Asked asked) {
    if (!asked.header("appkey").equals(APP_KEY)) {
      return refused(500, "EGW00103", "유효하지 않은 AppKey입니다.");
    }
    if (!asked.header("appsecret").equals(APP_SECRET)) {
      return refused(500, "EGW00105", "유효하지 않은 AppSecret입니다.");
    }
    String token = asked.header("authorization").replaceFirst("^Bearer ", "").strip();
    return tokens.contains(token) ? null : refused(500, "EGW00121", "유효하지 않은 token 입니다.");
  }

  /** Whether a feed key was granted here. */
  boolean approved(String key) {
    return approvals.contains(key);
  }

  static Reply refused(int status, String code, String words) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("rt_cd", "1").put("msg_cd", code).put("msg1", words);
    return Reply.json(status, answer.toString());
  }

  private static Reply oauth(String code, String words) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("error_code", code).put("error_description", words);
    return Reply.json(403, answer.toString());
  }
}
