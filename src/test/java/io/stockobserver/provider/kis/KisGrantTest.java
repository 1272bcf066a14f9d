package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.provider.kis.KisVerdict.Act;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisGrantTest {
  private static final String JWT = "eyJ0eXAiOiJKV1QifQ.payload.signature";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aTokenHoldsUntilTheStatedTimeInSeoul() {
    KisGrant grant = KisGrant.readToken(200, Heard.fixture("token.json"), Heard.AT);
    assertThat(grant).isEqualTo(new KisGrant.Token(JWT, Instant.parse("2026-11-20T23:16:59Z")));
    assertThat(grant.toString()).doesNotContain(JWT);
  }

  @Test
  void withoutAStatedTimeTheDurationCounts() {
    byte[] body = bytes("{\"access_token\":\"t\",\"expires_in\":86400}");
    assertThat(KisGrant.readToken(200, body, Heard.AT))
        .isEqualTo(new KisGrant.Token("t", Heard.AT.plusSeconds(86_400)));
    byte[] endless = bytes("{\"access_token\":\"t\"}");
    assertThat(KisGrant.readToken(200, endless, Heard.AT)).isInstanceOf(KisGrant.Refused.class);
  }

  @Test
  void anApprovalIsAKeyOnly() {
    KisGrant grant = KisGrant.readApproval(200, Heard.fixture("approval.json"));
    assertThat(grant).isEqualTo(new KisGrant.Approval("a2585daf-8c09-4587-9fce-8ab893000000"));
    assertThat(grant.toString()).doesNotContain("a2585daf");
    assertThat(KisGrant.readApproval(200, Heard.fixture("token.json")))
        .isInstanceOf(KisGrant.Refused.class);
  }

  @Test
  void aRefusalSaysWhy() {
    byte[] often = Heard.fixture("error-token-too-often.json");
    assertThat(KisGrant.readToken(403, often, Heard.AT))
        .isInstanceOfSatisfying(
            KisGrant.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("EGW00133");
              assertThat(refused.message()).contains("1분당 1회");
              assertThat(refused.verdict().act()).isEqualTo(Act.RATE_LIMITED);
            });
    byte[] key = bytes("{\"error_code\":\"EGW00103\",\"error_description\":\"no\"}");
    assertThat(KisGrant.readToken(403, key, Heard.AT))
        .isInstanceOfSatisfying(
            KisGrant.Refused.class,
            refused -> assertThat(refused.verdict().act()).isEqualTo(Act.KEY_REFUSED));
  }

  @Test
  void theTapeGetsAllButTheSecret() {
    String token = new String(Heard.fixture("token.json"), StandardCharsets.UTF_8);
    assertThat(KisGrant.redacted(bytes(token))).isEqualTo(bytes(token.replace(JWT, "[secret]")));
    assertThat(KisGrant.redacted(Heard.fixture("approval.json")))
        .isEqualTo(bytes("{\"approval_key\":\"[secret]\"}"));
    assertThat(KisGrant.redacted(bytes("{ \"a\" : 1, \"access_token\" : \"x\\\"y한\" , \"b\":2}")))
        .isEqualTo(bytes("{ \"a\" : 1, \"access_token\" : \"[secret]\" , \"b\":2}"));
    byte[] refusal = Heard.fixture("error-token-too-often.json");
    assertThat(KisGrant.redacted(refusal)).isEqualTo(refusal);
    assertThat(KisGrant.redacted(bytes("<html>"))).isEqualTo(bytes("<html>"));
  }

  @Test
  void aTornAnswerGivesNoPartOfTheSecretAway() {
    byte[] whole = Heard.fixture("token.json");
    for (int length = 0; length < whole.length; length++) {
      String kept =
          new String(KisGrant.redacted(Arrays.copyOf(whole, length)), StandardCharsets.UTF_8);
      assertThat(kept).doesNotContain("eyJ").doesNotContain("payload");
    }
    byte[] torn = Arrays.copyOf(whole, 40);
    KisGrant refused = KisGrant.readToken(200, torn, Heard.AT);
    assertThat(refused.toString()).contains("not-json").doesNotContain("eyJ");
    String trailing = new String(whole, StandardCharsets.UTF_8) + "}";
    assertThat(new String(KisGrant.redacted(bytes(trailing)), StandardCharsets.UTF_8))
        .doesNotContain("eyJ");
  }

  @ParameterizedTest
  @CsvSource({
    "200, 0, MCA00000, OK, ok",
    "500, 1, EGW00201, RATE_LIMITED, rate-limited",
    "500, 1, EGW00123, TOKEN_EXPIRED, token-expired",
    "401, 1, EGW00121, TOKEN_EXPIRED, token-refused",
    "500, 1, EGW00122, TOKEN_EXPIRED, token-refused",
    "403, 1, EGW00105, KEY_REFUSED, key-refused",
    "200, 1, EGW00213, NOT_ON_MOCK, not-on-mock",
    "500, 1, EGW00302, TRY_AGAIN, server-error",
    "500, 1, OPSQ9999, TRY_AGAIN, server-error",
    "500, 1, OPSQ0002, GIVE_UP, request-refused",
    "200, 1, OPSQ2001, GIVE_UP, request-refused",
    "404, 0, MCA00000, GIVE_UP, request-refused",
    "200, '', '', GIVE_UP, empty-answer",
  })
  void everyAnswerLeadsToOneAct(int status, String rtCd, String code, Act act, String reason) {
    String body = "{\"rt_cd\":\"%s\",\"msg_cd\":\"%s\",\"msg1\":\"m  \"}".formatted(rtCd, code);
    KisVerdict verdict = KisVerdict.judge(status, bytes(body));
    assertThat(verdict.act()).isEqualTo(act);
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  @Test
  void anAnswerThatIsNoneOfKisIsTriedAgain() {
    assertThat(KisVerdict.judge(200, bytes("<html>")).act()).isEqualTo(Act.TRY_AGAIN);
    assertThat(KisVerdict.judge(200, bytes("{}")).reason()).isEqualTo("not-json");
    assertThat(KisVerdict.judge(0, bytes("refused")).reason()).isEqualTo("unreachable");
    assertThat(KisVerdict.judge(404, bytes("<html>")).act()).isEqualTo(Act.GIVE_UP);
    assertThat(KisVerdict.judge(429, new byte[0]).act()).isEqualTo(Act.RATE_LIMITED);
    assertThat(KisVerdict.judgeFile(200, bytes("PK")).ok()).isTrue();
    assertThat(KisVerdict.judgeFile(404, bytes("")).reason()).isEqualTo("request-refused");
  }
}
