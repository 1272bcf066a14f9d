package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.stockobserver.venue.Call;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KisCallsTest {
  private static final String KEY = "PSappkeyappkeyappkeyappkeyappkeyappk";
  private static final String HUSH = "hush/hush+hush=";
  private final KisCalls calls = new KisCalls(KisVenue.KRX, new KisKey(KEY, HUSH));

  @Test
  void aTokenIsAskedForWithTheSecretUnderItsTwoNames() {
    Call token = calls.token();
    assertThat(token.method()).isEqualTo("POST");
    assertThat(token.path()).isEqualTo("/oauth2/tokenP");
    assertThat(token.headers()).containsExactly(entry("content-type", "application/json"));
    assertThat(token.body())
        .isEqualTo(
            "{\"grant_type\":\"client_credentials\",\"appkey\":\""
                + KEY
                + "\",\"appsecret\":\""
                + HUSH
                + "\"}");
    assertThat(token.tapeText())
        .isEqualTo(
            "POST /oauth2/tokenP\n{\"grant_type\":\"client_credentials\",\"appkey\":\"[secret]\","
                + "\"appsecret\":\"[secret]\"}");
    assertThat(calls.approval().path()).isEqualTo("/oauth2/Approval");
    assertThat(calls.approval().body()).contains("\"secretkey\":\"" + HUSH + '"');
    assertThat(calls.approval().toString()).doesNotContain(HUSH).doesNotContain(KEY);
  }

  @Test
  void manySymbolsGoIntoOneCall() {
    Call call = calls.multiPrice(List.of("005930", "00088K"), "tok");
    assertThat(call.feed()).isEqualTo("swing");
    assertThat(call.query())
        .isEqualTo(
            "FID_COND_MRKT_DIV_CODE_1=J&FID_INPUT_ISCD_1=005930"
                + "&FID_COND_MRKT_DIV_CODE_2=J&FID_INPUT_ISCD_2=00088K");
    assertThat(call.headers())
        .containsExactly(
            entry("content-type", "application/json; charset=utf-8"),
            entry("authorization", "Bearer tok"),
            entry("appkey", KEY),
            entry("appsecret", HUSH),
            entry("tr_id", "FHKST11300006"),
            entry("custtype", "P"));
    assertThat(call.symbols()).containsExactly("005930", "00088K");
    assertThat(KisCalls.asked(call.tapeText())).containsExactly("005930", "00088K");
    assertThat(call.toString()).doesNotContain(HUSH).doesNotContain("Bearer");
  }

  @Test
  void noCallAsksForNoneTooManyOrNoCode() {
    assertThatThrownBy(() -> calls.multiPrice(List.of(), "tok"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> calls.multiPrice(Collections.nCopies(31, "005930"), "tok"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> calls.price("00593&", "tok"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> calls.price("005930", "to\r\nk"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("to\r\nk");
  }

  @Test
  void theVenueChoosesTheDivision() {
    KisKey key = new KisKey(KEY, HUSH);
    assertThat(new KisCalls(KisVenue.NXT, key).price("005930", "tok").tapeText())
        .isEqualTo(
            "GET /uapi/domestic-stock/v1/quotations/inquire-price"
                + "?FID_COND_MRKT_DIV_CODE=NX&FID_INPUT_ISCD=005930");
    Call book = new KisCalls(KisVenue.UNIFIED, key).book("Q500001", "tok");
    assertThat(book.query()).isEqualTo("FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD=Q500001");
    assertThat(book.headers()).containsEntry("tr_id", "FHKST01010200");
    assertThat(KisVenue.parse("unified")).isEqualTo(KisVenue.UNIFIED);
    assertThatThrownBy(() -> KisVenue.parse("KRX")).hasMessageContaining("krx, nxt, unified");
  }

  @Test
  void theCalendarIsPagedByItsContext() {
    LocalDate day = LocalDate.of(2026, 11, 20);
    Call first = calls.holidays(day, KisCalendarPage.FIRST, "tok");
    assertThat(first.query()).isEqualTo("BASS_DT=20261120&CTX_AREA_NK=&CTX_AREA_FK=");
    assertThat(first.headers()).containsEntry("tr_id", "CTCA0903R").doesNotContainKey("tr_cont");
    Call next = calls.holidays(day, new KisCalendarPage(true, "a b", "c"), "tok");
    assertThat(next.query()).isEqualTo("BASS_DT=20261120&CTX_AREA_NK=a%20b&CTX_AREA_FK=c");
    assertThat(next.headers()).containsEntry("tr_cont", "N");
  }

  @Test
  void masterAndRankAskForNoSymbol() {
    Call master = KisCalls.master(KisBoard.KOSDAQ);
    assertThat(master.tapeText()).isEqualTo("GET /kosdaq_code.mst.zip");
    assertThat(master.headers()).isEmpty();
    Call rank = calls.volumeRank(KisCalls.Rank.TRADED_VALUE, "tok");
    assertThat(rank.query()).contains("FID_COND_SCR_DIV_CODE=20171", "FID_BLNG_CLS_CODE=3");
    assertThat(KisCalls.asked(rank.tapeText())).isEmpty();
    assertThat(KisCalls.asked(master.tapeText())).isEmpty();
  }

  @Test
  void aKeyIsWholeAndNeverShown() {
    assertThat(new KisKey(KEY, HUSH).toString()).doesNotContain(KEY).doesNotContain(HUSH);
    for (String bad : List.of("", " ", "a b", "a\n", "a\"b", "a\\b", "a\u00e9")) {
      assertThatThrownBy(() -> new KisKey(KEY, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("app secret");
      assertThatThrownBy(() -> new KisKey(bad, HUSH)).hasMessageContaining("app key");
    }
  }
}
