package io.stockobserver.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
  private static final String OWN =
      """
      {"market":"kr_stocks","zone":"Asia/Seoul","opens":"09:00","closes":"15:30",
       "known_from":"2026-01-01","known_to":"2026-12-31",
       "days":[
        {"date":"2026-01-02","open":true,"opens":"10:00","why":"first day"},
        {"date":"2026-11-19","open":true,"opens":"10:00","closes":"16:30","why":"exam"},
        {"date":"2026-12-25","open":false,"why":"Christmas"},
        {"date":"2026-11-21","open":true,"why":"a working Saturday"}]}
      """;

  @TempDir Path folder;
  @TempDir Path evidence;

  @BeforeEach
  void own() throws IOException {
    Files.writeString(folder.resolve("kr_stocks.json"), OWN);
  }

  @Test
  void anOrdinaryDayHasTheOrdinaryHours() throws IOException {
    TradingDay day = day("2026-11-20");
    assertThat(day.open()).isTrue();
    assertThat(day.known()).isTrue();
    assertThat(day.opens()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
    assertThat(day.closes()).isEqualTo(Instant.parse("2026-11-20T06:30:00Z"));
  }

  @Test
  void aShiftedDayOpensAndClosesLater() throws IOException {
    TradingDay exam = day("2026-11-19");
    assertThat(exam.opens()).isEqualTo(Instant.parse("2026-11-19T01:00:00Z"));
    assertThat(exam.closes()).isEqualTo(Instant.parse("2026-11-19T07:30:00Z"));
    TradingDay first = day("2026-01-02");
    assertThat(first.opens()).isEqualTo(Instant.parse("2026-01-02T01:00:00Z"));
    assertThat(first.closes()).as("only its open is shifted").isEqualTo("2026-01-02T06:30:00Z");
  }

  @Test
  void thePersonsWordWinsOverTheVenuesAndOverTheWeekend() throws IOException {
    venue("20261120", "2026-12-25", true);
    assertThat(day("2026-12-25").open()).isFalse();
    assertThat(day("2026-12-25").source()).contains("Christmas");
    assertThat(day("2026-11-21").open()).as("a Saturday that a person opened").isTrue();
  }

  @Test
  void theNewestEvidenceWinsOverOlderAndOverTheKnownRange() throws IOException {
    venue("20261101", "2026-11-23", true);
    venue("20261120", "2026-11-23", false);
    assertThat(day("2026-11-23").open()).isFalse();
    assertThat(day("2026-11-23").known()).isTrue();
    assertThat(day("2026-11-23").source()).contains("kr_stocks-20261120.json");
    venue("20261122", "2026-11-23", true);
    assertThat(day("2026-11-23").open()).isTrue();
  }

  @Test
  void evidenceBesideTheCalendarIsReadInOneOrderWithThatOfTheOtherFolder() throws IOException {
    Files.writeString(
        folder.resolve("kr_stocks-20261121.json"),
        "{\"days\":[{\"date\":\"2026-11-24\",\"open\":false}]}");
    venue("20261120", "2026-11-24", true);
    assertThat(day("2026-11-24").open()).isFalse();
  }

  @Test
  void evidenceWinsOverTheWeekend() throws IOException {
    assertThat(day("2026-11-22").open()).isFalse();
    assertThat(day("2026-11-22").source()).isEqualTo("weekend");
    venue("20261120", "2026-11-22", true);
    assertThat(day("2026-11-22").open()).isTrue();
  }

  @Test
  void whatNobodyKnowsCountsAsOpenAndIsSaid() throws IOException {
    TradingDay day = day("2027-01-04");
    assertThat(day.open()).isTrue();
    assertThat(day.known()).isFalse();
    assertThat(day.source()).contains("unknown").contains("open");
    assertThat(day("2027-01-03").known()).as("a Sunday is known").isTrue();
  }

  @Test
  void theNextDayIsTheNextThatOpens() throws IOException {
    TradingCalendar calendar = TradingCalendar.read(folder, evidence, "kr_stocks");
    assertThat(calendar.next(LocalDate.of(2026, 11, 20)).date())
        .as("the working Saturday")
        .isEqualTo("2026-11-21");
    assertThat(calendar.next(LocalDate.of(2026, 11, 21)).date()).isEqualTo("2026-11-23");
    assertThat(calendar.next(LocalDate.of(2026, 12, 24)).date())
        .as("Christmas is a Friday")
        .isEqualTo("2026-12-28");
  }

  @Test
  void aMarketThatNeverSleepsClosesAtItsNextMidnight() throws IOException {
    Files.writeString(
        folder.resolve("crypto.json"),
        "{\"market\":\"crypto\",\"zone\":\"UTC\",\"opens\":\"00:00\",\"closes\":\"00:00\","
            + "\"weekends\":true}");
    TradingDay sunday =
        TradingCalendar.read(folder, null, "crypto").day(LocalDate.of(2026, 11, 22));
    assertThat(sunday.open()).isTrue();
    assertThat(sunday.closes()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
  }

  /** As it is shipped: 00:00 in Seoul is 15:00 UTC of the day before. */
  @Test
  void cryptoIsOpenFromMidnightToMidnightInSeoulOnEveryDay() throws IOException {
    TradingCalendar crypto = TradingCalendar.read(Path.of("config/calendar"), evidence, "crypto");
    for (LocalDate date = LocalDate.of(2026, 12, 24);
        date.isBefore(LocalDate.of(2027, 1, 4));
        date = date.plusDays(1)) {
      TradingDay day = crypto.day(date);
      assertThat(day.open()).as("%s", date).isTrue();
      assertThat(day.known()).as("%s", date).isTrue();
      assertThat(day.opens()).isEqualTo(date.minusDays(1) + "T15:00:00Z");
      assertThat(day.closes()).isEqualTo(date + "T15:00:00Z");
      assertThat(crypto.next(date).opens()).isEqualTo(day.closes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"market\":",
        "",
        "{\"market\":\"kr_stocks\",\"zone\":\"Mars/Base\",\"opens\":\"09:00\",\"closes\":\"15:30\"}",
        "{\"market\":\"kr_stocks\",\"zone\":\"Asia/Seoul\",\"opens\":\"9\",\"closes\":\"15:30\"}",
        "{\"market\":\"kr_stocks\",\"zone\":\"Asia/Seoul\",\"opens\":\"16:00\",\"closes\":\"15:30\"}",
        "{\"market\":\"kr_stocks\",\"zone\":\"Asia/Seoul\",\"opens\":\"09:00\",\"closes\":\"15:30\","
            + "\"days\":[{\"date\":\"2026-11-31\",\"open\":true}]}",
        "{\"market\":\"kr_stocks\",\"zone\":\"Asia/Seoul\",\"opens\":\"09:00\",\"closes\":\"15:30\","
            + "\"days\":[{\"date\":\"2026-11-19\",\"opens\":\"16:00\"}]}",
      })
  void aBrokenFileIsNamedAtTheStartAndNotOnTheDayThatItSpoils(String json) throws IOException {
    Path own = folder.resolve("kr_stocks.json");
    Files.writeString(own, json);
    assertThatIOException()
        .isThrownBy(() -> TradingCalendar.read(folder, evidence, "kr_stocks"))
        .withMessageStartingWith(own + ": ")
        .withMessageContaining("mend");
  }

  @Test
  void aBrokenLineIsNamedByItsNumber() throws IOException {
    Files.writeString(folder.resolve("kr_stocks.json"), "{\n\"market\": \"kr_stocks\",\n x }");
    assertThatIOException()
        .isThrownBy(() -> TradingCalendar.read(folder, evidence, "kr_stocks"))
        .withMessageContaining("not JSON at line 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"days\":[{\"date\":\"soon\",\"open\":true}]}", "{\"days\":"})
  void brokenEvidenceIsNamedToo(String json) throws IOException {
    Path file = evidence.resolve("kr_stocks-20261120.json");
    Files.writeString(file, json);
    assertThatIOException()
        .isThrownBy(() -> TradingCalendar.read(folder, evidence, "kr_stocks"))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining("mend or remove");
  }

  @Test
  void aMissingFileIsNamedWithWhatItIsFor() throws IOException {
    Files.delete(folder.resolve("kr_stocks.json"));
    assertThatIOException()
        .isThrownBy(() -> TradingCalendar.read(folder, evidence, "kr_stocks"))
        .withMessageContaining("kr_stocks.json")
        .withMessageContaining("not there");
  }

  private TradingDay day(String date) throws IOException {
    return TradingCalendar.read(folder, evidence, "kr_stocks").day(LocalDate.parse(date));
  }

  private void venue(String read, String date, boolean open) throws IOException {
    Files.writeString(
        evidence.resolve("kr_stocks-" + read + ".json"),
        "{\"days\":[{\"date\":\"" + date + "\",\"open\":" + open + "}]}");
  }
}
