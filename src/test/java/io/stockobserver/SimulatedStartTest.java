package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulation goes on where its archive ends, and never before that. */
class SimulatedStartTest {
  private static final Path CALENDAR = Path.of("config/calendar");
  @TempDir Path evidence;
  private MarketDays stocks;
  private MarketDays crypto;

  @BeforeEach
  void calendars() throws IOException {
    stocks = new MarketDays(CALENDAR, evidence, "kr_stocks");
    crypto = new MarketDays(CALENDAR, evidence, "crypto");
  }

  /** Of Seoul. */
  private static Instant at(String time) {
    return LocalDateTime.parse(time).atZone(ZoneId.of("Asia/Seoul")).toInstant();
  }

  private static Instant after(List<MarketDays> markets, String... heard) {
    return SimulatedStart.after(Arrays.stream(heard).map(SimulatedStartTest::at).toList(), markets);
  }

  @Test
  void anEmptyArchiveBeginsALittleBeforeTheFastTrack() {
    assertThat(after(List.of(stocks))).isEqualTo(at("2026-11-20T09:29:50"));
    assertThat(after(List.of(stocks, crypto))).isEqualTo(at("2026-11-20T09:29:50"));
  }

  @Test
  void aDayThatIsNotOverGoesOn() {
    assertThat(after(List.of(stocks), "2026-11-20T10:00:00")).isEqualTo(at("2026-11-20T10:00:01"));
  }

  @Test
  void theLatestOfAllPartsCounts() {
    assertThat(after(List.of(stocks, crypto), "2026-11-20T10:00:00", "2026-11-20T10:07:30"))
        .isEqualTo(at("2026-11-20T10:07:31"));
    assertThat(after(List.of(stocks, crypto), "2026-11-20T10:07:30", "2026-11-20T10:00:00"))
        .isEqualTo(at("2026-11-20T10:07:31"));
  }

  /** The closing sweep of 15:31 may still be under way. 2026-11-20 is a Friday. */
  @Test
  void aClosedMarketWaitsForItsNextDay() {
    assertThat(after(List.of(stocks), "2026-11-20T15:31:28")).isEqualTo(at("2026-11-20T15:31:29"));
    assertThat(after(List.of(stocks), "2026-11-20T15:31:29")).isEqualTo(at("2026-11-23T09:29:50"));
  }

  @Test
  void aMarketThatNeverClosesGoesOnAlways() {
    assertThat(after(List.of(crypto), "2026-11-20T15:45:00")).isEqualTo(at("2026-11-20T15:45:01"));
    assertThat(after(List.of(crypto), "2026-11-20T23:59:59.500"))
        .isEqualTo(at("2026-11-21T00:00:00.500"));
    assertThat(after(List.of(crypto), "2026-11-22T12:00:00"))
        .as("a Sunday")
        .isEqualTo(at("2026-11-22T12:00:01"));
  }

  /** Beside one that never closes it would otherwise simulate a night of nothing. */
  @Test
  void severalMarketsWaitForTheOneThatIsClosed() {
    assertThat(after(List.of(crypto, stocks), "2026-11-20T10:00:00", "2026-11-20T18:00:00"))
        .isEqualTo(at("2026-11-23T09:29:50"));
  }
}
