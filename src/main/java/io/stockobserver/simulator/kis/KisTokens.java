package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.world.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues and judges access tokens and feed keys. Lifetimes, the six hours in which the same token
 * comes back and the minute between two calls go by the market clock.
 */
final class KisTokens {
  private static final Duration SAME_TOKEN = Duration.ofHours(6);
  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(60);
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(Moment.SEOUL);

  private final ObjectMapper json;
  private final InstantSource clock;
  private final Faults faults;
  private final Duration tokenLifetime;
  private final Duration approvalLifetime;
  private final RateWindow approvalCalls = new RateWindow(1, System::nanoTime);
  private final Map<String, Instant> expiries = new HashMap<>();
  private final Map<String, Instant> approvals = new HashMap<>();
  private @Nullable String current;
  private Instant issued = Instant.MIN;
  private Instant lastCall = Instant.MIN;
  private int serial;

  KisTokens(ObjectMapper json, SimulatorOptions options, Faults faults) {
    this.json = json;
    this.faults = faults;
    clock = options.clock();
    tokenLifetime = options.tokenLifetime();
    approvalLifetime = options.approvalLifetime();
  }

  ObjectNode issue(String body) {
    JsonNode asked = read(body);
    judge(asked.path("appkey").asText(), asked.path("appsecret").asText(), 403);
    Instant now = clock.instant();
    boolean soon = lastCall.isAfter(now.minus(BETWEEN_CALLS)) && !lastCall.isAfter(now);
    if (soon || faults.active(FaultKind.REFUSE) != null) {
      throw new KisRefusal(403, "EGW00133", "접근토큰 발급 잠시 후 다시 시도하세요(1분당 1회)");
    }
    lastCall = now;
    String token = current;
    boolean same =
        token != null
            && issued.isAfter(now.minus(SAME_TOKEN))
            && now.isBefore(expiries.getOrDefault(token, Instant.MIN));
    if (token == null || !same) {
      token = make(now);
      current = token;
      issued = now;
      expiries.put(token, now.plus(tokenLifetime));
    }
    Instant expiry = expiries.getOrDefault(token, now);
    ObjectNode answer = json.createObjectNode();
    answer.put("access_token", token);
    answer.put("access_token_token_expired", EXPIRY.format(expiry));
    answer.put("token_type", "Bearer");
    answer.put("expires_in", Duration.between(now, expiry).toSeconds());
    return answer;
  }

  ObjectNode approve(String body) {
    JsonNode asked = read(body);
    judge(asked.path("appkey").asText(), asked.path("secretkey").asText(), 403);
    if (!approvalCalls.take()) {
      throw new KisRefusal(500, "EGW00201", "초당 거래건수를 초과하였습니다.");
    }
    serial++;
    String key =
        UUID.nameUUIDFromBytes(
                ("approval " + serial + clock.instant()).getBytes(StandardCharsets.UTF_8))
            .toString();
    approvals.put(key, clock.instant().plus(approvalLifetime));
    return json.createObjectNode().put("approval_key", key);
  }

  ObjectNode revoke(String body) {
    JsonNode asked = read(body);
    judge(asked.path("appkey").asText(), asked.path("appsecret").asText(), 403);
    String token = asked.path("token").asText();
    expiries.remove(token);
    if (token.equals(current)) {
      current = null;
    }
    return json.createObjectNode().put("code", 200).put("message", "접근토큰 폐기에 성공하였습니다");
  }

  void judge(String key, String secret, int status) {
    if (key.isEmpty()) {
      throw new KisRefusal(status, "EGW00102", "AppKey는 필수입니다.");
    }
    if (!key.equals(KisKeys.APP_KEY)) {
      throw new KisRefusal(status, "EGW00103", "유효하지 않은 AppKey입니다.");
    }
    if (secret.isEmpty()) {
      throw new KisRefusal(status, "EGW00104", "AppSecret은 필수입니다.");
    }
    if (!secret.equals(KisKeys.APP_SECRET)) {
      throw new KisRefusal(status, "EGW00105", "유효하지 않은 AppSecret입니다.");
    }
  }

  void judgeToken(String authorization) {
    if (authorization.isEmpty()) {
      throw new KisRefusal(500, "EGW00122", "token을 찾을 수 없습니다.");
    }
    if (!authorization.startsWith("Bearer ")) {
      throw new KisRefusal(500, "EGW00205", "credentials_type이 유효하지 않습니다.(Bearer)");
    }
    Instant expiry = expiries.get(authorization.substring(7).trim());
    if (expiry == null) {
      throw new KisRefusal(500, "EGW00121", "유효하지 않은 token 입니다.");
    }
    if (!clock.instant().isBefore(expiry)) {
      throw new KisRefusal(500, "EGW00123", "기간이 만료된 token 입니다.");
    }
  }

  boolean approved(String key) {
    Instant expiry = approvals.get(key);
    return expiry != null && clock.instant().isBefore(expiry);
  }

  void expireAll() {
    Instant now = clock.instant();
    expiries.replaceAll((token, expiry) -> expiry.isBefore(now) ? expiry : now);
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new KisRefusal(400, "EGW00132", "Content-Type이 유효하지 않습니다.");
    }
  }

  /** Three base64 parts that look like a JWT; nobody can read anything in them. */
  private String make(Instant now) {
    serial++;
    String head = base64("{\"typ\":\"JWT\",\"alg\":\"HS512\"}");
    String claims =
        "{\"sub\":\"token\",\"aud\":\""
            + KisKeys.letters(serial, 36)
            + "\",\"prdt_cd\":\"\",\"iss\":\"unogw\",\"exp\":"
            + now.plus(tokenLifetime).getEpochSecond()
            + ",\"iat\":"
            + now.getEpochSecond()
            + ",\"jti\":\""
            + KisKeys.APP_KEY
            + "\"}";
    return head + "." + base64(claims) + "." + KisKeys.letters(1_000_000L + serial, 86);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
