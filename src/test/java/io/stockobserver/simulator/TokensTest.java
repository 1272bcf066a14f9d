package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest {
  private final HandClock clock = new HandClock("2026-11-20T00:29:50Z");
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() {
    simulator = Simulator.start(SimulatorOptions.at(clock));
    caller = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void tokenLooksLikeTheRealOne() {
    JsonNode answer = caller.issue().json();

    assertThat(simulator.appKey()).hasSize(36);
    assertThat(simulator.appSecret()).hasSize(180);
    assertThat(answer.get("access_token").asText()).hasSizeBetween(300, 350).startsWith("eyJ0");
    assertThat(answer.get("access_token").asText().split("\\.", -1)).hasSize(3);
    assertThat(answer.get("token_type").asText()).isEqualTo("Bearer");
    assertThat(answer.get("expires_in").isNumber()).isTrue();
    assertThat(answer.get("expires_in").asInt()).isEqualTo(86_400);
    assertThat(answer.get("access_token_token_expired").asText()).isEqualTo("2026-11-21 09:29:50");
  }

  @Test
  void secondCallWithinAMinuteIsRefusedAndLaterWithinSixHoursTheSameTokenComesBack() {
    JsonNode first = caller.issue().json();
    clock.forward(Duration.ofSeconds(59));
    Caller.Reply soon = caller.issue();
    assertThat(soon.status()).isEqualTo(403);
    assertThat(soon.json().get("error_code").asText()).isEqualTo("EGW00133");
    assertThat(soon.json().has("rt_cd")).isFalse();

    clock.forward(Duration.ofSeconds(2));
    JsonNode again = caller.issue().json();
    assertThat(again.get("access_token")).isEqualTo(first.get("access_token"));
    assertThat(again.get("access_token_token_expired"))
        .isEqualTo(first.get("access_token_token_expired"));

    clock.forward(Duration.ofHours(6));
    assertThat(caller.issue().json().get("access_token")).isNotEqualTo(first.get("access_token"));
  }

  @Test
  void tokenEndsAfterADay() {
    assertThat(caller.price("005930").status()).isEqualTo(200);
    clock.forward(Duration.ofHours(24).minusSeconds(1));
    assertThat(caller.price("005930").status()).isEqualTo(200);
    clock.forward(Duration.ofSeconds(1));

    Caller.Reply late = caller.price("005930");
    assertThat(late.status()).isEqualTo(500);
    assertThat(late.json().get("msg_cd").asText()).isEqualTo("EGW00123");
    assertThat(late.json().get("rt_cd").asText()).isEqualTo("1");
  }

  @Test
  void wrongKeyAndWrongSecretAreTold() {
    Caller.Reply key = caller.issue("nobody", simulator.appSecret());
    Caller.Reply secret = caller.issue(simulator.appKey(), "guess");

    assertThat(key.status()).isEqualTo(403);
    assertThat(key.json().get("error_code").asText()).isEqualTo("EGW00103");
    assertThat(secret.status()).isEqualTo(403);
    assertThat(secret.json().get("error_code").asText()).isEqualTo("EGW00105");
  }

  @Test
  void revokedTokenIsNoMoreValid() {
    String token = caller.token();
    Caller.Reply revoked =
        caller.post(
            "/oauth2/revokeP",
            "{\"appkey\":\"%s\",\"appsecret\":\"%s\",\"token\":\"%s\"}"
                .formatted(simulator.appKey(), simulator.appSecret(), token));

    assertThat(revoked.json().get("code").asInt()).isEqualTo(200);
    assertThat(caller.price("005930").json().get("msg_cd").asText()).isEqualTo("EGW00121");
  }

  @Test
  void feedKeyIsAUuidAndComesOnceASecond() {
    String first = caller.approve().json().get("approval_key").asText();
    Caller.Reply second = caller.approve();

    assertThat(first).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(second.json().path("error_code").asText()).isEqualTo("EGW00201");
  }
}
