package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.observe.Observation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KisTradesTest {
  private static BigDecimal won(String digits) {
    return new BigDecimal(digits);
  }

  @Test
  void oneTradeMeansWhatTheSheetSays() {
    Heard heard = Heard.feed("trade.txt");

    assertThat(heard.drifts).isEmpty();
    Observation trade = heard.observed.get(0);
    assertThat(trade.symbol()).isEqualTo("005930");
    // 10:15:32 in Seoul, nine hours ahead of UTC.
    assertThat(trade.at()).isEqualTo(Instant.parse("2026-11-20T01:15:32Z"));
    assertThat(trade.atIsHeard()).isFalse();
    assertThat(trade.lastPrice()).isEqualTo(won("71900"));
    assertThat(trade.askPrice()).isEqualTo(won("71900"));
    assertThat(trade.bidPrice()).isEqualTo(won("71800"));
    assertThat(trade.askSize()).isEqualTo(won("18342"));
    assertThat(trade.bidSize()).isEqualTo(won("22975"));
    assertThat(trade.tradeSize()).isEqualTo(won("25"));
    assertThat(trade.accVolume()).isEqualTo(won("8412377"));
    assertThat(trade.accValue()).isEqualTo(won("603524118900"));
    assertThat(trade.open()).isEqualTo(won("71500"));
    assertThat(trade.high()).isEqualTo(won("72300"));
    assertThat(trade.low()).isEqualTo(won("71000"));
    assertThat(trade.prevClose()).isEqualTo(won("71200"));
    assertThat(trade.halted()).isFalse();
    assertThat(trade.source().ref()).isEqualTo("tape/x.jsonl:3");
  }

  @Test
  void whatHasNoCommonNameKeepsTheVenues() {
    Observation trade = Heard.feed("trade.txt").observed.get(0);

    assertThat(Heard.specifics(trade))
        .hasSize(32)
        .containsEntry("WGHN_AVRG_STCK_PRC", "71742.40")
        .containsEntry("PRDY_VRSS", "700")
        .containsEntry("CCLD_DVSN", "1")
        .containsEntry("TRHT_YN", "N")
        .containsEntry("VI_STND_PRC", "71500")
        .containsEntry("MARKET_CLS_CODE", "2")
        .doesNotContainKeys("STCK_PRPR", "BSOP_DATE", "MRKT_TRTM_CLS_CODE");
  }

  @Test
  void aFrameCarriesSeveralRecords() {
    Heard heard = Heard.feed("trade-two-records.txt");

    assertThat(heard.observed)
        .extracting(Observation::lastPrice)
        .containsExactly(won("71900"), won("71800"));
    assertThat(heard.observed)
        .extracting(Observation::at)
        .containsExactly(
            Instant.parse("2026-11-20T01:15:32Z"), Instant.parse("2026-11-20T01:15:33Z"));
    assertThat(heard.observed.get(1).tradeSize()).isEqualTo(won("140"));
    assertThat(Heard.specifics(heard.observed.get(1)))
        .containsEntry("CCLD_DVSN", "5")
        .containsEntry("HGPR_VRSS_PRPR", "-500")
        .containsEntry("MARKET_CLS_CODE", "2");
  }

  @Test
  void theUnifiedVenueNamesTheSideDifferently() {
    Heard heard = Heard.feed(KisVenue.UNIFIED, Heard.fixture("trade-unified.txt"));

    assertThat(heard.observed.get(0).lastPrice()).isEqualTo(won("71900"));
    assertThat(Heard.specifics(heard.observed.get(0)))
        .containsEntry("CNTG_CLS_CODE", "1")
        .doesNotContainKey("CCLD_DVSN");
  }

  @Test
  void theOlderWidthIsNoDriftAndAWiderOneIs() {
    assertThat(Heard.feed("trade-46-fields.txt").drifts).isEmpty();

    Heard wider = Heard.feed("trade-48-fields.txt");
    assertThat(wider.drifts).containsExactly("H0STCNT0/48");
    assertThat(wider.observed.get(0).prevClose()).isEqualTo(won("71200"));
    assertThat(Heard.specifics(wider.observed.get(0))).hasSize(32);
  }

  @Test
  void zeroAndEmptyAreNoPrice() {
    Observation missing = Heard.feed("trade-missing-price.txt").observed.get(0);
    assertThat(missing.lastPrice()).isNull();
    assertThat(missing.prevClose()).isNull();
    assertThat(missing.open()).isEqualTo(won("71500"));

    Observation zeroes = Heard.feed("trade-zeroes-and-halted.txt").observed.get(0);
    assertThat(zeroes.open()).isNull();
    assertThat(zeroes.high()).isNull();
    assertThat(zeroes.low()).isNull();
    assertThat(zeroes.askPrice()).isNull();
    assertThat(zeroes.askSize()).isNull();
    assertThat(zeroes.bidSize()).isEqualTo(won("22975"));
    assertThat(zeroes.accVolume()).isEqualTo(won("0"));
    assertThat(zeroes.accValue()).isNull();
    assertThat(zeroes.halted()).isTrue();
  }

  @Test
  void digitsAreKeptAsSent() {
    String frame = new String(Heard.fixture("trade.txt"), StandardCharsets.UTF_8);
    byte[] halfTick =
        frame.replace("101532^71900^", "101532^ 71850.50^").getBytes(StandardCharsets.UTF_8);

    Observation trade = Heard.feed(KisVenue.KRX, halfTick).observed.get(0);
    assertThat(trade.lastPrice()).isEqualTo(won("71850.50"));
    assertThat(trade.prevClose()).isEqualTo(won("71150.50"));
  }

  @ParameterizedTest
  @CsvSource({
    "trade-count-mismatch.txt, count-mismatch, 2",
    "trade-count-too-small.txt, count-mismatch, 1",
    "trade-record-short.txt, record-short, 1",
    "encrypted-frame.txt, encrypted-frame, 1",
    "unknown-tr-book.txt, unknown-tr, 1",
  })
  void aMisfitIsRefusedWhole(String fixture, String reason, int records) {
    Heard heard = Heard.feed(fixture);

    assertThat(heard.observed).isEmpty();
    assertThat(heard.refusals)
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(reason);
              assertThat(refusal.records()).isEqualTo(records);
              assertThat(refusal.sample()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
            });
  }

  @Test
  void anUnknownTransactionAndAShortRecordAreShapesToLookAt() {
    assertThat(Heard.feed("unknown-tr-book.txt").drifts).containsExactly("H0STASP0/63");
    assertThat(Heard.feed("trade-record-short.txt").drifts).containsExactly("H0STCNT0/45");
    assertThat(Heard.feed(KisVenue.NXT, Heard.fixture("trade.txt")).drifts)
        .containsExactly("H0STCNT0/47");
  }

  @Test
  void oneBadRecordIsRefusedAlone() {
    Heard heard = Heard.feed("trade-date-malformed-of-two.txt");

    assertThat(heard.declared).isEqualTo(2);
    assertThat(heard.observed)
        .singleElement()
        .satisfies(trade -> assertThat(trade.lastPrice()).isEqualTo(won("71800")));
    assertThat(heard.refusals)
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("field-malformed");
              assertThat(refusal.symbol()).isEqualTo("005930");
              assertThat(refusal.sample()).startsWith("BSOP_DATE=20261320 in 005930^101532");
            });
  }

  @Test
  void theSampleNamesTheFieldThatCouldNotBeRead() {
    assertThat(Heard.feed("trade-price-malformed.txt").refusals.get(0).sample())
        .startsWith("STCK_PRPR=71,900 in 005930^");
    Heard.Refusal nameless = Heard.feed("trade-symbol-missing.txt").refusals.get(0);
    assertThat(nameless.sample()).startsWith("MKSC_SHRN_ISCD= in ^101532");
    assertThat(nameless.symbol()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "0|",
        "0|H0STCNT0",
        "0|H0STCNT0|",
        "0|H0STCNT0|001",
        "0|H0STCNT0|000|a",
        "0|H0STCNT0|-01|a",
        "0|H0STCNT0|1234567|a",
        "2|H0STCNT0|001|a",
        "<html>",
        "0|h\n|001|a",
        "PINGPONG"
      })
  void garbageDeclaresOneAndRefusesOne(String text) {
    Heard heard = Heard.feed(KisVenue.KRX, text.getBytes(StandardCharsets.UTF_8));

    assertThat(heard.declared).isEqualTo(1);
    assertThat(heard.refusals)
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("frame-malformed"));
  }

  @Test
  void aSymbolThatOnlyLooksLikeAKnownOneIsNone() {
    KisSymbols symbols = new KisSymbols();
    byte[] good = " 005930 ".getBytes(StandardCharsets.UTF_8);
    byte[] zero = "\0005930".getBytes(StandardCharsets.UTF_8);
    String known = symbols.symbol(good, 0, good.length);
    assertThat(known).isEqualTo("005930").isSameAs(symbols.symbol(good, 1, 7));
    assertThat(symbols.symbol("\000005930".getBytes(StandardCharsets.UTF_8), 0, 7)).isNull();
    assertThat(symbols.symbol(zero, 0, zero.length)).isNull();
    assertThat(symbols.symbol("F70100001".getBytes(StandardCharsets.UTF_8), 0, 9))
        .isEqualTo("F70100001");
    assertThat(symbols.symbol("00593\u00e9".getBytes(StandardCharsets.UTF_8), 0, 7)).isNull();
  }

  @Test
  void aHugeCountCostsNothing() {
    Heard heard =
        Heard.feed(KisVenue.KRX, "0|H0STCNT0|99999|005930^1".getBytes(StandardCharsets.UTF_8));
    assertThat(heard.refusals)
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.records()).isEqualTo(99_999));
  }

  @Test
  void whateverComesIsAccountedFor() {
    Random random = new Random(20261120);
    byte[][] seeds = {
      Heard.fixture("trade.txt"),
      Heard.fixture("trade-two-records.txt"),
      Heard.fixture("trade-46-fields.txt"),
      Heard.fixture("ack-registered.json"),
      Heard.fixture("pingpong.json")
    };
    KisWire wire = new KisWire(KisVenue.KRX);
    int observed = 0;
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] body = Heard.mutate(seeds[round % seeds.length], random);
      Heard heard = new Heard();
      wire.readFeed(Heard.entry("trade", 0, body), heard);
      heard.balanced();
      observed += heard.observed.size();
      refused += heard.refusals.size();
      heard.observed.forEach(Heard::specifics);
    }
    assertThat(observed).isGreaterThan(2_000);
    assertThat(refused).isGreaterThan(2_000);
  }
}
