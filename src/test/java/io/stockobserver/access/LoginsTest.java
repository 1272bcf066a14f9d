package io.stockobserver.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.evidence.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wrong passwords wait, right ones do not; neither costs memory or many hashes. */
class LoginsTest {
  private static final String RIGHT = "correct horse";
  private static final String PEER = "10.0.0.7";

  private final List<Event> events = new ArrayList<>();
  private long nanos;
  private Refusals refusals;
  private Logins logins;

  @BeforeEach
  void begin() {
    refusals = new Refusals(() -> Instant.parse("2026-11-20T01:00:00Z"), () -> nanos, events::add);
    Users users = new Users(Map.of("lee", PasswordHash.of(RIGHT, 1)), 1);
    logins = new Logins(users, refusals, () -> nanos);
  }

  private static String basic(String name, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void aRightPasswordIsCheckedOnceInTenMinutes() {
    String lee = basic("lee", RIGHT);
    assertThat(logins.atOnce(PEER, lee)).isInstanceOf(Login.Unknown.class);
    assertThat(logins.check(PEER, lee)).isEqualTo(new Login.In("lee"));
    assertThat(logins.atOnce(PEER, lee)).isEqualTo(new Login.In("lee"));
    assertThat(logins.atOnce("10.9.9.9", lee)).isEqualTo(new Login.In("lee"));
    pass(Duration.ofMinutes(10));
    assertThat(logins.atOnce(PEER, lee)).isInstanceOf(Login.Unknown.class);
    assertThat(events).isEmpty();
  }

  @Test
  void nothingAndNonsenseAreRefusedAndNobodyWaits() {
    for (String header :
        new String[] {
          null,
          "",
          "Basic",
          "Basic ",
          "Basic %%%",
          "Basic " + Base64.getEncoder().encodeToString("lee".getBytes(UTF_8)),
          "Bearer " + RIGHT,
          "Basic " + "A".repeat(2000),
        }) {
      assertThat(logins.atOnce(PEER, header)).as(header).isInstanceOf(Login.Refused.class);
      assertThat(logins.check(PEER, header)).as(header).isInstanceOf(Login.Refused.class);
    }
    assertThat(events).isEmpty();
  }

  @Test
  void aThousandWrongPasswordsAreHardlyLookedAt() {
    int looked = 0;
    for (int i = 0; i < 1000; i++) {
      if (logins.atOnce(PEER, basic("lee", "wrong" + i)) instanceof Login.Unknown) {
        assertThat(logins.check(PEER, basic("lee", "wrong" + i))).isInstanceOf(Login.Refused.class);
        looked++;
      }
      pass(Duration.ofMillis(10));
    }
    // Ten seconds: five at once, then after 1, 2 and 4 s more.
    assertThat(looked).isEqualTo(8);
    // The right one from there waits like all others; from elsewhere at most two seconds.
    assertThat(logins.atOnce(PEER, basic("lee", RIGHT))).isInstanceOf(Login.Later.class);
    pass(Duration.ofSeconds(2));
    assertThat(logins.check("10.0.0.8", basic("lee", RIGHT))).isEqualTo(new Login.In("lee"));
    // And who is in stays in, also from there.
    assertThat(logins.atOnce(PEER, basic("lee", RIGHT))).isEqualTo(new Login.In("lee"));
  }

  @Test
  void nobodyWaitsLongerThanAMinute() {
    for (int i = 0; i < 40; i++) {
      pass(Duration.ofMinutes(2));
      assertThat(logins.check(PEER, basic("lee", "wrong"))).isInstanceOf(Login.Refused.class);
    }
    assertThat(logins.atOnce(PEER, basic("lee", "x")))
        .isEqualTo(new Login.Later(Duration.ofMinutes(1)));
    pass(Duration.ofMinutes(1));
    assertThat(logins.check(PEER, basic("lee", RIGHT))).isEqualTo(new Login.In("lee"));
    assertThat(logins.check(PEER, basic("lee", "wrong"))).isInstanceOf(Login.Refused.class);
    assertThat(logins.atOnce(PEER, basic("lee", "wrong"))).isInstanceOf(Login.Unknown.class);
  }

  @Test
  void refusalsAreToldAtMostOnceAMinuteAPeerAndNeverATypedPassword() {
    for (int i = 0; i < 100; i++) {
      logins.atOnce(PEER, basic("lee", "wrong" + i));
      logins.check(PEER, basic("lee", "wrong" + i));
      if (i == 0) {
        refusals.tell();
      }
    }
    logins.check("10.0.0.8", basic("my-secret-typed-here", "x"));
    refusals.tell();
    assertThat(events).extracting(Event::type).containsExactly("login_refused", "login_refused");
    assertThat(events.get(0).get("account")).isEqualTo("lee");
    assertThat(events.get(0).get("peer")).isEqualTo(PEER);
    assertThat(events.get(0).get("count")).isEqualTo(1L);
    assertThat(events.get(1).get("account")).isEqualTo("unknown");
    refusals.tell();
    assertThat(events).hasSize(2);
    pass(Duration.ofMinutes(1));
    refusals.tell();
    assertThat(events).hasSize(3);
    // 5 wrong ones; the other 95 were refused unseen, at both looks; the first was told.
    assertThat(events.get(2).get("count")).isEqualTo(5L + 95 * 2 - 1);
    pass(Duration.ofMinutes(1));
    refusals.tell();
    assertThat(events).hasSize(3);
  }

  @Test
  void manyPeersShareAnEventAndMemoryIsBounded() {
    for (int i = 0; i < 5000; i++) {
      logins.check("10.1." + i / 250 + "." + i % 250, basic("user" + i, "wrong"));
    }
    refusals.tell();
    assertThat(events).hasSize(101); // 100 peers, and the others together
    assertThat(events.get(100).get("peer")).isEqualTo("others");
  }

  @Test
  void otherAccountsHoldAtOnceAlsoForWhoIsIn() {
    String lee = basic("lee", RIGHT);
    assertThat(logins.check(PEER, lee)).isEqualTo(new Login.In("lee"));
    Map<String, PasswordHash> others =
        Map.of("lee", PasswordHash.of("another one", 1), "kim", PasswordHash.of(RIGHT, 1));
    logins.accounts(new Users(others, 1));
    assertThat(logins.atOnce(PEER, lee)).isInstanceOf(Login.Unknown.class);
    assertThat(logins.check(PEER, lee)).isInstanceOf(Login.Refused.class);
    assertThat(logins.check(PEER, basic("lee", "another one"))).isEqualTo(new Login.In("lee"));
    assertThat(logins.check(PEER, basic("kim", RIGHT))).isEqualTo(new Login.In("kim"));
    logins.accounts(new Users(Map.of(), 1));
    assertThat(logins.check(PEER, basic("kim", RIGHT))).isInstanceOf(Login.Refused.class);
  }
}
