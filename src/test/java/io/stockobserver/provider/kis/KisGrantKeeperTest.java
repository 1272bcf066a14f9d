package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.MemoryDesk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** KIS sheet 2.1 and 2.2: one a minute, kept for all routes, renewed before it expires. */
class KisGrantKeeperTest {
  private static final String SECRET = "s".repeat(180);
  private static final KisKey KEY = new KisKey("k".repeat(36), SECRET);

  private final MemoryDesk desk = new MemoryDesk();
  private final List<KisVerdict> refused = new ArrayList<>();
  private KisGrantKeeper token;
  private KisGrantKeeper approval;

  @BeforeEach
  void keepers() {
    KisCalls calls = new KisCalls(KisVenue.KRX, KEY);
    token = KisGrantKeeper.token(desk, desk::nanos, calls, refused::add);
    approval = KisGrantKeeper.approval(desk, desk::nanos, calls, refused::add);
  }

  @Test
  void itIsAskedForOnceForAllRoutes() {
    assertThat(token.value()).isNull();
    assertThat(token.due()).isTrue();
    Call call = token.next();
    assertThat(token.due()).as("while the answer is on its way").isFalse();
    granted(token, call, "T1", Duration.ofHours(24));
    assertThat(token.value()).isEqualTo("T1");
    assertThat(token.due()).isFalse();
    desk.pass(Duration.ofHours(23));
    assertThat(token.due()).isFalse();
  }

  @Test
  void itIsRenewedBeforeItExpires() {
    granted(token, token.next(), "T1", Duration.ofHours(24));
    desk.pass(Duration.ofHours(23).plusMinutes(50));
    assertThat(token.due()).isTrue();
    assertThat(token.value()).as("the old one serves meanwhile").isEqualTo("T1");
    granted(token, token.next(), "T2", Duration.ofHours(24));
    assertThat(token.value()).isEqualTo("T2");
  }

  @Test
  void whatIsAbandonedIsGivenBackOnceAndNeverAskedForAgain() {
    List<String> learnt = new ArrayList<>();
    token.learning(learnt::add);
    granted(token, token.next(), "T1", Duration.ofHours(24));
    assertThat(learnt).containsExactly("T1");
    token.abandon();
    assertThat(token.value()).isNull();
    assertThat(token.due()).isTrue();
    Call back = token.next();
    assertThat(back.path()).isEqualTo("/oauth2/revokeP");
    assertThat(back.body()).contains("\"token\":\"T1\"");
    assertThat(back.tapeText()).doesNotContain("T1", KEY.appKey(), KEY.appSecret());
    desk.pass(Duration.ofDays(2));
    assertThat(token.due()).isFalse();
    approval.abandon();
    assertThat(approval.due()).as("nobody takes an approval key back").isFalse();
  }

  @Test
  void anExpiredOneIsNotHandedOut() {
    granted(token, token.next(), "T1", Duration.ofHours(24));
    desk.pass(Duration.ofHours(24));
    assertThat(token.value()).isNull();
    assertThat(token.due()).isTrue();
  }

  @Test
  void oneThatIsNearlyOverWhenItComesIsRenewedInTime() {
    granted(token, token.next(), "T1", Duration.ofMinutes(4));
    desk.pass(Duration.ofMinutes(3));
    assertThat(token.value()).isEqualTo("T1");
    assertThat(token.due()).isTrue();
  }

  @Test
  void theApprovalKeyLastsADay() {
    Call call = approval.next();
    approval.take(answer(call, 200, "{\"approval_key\":\"A1\"}"));
    assertThat(approval.value()).isEqualTo("A1");
    desk.pass(Duration.ofHours(24).minusMinutes(9));
    assertThat(approval.due()).isTrue();
    assertThat(approval.value()).isEqualTo("A1");
    desk.pass(Duration.ofMinutes(9));
    assertThat(approval.value()).isNull();
  }

  @Test
  void oneThatKisNoLongerTakesIsReplacedAsSoonAsThatIsAllowed() {
    granted(token, token.next(), "T1", Duration.ofHours(24));
    token.reject("T1");
    assertThat(token.value()).isNull();
    assertThat(token.due()).as("not within a minute").isFalse();
    desk.pass(Duration.ofSeconds(61));
    assertThat(token.due()).isTrue();
    granted(token, token.next(), "T2", Duration.ofHours(24));
    token.reject("T1");
    assertThat(token.value()).as("a late complaint about the old one").isEqualTo("T2");
  }

  @Test
  void aRefusalIsFollowedByAWaitOfAMinute() {
    String tooOften =
        new String(Heard.fixture("error-token-too-often.json"), StandardCharsets.UTF_8);
    token.take(answer(token.next(), 403, tooOften));
    assertThat(token.due()).isFalse();
    desk.pass(Duration.ofSeconds(60));
    assertThat(token.due()).isFalse();
    desk.pass(Duration.ofSeconds(1));
    assertThat(token.due()).isTrue();
    assertThat(refused).isEmpty();
  }

  @Test
  void aRefusedKeyIsToldOnceAndNeverTriedAgain() {
    token.take(
        answer(
            token.next(),
            403,
            "{\"error_description\":\"유효하지 않은 AppKey입니다.\",\"error_code\":\"EGW00103\"}"));
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).code()).isEqualTo("EGW00103");
    desk.pass(Duration.ofDays(3));
    assertThat(token.due()).isFalse();
    assertThat(refused).hasSize(1);
  }

  @Test
  void aRefusedKeyIsNotTriedAgainThroughReject() {
    granted(token, token.next(), "T1", Duration.ofHours(24));
    desk.pass(Duration.ofHours(23).plusMinutes(55));
    token.take(answer(token.next(), 403, "{\"error_code\":\"EGW00105\"}"));
    token.reject("T1");
    desk.pass(Duration.ofDays(1));
    assertThat(token.due()).isFalse();
  }

  /** Fault row 9: KIS answers with the expiry by its own clock. */
  @Test
  void aClockThatIsSetNeitherAgesATokenNorKeepsItYoung() {
    stated(token, token.next(), "T1", desk.now().plus(Duration.ofHours(24)));
    desk.step(Duration.ofDays(10));
    assertThat(token.value()).isEqualTo("T1");
    assertThat(token.due()).isFalse();
    desk.step(Duration.ofDays(-20));
    desk.pass(Duration.ofHours(24));
    assertThat(token.value()).isNull();
    assertThat(token.due()).isTrue();
  }

  /** It is asked for once, and not every minute because its expiry is always past. */
  @Test
  void aTokenGrantedWhileOurClockIsDaysAheadIsGoodForItsDay() {
    Instant theirs = desk.now();
    desk.step(Duration.ofDays(10));
    stated(token, token.next(), "T1", theirs.plus(Duration.ofHours(24)));
    assertThat(token.value()).isEqualTo("T1");
    desk.pass(Duration.ofHours(23));
    assertThat(token.due()).isFalse();
    desk.pass(Duration.ofHours(1));
    assertThat(token.value()).isNull();
  }

  @Test
  void aTokenGrantedWhileOurClockIsDaysBehindIsNotGoodForLonger() {
    Instant theirs = desk.now();
    desk.step(Duration.ofDays(-10));
    stated(token, token.next(), "T1", theirs.plus(Duration.ofHours(24)));
    desk.pass(Duration.ofHours(24));
    assertThat(token.value()).isNull();
  }

  @Test
  void aClockThatIsSetMakesNoTwoCallsWithinAMinuteAndNoLongWait() {
    token.take(answer(token.next(), 403, "{\"error_code\":\"EGW00133\"}"));
    desk.step(Duration.ofHours(1));
    assertThat(token.due()).isFalse();
    desk.step(Duration.ofHours(-2));
    desk.pass(Duration.ofSeconds(60));
    assertThat(token.due()).isFalse();
    desk.pass(Duration.ofSeconds(1));
    assertThat(token.due()).isTrue();
  }

  private void stated(KisGrantKeeper keeper, Call call, String value, Instant expiry) {
    String at =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(MemoryDesk.SEOUL)
            .format(expiry);
    keeper.take(
        answer(
            call,
            200,
            ("{\"access_token\":\"%s\",\"access_token_token_expired\":\"%s\","
                    + "\"token_type\":\"Bearer\",\"expires_in\":86400}")
                .formatted(value, at)));
  }

  /** Whatever KIS answers, and whoever complains. */
  @Test
  void neverTwoCallsWithinAMinute() {
    Random random = new Random(3);
    List<Instant> calls = new ArrayList<>();
    Call flying = null;
    for (int second = 0; second < 200_000; second++) {
      desk.pass(Duration.ofSeconds(1));
      if (flying == null && token.due()) {
        flying = token.next();
        calls.add(desk.now());
      }
      if (flying != null && random.nextInt(4) == 0) {
        switch (random.nextInt(4)) {
          case 0 -> token.take(answer(flying, 500, "{\"error_code\":\"EGW00002\"}"));
          case 1 -> token.take(answer(flying, 0, "SocketTimeoutException: Read timed out"));
          case 2 -> token.take(answer(flying, 403, "{\"error_code\":\"EGW00133\"}"));
          default -> granted(token, flying, "T" + second, Duration.ofMinutes(random.nextInt(90)));
        }
        flying = null;
      }
      if (random.nextInt(500) == 0 && token.value() != null) {
        token.reject(token.value());
      }
    }
    assertThat(calls).hasSizeGreaterThan(100);
    for (int i = 1; i < calls.size(); i++) {
      assertThat(Duration.between(calls.get(i - 1), calls.get(i)).toSeconds())
          .isGreaterThanOrEqualTo(60);
    }
  }

  @Test
  void noSecretIsOnTheTapeOrInAnyText() {
    Call askToken = token.next();
    Call askApproval = approval.next();
    desk.say(askToken);
    desk.say(askApproval);
    granted(token, askToken, "VERYSECRETTOKEN", Duration.ofHours(24));
    approval.take(answer(askApproval, 200, "{\"approval_key\":\"VERYSECRETKEY\"}"));
    assertThat(token.value()).isEqualTo("VERYSECRETTOKEN");
    assertThat(desk.tape).hasSize(4);
    assertThat(desk.tape + token.toString() + approval + askToken + askApproval + KEY)
        .contains("[secret]")
        .doesNotContain("VERYSECRET")
        .doesNotContain(SECRET)
        .doesNotContain(KEY.appKey());
  }

  private void granted(KisGrantKeeper keeper, Call call, String value, Duration lifetime) {
    keeper.take(
        answer(
            call,
            200,
            "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                .formatted(value, Math.max(1, lifetime.toSeconds()))));
  }

  private static Answer answer(Call call, int status, String body) {
    return new Answer(call, 1, status, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }
}
