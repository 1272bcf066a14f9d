package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.observe.Observation;
import io.stockobserver.venue.Readings.DayOpen;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KisAnswersTest {
  private static final String TOKEN = "token";
  private static final KisCalls CALLS = new KisCalls(KisVenue.KRX, new KisKey("key", "hush"));
  private static final String MULTI =
      CALLS.multiPrice(List.of("005930", "00088K"), TOKEN).tapeText();

  private static Heard answer(String request, String fixture) {
    return Heard.answer(request, 200, Heard.fixture(fixture));
  }

  private static BigDecimal won(String digits) {
    return new BigDecimal(digits);
  }

  @Test
  void aRowOfManyMeansWhatTheSheetSays() {
    Heard heard = answer(MULTI, "multi-price.json");

    assertThat(heard.declared).isEqualTo(2);
    assertThat(heard.drifts).isEmpty();
    // Rows come in any order; a symbol may hold a letter.
    assertThat(heard.observed).extracting(Observation::symbol).containsExactly("00088K", "005930");
    Observation quote = heard.observed.get(1);
    assertThat(quote.at()).isEqualTo(Heard.AT);
    assertThat(quote.atIsHeard()).isTrue();
    assertThat(quote.lastPrice()).isEqualTo(won("71900"));
    assertThat(quote.bidPrice()).isEqualTo(won("71800"));
    assertThat(quote.askPrice()).isEqualTo(won("71900"));
    assertThat(quote.bidSize()).isEqualTo(won("22975"));
    assertThat(quote.askSize()).isEqualTo(won("18342"));
    assertThat(quote.tradeSize()).isNull();
    assertThat(quote.accVolume()).isEqualTo(won("8412377"));
    assertThat(quote.accValue()).isEqualTo(won("603524118900"));
    assertThat(quote.open()).isEqualTo(won("71500"));
    assertThat(quote.high()).isEqualTo(won("72300"));
    assertThat(quote.low()).isEqualTo(won("71000"));
    assertThat(quote.prevClose()).isEqualTo(won("71200"));
    assertThat(quote.halted()).isFalse();
    assertThat(Heard.specifics(quote))
        .containsEntry("inter_kor_isnm", "삼성전자")
        .containsEntry("inter2_prdy_clpr", "71200")
        .doesNotContainKeys("inter2_prpr", "mrkt_trtm_cls_name");
  }

  @Test
  void beforeTheFirstTradeThereIsNoPriceButABase() {
    Observation quote = answer(MULTI, "multi-price.json").observed.get(0);
    assertThat(quote.lastPrice()).isNull();
    assertThat(quote.open()).isNull();
    assertThat(quote.askPrice()).isNull();
    assertThat(quote.askSize()).isNull();
    assertThat(quote.accVolume()).isEqualTo(won("0"));
    assertThat(quote.prevClose()).isEqualTo(won("15350"));
    assertThat(quote.halted()).isTrue();
  }

  @Test
  void aRowOfAnEtnKeepsTheSymbolThatWasAsked() {
    String text = new String(Heard.fixture("multi-price-object.json"), StandardCharsets.UTF_8);
    byte[] etn = text.replace("\"005930\"", "\"500001\"").getBytes(StandardCharsets.UTF_8);
    String request = CALLS.multiPrice(List.of("005930", "Q500001"), TOKEN).tapeText();
    assertThat(Heard.answer(request, 200, etn).observed)
        .extracting(Observation::symbol)
        .containsExactly("Q500001");
  }

  @Test
  void anObjectIsOneRow() {
    assertThat(answer(MULTI, "multi-price-object.json").observed).hasSize(1);
  }

  @Test
  void oneMoreKeyIsDriftOnly() {
    Heard heard = answer(MULTI, "multi-price-more-keys.json");
    assertThat(heard.drifts).containsExactly("intstock-multprice/+nxt_yn");
    assertThat(Heard.specifics(heard.observed.get(0))).containsEntry("nxt_yn", "Y");
  }

  @Test
  void rowsAreRefusedAlone() {
    Heard heard = answer(MULTI, "multi-price-missing-price.json");
    assertThat(heard.drifts).containsExactly("intstock-multprice/-inter2_prpr");
    assertThat(heard.observed).hasSize(1);
    assertThat(heard.refusals)
        .extracting(Heard.Refusal::reason)
        .containsExactly("field-missing", "field-malformed");
    assertThat(heard.refusals.get(0).sample()).startsWith("inter2_prpr in ");
    assertThat(heard.refusals.get(1).sample()).startsWith("acml_vol: not a number: many in ");
    assertThat(heard.refusals.get(1).symbol()).isEqualTo("000660");
  }

  @Test
  void thePriceOfOneSymbolTellsWhatItHas() {
    Heard heard = answer(CALLS.price("005930", TOKEN).tapeText(), "price.json");
    Observation quote = heard.observed.get(0);
    assertThat(quote.symbol()).isEqualTo("005930");
    assertThat(quote.at()).isEqualTo(Heard.AT);
    assertThat(quote.atIsHeard()).isTrue();
    assertThat(quote.lastPrice()).isEqualTo(won("71900"));
    assertThat(quote.bidPrice()).isNull();
    assertThat(quote.accVolume()).isEqualTo(won("8412377"));
    assertThat(quote.accValue()).isEqualTo(won("603524118900"));
    assertThat(quote.prevClose()).isEqualTo(won("71200"));
    assertThat(quote.halted()).as("status 58").isTrue();
    assertThat(Heard.specifics(quote))
        .containsEntry("wghn_avrg_stck_prc", "71742.40")
        .doesNotContainKeys("new_hgpr_lwpr_cls_code", "stck_prpr");
  }

  @Test
  void theBookOfOneSymbolHasATimeOfDay() {
    Heard heard = answer(CALLS.book("005930", TOKEN).tapeText(), "book.json");
    Observation quote = heard.observed.get(0);
    assertThat(quote.at()).isEqualTo(Instant.parse("2026-11-20T01:15:30Z"));
    assertThat(quote.atIsHeard()).isFalse();
    assertThat(quote.bidPrice()).isEqualTo(won("71800"));
    assertThat(quote.askPrice()).isEqualTo(won("71900"));
    assertThat(quote.bidSize()).isEqualTo(won("22975"));
    assertThat(quote.askSize()).isEqualTo(won("18342"));
    assertThat(quote.accVolume()).isNull();
    assertThat(Heard.specifics(quote))
        .containsEntry("askp2", "72000")
        .containsEntry("vi_cls_code", "N");
  }

  @Test
  void aBookOfLaterThanNowIsOfAnEarlierDay() {
    String text = new String(Heard.fixture("book.json"), StandardCharsets.UTF_8);
    byte[] evening = text.replace("101530", "160000").getBytes(StandardCharsets.UTF_8);
    Observation quote =
        Heard.answer(CALLS.book("005930", TOKEN).tapeText(), 200, evening).observed.get(0);
    assertThat(quote.at()).isEqualTo(Heard.AT);
    assertThat(quote.atIsHeard()).isTrue();
  }

  @Test
  void aSymbolThatDoesNotExistIsNoInstrumentWithoutAPrice() {
    Heard heard = answer(CALLS.price("999999", TOKEN).tapeText(), "price-unknown-symbol.json");
    assertThat(heard.refusals.get(0).reason()).isEqualTo("symbol-unknown");
    Heard other = answer(CALLS.price("000660", TOKEN).tapeText(), "price.json");
    assertThat(other.refusals.get(0).reason()).isEqualTo("symbol-unknown");
  }

  @Test
  void anEtnIsAskedWithAQAndAnsweredWithout() {
    String text = new String(Heard.fixture("price.json"), StandardCharsets.UTF_8);
    byte[] etn = text.replace("\"005930\"", "\"500001\"").getBytes(StandardCharsets.UTF_8);
    Heard heard = Heard.answer(CALLS.price("Q500001", TOKEN).tapeText(), 200, etn);
    assertThat(heard.observed.get(0).symbol()).isEqualTo("Q500001");
  }

  @Test
  void theCalendarSaysWhenTheMarketOpensAndWhereItGoesOn() {
    Heard heard =
        answer(
            CALLS.holidays(LocalDate.of(2026, 11, 20), KisCalendarPage.FIRST, TOKEN).tapeText(),
            "holidays.json");
    assertThat(heard.days)
        .containsExactly(
            new DayOpen(LocalDate.of(2026, 11, 20), true),
            new DayOpen(LocalDate.of(2026, 11, 21), false),
            new DayOpen(LocalDate.of(2026, 11, 22), false),
            new DayOpen(LocalDate.of(2026, 11, 23), true));

    byte[] body = Heard.fixture("holidays.json");
    assertThat(KisCalendarPage.next(body, "M"))
        .isEqualTo(new KisCalendarPage(true, "20261213            ", "20261120            "));
    assertThat(KisCalendarPage.next(body, "E")).isEqualTo(KisCalendarPage.NONE);
    assertThat(KisCalendarPage.next(body, null)).isEqualTo(KisCalendarPage.NONE);
    assertThat(KisCalendarPage.next(new byte[0], "F")).isEqualTo(KisCalendarPage.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "500, error-rate.json, rate-limited EGW00201 초당 거래건수를 초과하였습니다.",
    "500, error-token-expired.json, token-expired EGW00123 기간이 만료된 token 입니다.",
    "200, error-token-expired.json, token-expired EGW00123 기간이 만료된 token 입니다.",
    "200, multi-price-empty.json, empty-answer  FHKST11300006",
    "503, multi-price.json, server-error MCA00000 정상처리 되었습니다.",
  })
  void aRefusedAnswerSaysWhy(int status, String fixture, String told) {
    Heard heard = Heard.answer(MULTI, status, Heard.fixture(fixture));
    assertThat(heard.declared).isZero();
    assertThat(heard.told).containsExactly(told);
  }

  @Test
  void noAnswerAndNoSenseAreTold() {
    assertThat(Heard.answer(MULTI, 0, "timed out".getBytes(StandardCharsets.UTF_8)).told)
        .containsExactly("unreachable  timed out");
    assertThat(Heard.answer(MULTI, 200, new byte[0]).told).containsExactly("empty-answer HTTP 200");
    assertThat(Heard.answer(MULTI, 502, "<html>".getBytes(StandardCharsets.UTF_8)).told)
        .containsExactly("not-json HTTP 502 <html>");
    assertThat(Heard.answer("GET /elsewhere?a=b", 200, new byte[0]).told)
        .containsExactly("unknown-request  /elsewhere");
    assertThat(Heard.answer("", 200, new byte[0]).told).containsExactly("unknown-request");
  }

  @Test
  void aRankTellsOfSymbolsThatNobodyAskedFor() {
    Heard heard =
        answer(
            CALLS.volumeRank(KisCalls.Rank.VOLUME_INCREASE, TOKEN).tapeText(), "volume-rank.json");

    assertThat(heard.declared).isEqualTo(3);
    assertThat(heard.refusals).extracting(Heard.Refusal::reason).containsExactly("row-malformed");
    assertThat(heard.observed).extracting(Observation::symbol).containsExactly("028300", "0015G0");
    Observation first = heard.observed.get(0);
    assertThat(first.at()).isEqualTo(Heard.AT);
    assertThat(first.atIsHeard()).isTrue();
    assertThat(first.lastPrice()).isEqualTo(won("61300"));
    assertThat(first.accVolume()).isEqualTo(won("9127734"));
    assertThat(first.accValue()).isEqualTo(won("553190238700"));
    assertThat(first.bidPrice()).isNull();
    assertThat(first.prevClose()).isNull();
    assertThat(Heard.specifics(first)).containsEntry("data_rank", "1");
  }

  @Test
  void aTokenDeclaresNothing() {
    Heard token = answer(CALLS.token().tapeText(), "token.json");
    assertThat(token.declared).isZero();
    assertThat(token.told).isEmpty();
  }

  @Test
  void tornAnswersAreAccountedFor() {
    for (String fixture : List.of("multi-price.json", "price.json", "book.json", "holidays.json")) {
      byte[] whole = Heard.fixture(fixture);
      for (String request :
          List.of(
              MULTI,
              CALLS.price("005930", TOKEN).tapeText(),
              CALLS.book("005930", TOKEN).tapeText(),
              "GET /uapi/domestic-stock/v1/quotations/chk-holiday?BASS_DT=20261120")) {
        Heard.answer(request, 200, whole);
        for (int length = 0; length < whole.length; length += 17) {
          Heard.answer(request, 200, Arrays.copyOf(whole, length));
        }
      }
    }
  }

  @Test
  void spoiltAnswersAreAccountedFor() {
    Random random = new Random(20261121);
    List<String> requests =
        List.of(
            MULTI,
            CALLS.price("005930", TOKEN).tapeText(),
            CALLS.book("005930", TOKEN).tapeText(),
            "GET /uapi/domestic-stock/v1/quotations/chk-holiday?BASS_DT=20261120");
    List<String> fixtures = List.of("multi-price.json", "price.json", "book.json", "holidays.json");
    int observed = 0;
    for (int round = 0; round < 4_000; round++) {
      byte[] body = Heard.mutate(Heard.fixture(fixtures.get(round % 4)), random);
      Heard heard = Heard.answer(requests.get(round % 4), 200, body);
      heard.observed.forEach(Heard::specifics);
      observed += heard.observed.size();
      assertThat(KisGrant.redacted(body)).isNotNull();
      assertThat(KisGrant.readToken(200, body, Heard.AT)).isNotNull();
    }
    assertThat(observed).isGreaterThan(100);
  }
}
