package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.MemoryDesk;
import io.stockobserver.venue.Quotes.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisQuotesTest {
  private final MemoryDesk desk = new MemoryDesk();
  private final KisCalls calls = new KisCalls(KisVenue.KRX, new KisKey("k", "s"));
  private KisGrantKeeper token;

  @BeforeEach
  void token() {
    token = KisGrantKeeper.token(desk, desk::nanos, calls, verdict -> {});
  }

  @Test
  void thirtyACallOnTheLiveServerAndOneOnTheMockServerWhichLacksTheThirty() {
    grant("T1");
    KisQuotes live = new KisQuotes("swing", calls, token, false);
    KisQuotes mock = new KisQuotes("swing", calls, token, true);
    assertThat(live.symbolsPerCall()).isEqualTo(30);
    assertThat(mock.symbolsPerCall()).isEqualTo(1);
    Call thirty = live.call(List.of("005930", "000660"));
    assertThat(thirty.path()).endsWith("intstock-multprice");
    assertThat(thirty.symbols()).containsExactly("005930", "000660");
    assertThat(thirty.headers()).containsEntry("authorization", "Bearer T1");
    assertThat(mock.call(List.of("005930")).path()).endsWith("inquire-price");
  }

  @Test
  void withoutATokenItSaysWhatItWaitsFor() {
    KisQuotes quotes = new KisQuotes("swing", calls, token, false);
    assertThat(quotes.waitingFor()).isEqualTo("no-token");
    grant("T1");
    assertThat(quotes.waitingFor()).isEmpty();
    token.abandon();
    assertThat(quotes.waitingFor()).isEqualTo("secret_seen");
  }

  @ParameterizedTest
  @CsvSource({
    "200, 0, MCA00000, DONE",
    "500, 1, EGW00201, AGAIN",
    "500, 1, EGW00002, AGAIN",
    "500, 1, EGW00123, AGAIN",
    "403, 1, EGW00103, FAILED",
    "200, 1, EGW00213, FAILED",
    "200, 1, OPSQ2001, FAILED",
  })
  void whatAnAnswerComesTo(int status, String rtCd, String code, Verdict verdict) {
    grant("T1");
    KisQuotes quotes = new KisQuotes("swing", calls, token, false);
    Call call = quotes.call(List.of("005930"));
    assertThat(quotes.judge(answer(call, status, rtCd, code))).isEqualTo(verdict);
  }

  /** Nobody looks at the rows here; only a whole answer that says so itself is good. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"rt_cd\":\"0\",\"output\":[{\"a\":\"1\"}]} ; DONE",
        "{\"output\":[{\"rt_cd\":\"1\"}],\"rt_cd\":\"0\"} ; DONE",
        "{\"output\":[{\"rt_cd\":\"0\"}],\"rt_cd\":\"1\",\"msg_cd\":\"EGW00201\"} ; AGAIN",
        "{\"rt_cd\":\"0\",\"output\":[{\"a\":\"1\" ; AGAIN",
        "{\"output\":[{\"rt_cd\":\"0\"}]} ; AGAIN",
        "[{\"rt_cd\":\"0\"}] ; AGAIN",
      })
  void onlyAWholeAnswerIsGood(String body, Verdict verdict) {
    grant("T1");
    KisQuotes quotes = new KisQuotes("swing", calls, token, false);
    Call call = quotes.call(List.of("005930"));
    Answer answer =
        new Answer(call, 1, 200, body.strip().getBytes(StandardCharsets.UTF_8), Map.of());
    assertThat(quotes.judge(answer)).isEqualTo(verdict);
  }

  @Test
  void anExpiredTokenIsRenewedOnceAndTheOneThatCameMeanwhileKept() {
    grant("T1");
    KisQuotes quotes = new KisQuotes("swing", calls, token, false);
    Call call = quotes.call(List.of("005930"));
    desk.pass(Duration.ofMinutes(2));
    quotes.judge(answer(call, 500, "1", "EGW00123"));
    assertThat(token.value()).isNull();
    assertThat(token.due()).isTrue();
    grant("T2");
    quotes.judge(answer(call, 500, "1", "EGW00123"));
    assertThat(token.value()).as("the complaint was about T1").isEqualTo("T2");
  }

  private static Answer answer(Call call, int status, String rtCd, String code) {
    String body = "{\"rt_cd\":\"%s\",\"msg_cd\":\"%s\",\"msg1\":\"\"}".formatted(rtCd, code);
    return new Answer(call, 1, status, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private void grant(String value) {
    String body = "{\"access_token\":\"%s\",\"expires_in\":86400}".formatted(value);
    token.take(new Answer(token.next(), 1, 200, body.getBytes(StandardCharsets.UTF_8), Map.of()));
  }
}
