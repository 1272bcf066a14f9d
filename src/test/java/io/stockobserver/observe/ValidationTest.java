package io.stockobserver.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Design, section 4, and issue 2: required fields, plausible instants, price > 0, crossed quotes.
 */
class ValidationTest {
  private final Validation validation = new Validation();

  @Test
  void aSoundRecordIsNormal() {
    Verdict verdict = judge(Seen.sound());
    assertThat(verdict.kept()).isTrue();
    assertThat(verdict.quality()).isEqualTo(Quality.NORMAL);
    assertThat(verdict.reason()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0, NORMAL, ",
    "-2000, NORMAL, ",
    "2000, NORMAL, ",
    "-2001, DEGRADED, late",
    "2001, DEGRADED, late",
    "-300000, DEGRADED, late",
    "300000, DEGRADED, late",
  })
  void beyondTwoSecondsItIsKeptDegraded(long millisOff, Quality quality, String reason) {
    Verdict verdict = judge(Seen.sound().at(Seen.HEARD.plusMillis(millisOff)));
    assertThat(verdict.kept()).isTrue();
    assertThat(verdict.quality()).isEqualTo(quality);
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"-300001", "300001", "-86400000"})
  void beyondFiveMinutesItIsRefused(long millisOff) {
    refused(Seen.sound().at(Seen.HEARD.plusMillis(millisOff)), "time-implausible");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "-71900"})
  void aPriceIsMoreThanZero(String price) {
    refused(Seen.sound().last(price), "price-not-positive");
  }

  @Test
  void aHalfTickIsAPrice() {
    assertThat(judge(Seen.sound().last("277750").quotes("277500", "278000")).kept()).isTrue();
  }

  @Test
  void beforeTheFirstTradeAnAbsentPriceIsDegradedAndNoRefusal() {
    for (Seen morning :
        new Seen[] {
          Seen.sound().last(null).acc(null).trade(null).open(null),
          Seen.sound().last(null).acc("0").trade(null).open(null)
        }) {
      Verdict verdict = judge(morning);
      assertThat(verdict.kept()).isTrue();
      assertThat(verdict.quality()).isEqualTo(Quality.DEGRADED);
      assertThat(verdict.reason()).isEqualTo("no-trade-yet");
    }
  }

  @Test
  void aTradeWithoutAPriceIsRefused() {
    refused(Seen.sound().last(null), "price-missing");
    refused(Seen.sound().last(null).acc(null), "price-missing");
  }

  @Test
  void crossedQuotesAreKeptAndFlagged() {
    Verdict verdict = judge(Seen.sound().quotes("72100", "72000"));
    assertThat(verdict.kept()).isTrue();
    assertThat(verdict.quality()).isEqualTo(Quality.DEGRADED);
    assertThat(verdict.reason()).isEqualTo("crossed-quote");
    assertThat(judge(Seen.sound().quotes("72000", "72000")).quality())
        .as("a locked book is not crossed")
        .isEqualTo(Quality.NORMAL);
    assertThat(judge(Seen.sound().quotes("72000", null)).quality()).isEqualTo(Quality.NORMAL);
  }

  @Test
  void negativeFiguresAndNamelessRecordsAreRefused() {
    refused(Seen.sound().acc("-1"), "figure-negative");
    refused(Seen.sound().trade("-25"), "figure-negative");
    refused(Seen.sound().bidSize("-1"), "figure-negative");
    refused(Seen.sound().quotes("-1", "72000"), "figure-negative");
    refused(Seen.sound().open("-71500"), "figure-negative");
    refused(Seen.sound().symbol(" "), "symbol-missing");
  }

  private void refused(Seen seen, String reason) {
    Verdict verdict = judge(seen);
    assertThat(verdict.kept()).isFalse();
    assertThat(verdict.stage()).isEqualTo("validate");
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  private Verdict judge(Seen seen) {
    return validation.judge(seen.seen());
  }
}
