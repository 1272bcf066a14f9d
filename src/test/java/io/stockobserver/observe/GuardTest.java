package io.stockobserver.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.TradingDay;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issue 2: inside its session, not going backwards, within 30 % unless flagged. */
class GuardTest {
  private static final Limits LIMITS = Limits.around(new BigDecimal("71200"), false);

  private final Guard guard = new Guard();
  private final Latest before = new Latest();

  @Test
  void whatFitsIsSound() {
    assertThat(judge(Seen.sound())).isEqualTo(Verdict.SOUND);
  }

  @Test
  void aSymbolThatIsNotInTodaysUniverseIsRefused() {
    refused(guard.judge(Seen.sound().seen(), null, before, day(true)), "unknown-symbol");
  }

  @Test
  void beforeTheOpenAndOnAClosedDayItIsOutsideItsSession() {
    Instant open = Instant.parse("2026-11-20T00:00:00Z");
    refused(judge(Seen.sound().at(open.minusMillis(1))), "outside-session");
    assertThat(judge(Seen.sound().at(open)).kept()).isTrue();
    refused(guard.judge(Seen.sound().seen(), LIMITS, before, day(false)), "outside-session");
    assertThat(judge(Seen.sound().at(Instant.parse("2026-11-20T06:30:25Z"))).kept())
        .as("the close is matched within 30 s after it")
        .isTrue();
  }

  @Test
  void whereTheMarketNeverClosesYesterdaysLastTradeIsNoOutsider() {
    LocalDate date = LocalDate.of(2026, 11, 20);
    ZoneId seoul = ZoneId.of("Asia/Seoul");
    Instant midnight = date.atStartOfDay(seoul).toInstant();
    TradingDay coins =
        new TradingDay(date, seoul, true, true, midnight, midnight.plusSeconds(86_400), "test");
    Observation late =
        Seen.sound().heard(midnight.plusMillis(40)).at(midnight.minusMillis(5)).seen();
    assertThat(guard.judge(late, Limits.NONE, before, coins)).isEqualTo(Verdict.SOUND);
    assertThat(guard.judge(Seen.sound().last("0.00000001").seen(), Limits.NONE, before, coins))
        .isEqualTo(Verdict.SOUND);
  }

  @Test
  void whereTheVenueGivesNoTimeTheSessionIsNotAsked() {
    Seen early = Seen.sound().heard(Instant.parse("2026-11-19T23:55:00Z")).withoutTime();
    assertThat(judge(early).kept()).isTrue();
  }

  @Test
  void aTradeToldTwiceIsRefusedUnlessItIsTheFirstNewsAfterAnInterruption() {
    take(Seen.sound().acc("1000"));
    refused(judge(Seen.sound().acc("1000")), "state-repeated");
    assertThat(judge(Seen.sound().acc("1000").bidSize("17")).kept()).as("other quotes").isTrue();
    assertThat(judge(Seen.sound().acc("1000").trade(null)).kept()).as("no trade").isTrue();
    assertThat(judge(Seen.sound().acc("1000").at(Seen.HEARD.plusSeconds(1))).kept()).isTrue();
    before.interrupted();
    assertThat(judge(Seen.sound().acc("1000")).kept()).as("it still holds").isTrue();
  }

  @Test
  void aStateGoingBackwardsIsRefused() {
    take(Seen.sound().acc("1000"));
    assertThat(judge(Seen.sound().acc("1025")).kept()).isTrue();
    refused(judge(Seen.sound().acc("999")), "state-backwards");
    refused(judge(Seen.sound().acc("1000").at(Seen.HEARD.minusSeconds(1))), "state-backwards");
    assertThat(judge(Seen.sound().acc("1025").at(Seen.HEARD.minusSeconds(1))).kept())
        .as("more has traded: the volume rules, the clock of a venue may waver")
        .isTrue();
  }

  @Test
  void withoutAVolumeTheTimeTells() {
    take(Seen.sound().acc(null));
    refused(judge(Seen.sound().acc(null).at(Seen.HEARD.minusSeconds(1))), "state-backwards");
    assertThat(judge(Seen.sound().acc(null)).kept()).isTrue();
  }

  @Test
  void whatWasRefusedLeavesNoTrace() {
    take(Seen.sound().acc("1000"));
    judge(Seen.sound().acc("5000").last("1"));
    assertThat(judge(Seen.sound().acc("1001")).kept()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"92560, true", "92560.01, false", "49840, true", "49839.99, false"})
  void thirtyPercentAroundTheReference(String price, boolean kept) {
    Verdict verdict = judge(Seen.sound().last(price));
    assertThat(verdict.kept()).isEqualTo(kept);
    if (!kept) {
      refused(verdict, "beyond-limit");
    }
  }

  @Test
  void aFlaggedOneMayLeaveTheLimitsDegraded() {
    Limits flagged = Limits.around(new BigDecimal("71200"), true);
    Verdict verdict = guard.judge(Seen.sound().last("284800").seen(), flagged, before, day(true));
    assertThat(verdict.kept()).isTrue();
    assertThat(verdict.quality()).isEqualTo(Quality.DEGRADED);
    assertThat(verdict.reason()).isEqualTo("beyond-limit");
  }

  @Test
  void withoutAPriceThereIsNoLimit() {
    assertThat(judge(Seen.sound().last(null)).kept()).isTrue();
  }

  private Verdict judge(Seen seen) {
    return guard.judge(seen.seen(), LIMITS, before, day(true));
  }

  private void take(Seen seen) {
    before.take(seen.seen(), Verdict.SOUND);
  }

  private static void refused(Verdict verdict, String reason) {
    assertThat(verdict.kept()).isFalse();
    assertThat(verdict.stage()).isEqualTo("guard");
    assertThat(verdict.reason()).isEqualTo(reason);
  }

  private static TradingDay day(boolean open) {
    return new TradingDay(
        LocalDate.of(2026, 11, 20),
        ZoneId.of("Asia/Seoul"),
        open,
        true,
        Instant.parse("2026-11-20T00:00:00Z"),
        Instant.parse("2026-11-20T06:30:00Z"),
        "test");
  }
}
