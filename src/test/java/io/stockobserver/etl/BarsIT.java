package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.EVENTS;
import static io.stockobserver.etl.SmallArchive.SCALP;
import static io.stockobserver.etl.SmallArchive.SWING;
import static io.stockobserver.etl.SmallArchive.UNIVERSE;
import static io.stockobserver.etl.SmallArchive.event;
import static io.stockobserver.etl.SmallArchive.scalp;
import static io.stockobserver.etl.SmallArchive.started;
import static io.stockobserver.etl.SmallArchive.swing;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bars, gaps and prices of a few lines, computed by hand. */
class BarsIT {
  private static final String BARS =
      "SELECT symbol, to_char(bar_time,'HH24:MI'), trim_scale(open), trim_scale(high),"
          + " trim_scale(low), trim_scale(close), trim_scale(volume), observations,"
          + " round(coverage_ratio::numeric,4), quality_flag FROM %s ORDER BY bar_time, symbol";

  @TempDir Path dir;
  private TradingDatabase db;
  private SmallArchive archive;

  @BeforeEach
  void begin() throws Exception {
    db = TradingDatabase.empty("bars_it");
    archive = new SmallArchive(dir);
  }

  @AfterEach
  void end() throws Exception {
    if (db != null) { // none where no PostgreSQL can run
      db.close();
    }
  }

  @Test
  void aMinuteIsHalfOpenAndItsCoverageIsOfTheGrid() throws Exception {
    archive
        .file(EVENTS, started())
        .file(
            SCALP + "09_30_00.jsonl",
            scalp("005930", "00:30:00.000", "100", "5"),
            scalp("005930", "00:30:00.500", "103", "1"),
            scalp("005930", "00:30:30.000", "99.5", "2"),
            scalp("005930", "00:30:59.500", "101", "3"),
            scalp("005930", "00:31:00.000", "102", "4"),
            scalp("000660", "00:34:59.500", "7", "0"))
        .sealed();
    assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
    // 120 instants a minute, 600 in five.
    assertThat(db.rows(BARS.formatted("scalp_1m_bars")))
        .containsExactly(
            "005930|00:30|100|103|99.5|101|11|4|0.0333|normal",
            "005930|00:31|102|102|102|102|4|1|0.0083|normal",
            "000660|00:34|7|7|7|7|0|1|0.0083|normal");
    assertThat(db.rows(BARS.formatted("scalp_5m_bars")))
        .containsExactly(
            "000660|00:30|7|7|7|7|0|1|0.0017|normal",
            "005930|00:30|100|103|99.5|102|15|5|0.0083|normal");
    assertThat(
            db.one(
                "SELECT raw_ref FROM scalp_1m_bars WHERE symbol='005930' ORDER BY bar_time LIMIT"
                    + " 1"))
        .isEqualTo(SCALP + "09_30_00.jsonl:4");
  }

  @Test
  void atLevelOneHalfOfTheInstantsAreDue() throws Exception {
    archive
        .file(
            EVENTS,
            started(),
            event("mitigation_changed", "00:30:30.000", ",\"from_level\":0,\"to_level\":1"))
        .file(SCALP + "09_30_00.jsonl", scalp("005930", "00:30:00.000", "100", "5"))
        .sealed();
    db.load(archive, Etl.Care.NEW);
    // 60 instants before 00:30:30, and every second from it on: 30. One of 90.
    assertThat(db.one("SELECT round((coverage_ratio*90)::numeric,6) FROM scalp_1m_bars"))
        .isEqualTo("1.000000");
  }

  @Test
  void aGapFlagsItsBarsAndAMinuteWithoutALineHasNoBar() throws Exception {
    archive
        .file(
            EVENTS,
            started(),
            event("slot_assigned", "00:29:00.000", ",\"symbol\":\"005930\""),
            event(
                "gap_marker",
                "00:32:10.000",
                ",\"gap_start_ts\":\"2026-11-20T00:30:40.000Z\",\"gap_end_ts\":"
                    + "\"2026-11-20T00:32:10.000Z\",\"gap_seconds\":90,\"scope\":\"scalp\","
                    + "\"reason\":\"ws_disconnect\""),
            event("slot_released", "00:35:00.000", ",\"symbol\":\"005930\""))
        .file(
            SCALP + "09_30_00.jsonl",
            scalp("005930", "00:30:00.000", "100", "5"),
            scalp("005930", "00:32:30.000", "101", "5"),
            scalp("005930", "00:34:00.000", "102", "5"))
        .sealed();
    db.load(archive, Etl.Care.NEW);
    assertThat(
            db.rows(
                "SELECT to_char(bar_time,'HH24:MI'), quality_flag FROM scalp_1m_bars ORDER BY 1"))
        .containsExactly("00:30|gap", "00:32|gap", "00:34|normal");
    assertThat(
            db.rows(
                "SELECT to_char(gap_start_ts,'HH24:MI:SS'), gap_seconds, reason, symbols, raw_ref"
                    + " FROM scalp_gaps ORDER BY 1"))
        .containsExactly(
            "00:30:40|90|ws_disconnect|null|" + EVENTS + ":3",
            "00:33:00|60|unexplained|{005930}|null");
  }

  /** As {@code audit.RulesAuditTest} has it of the same day. */
  @Test
  void aWindowThatWasMovedLaterLeavesNothingUnexplainedBetween() throws Exception {
    String later =
        started().replace("scalp_from\":\"2026-11-20T00:30", "scalp_from\":\"2026-11-20T00:35");
    archive
        .file(
            EVENTS,
            started(),
            event("slot_assigned", "00:29:00.000", ",\"symbol\":\"005930\""),
            later
                .replace("session_started", "rules_changed")
                .replace("2026-11-19T23:50:00.000Z", "2026-11-20T00:32:30.000Z"),
            event("slot_released", "00:38:00.000", ",\"symbol\":\"005930\""))
        .file(
            SCALP + "09_30_00.jsonl",
            scalp("005930", "00:30:00.000", "100", "5"),
            scalp("005930", "00:32:00.000", "101", "5"),
            scalp("005930", "00:35:00.000", "102", "5"),
            scalp("005930", "00:36:00.000", "102", "5"))
        .sealed();
    db.load(archive, Etl.Care.NEW);
    // 00:33 and 00:34 are of no window; 00:31, of the first, and 00:37, of the second, are missed.
    assertThat(unexplained()).containsExactly("00:31", "00:37");
  }

  @Test
  void aMinuteInWhichNoInstantIsDueIsNotUnexplained() throws Exception {
    archive
        .file(
            EVENTS,
            started().replace("scalp_every_ms\":500", "scalp_every_ms\":60000"),
            event("slot_assigned", "00:29:00.000", ",\"symbol\":\"005930\""),
            event("mitigation_changed", "00:30:30.000", ",\"from_level\":0,\"to_level\":2"),
            event("slot_released", "00:39:00.000", ",\"symbol\":\"005930\""))
        .file(
            SCALP + "09_30_00.jsonl",
            scalp("005930", "00:30:00.000", "100", "5"),
            scalp("005930", "00:32:00.000", "101", "5"))
        .sealed();
    db.load(archive, Etl.Care.NEW);
    // At level 2 every fourth minute from midnight on is due: 00:32 and 00:36.
    assertThat(unexplained()).containsExactly("00:36");
  }

  private List<String> unexplained() throws Exception {
    return db.rows(
        "SELECT to_char(gap_start_ts,'HH24:MI') FROM scalp_gaps WHERE reason='unexplained' ORDER BY"
            + " 1");
  }

  @Test
  void aGapThatOnlyBeganEndsWithItsSession() throws Exception {
    archive
        .file(
            EVENTS,
            started(),
            event(
                "gap_began",
                "00:30:40.000",
                ",\"gap_start_ts\":\"2026-11-20T00:30:30.000Z\",\"scope\":\"scalp\","
                    + "\"reason\":\"stopped\""),
            event("session_stopped", "00:31:00.000", ""),
            event("segment_sealed", "00:32:00.000", ""))
        .sealed();
    db.load(archive, Etl.Care.NEW);
    assertThat(
            db.rows(
                "SELECT to_char(gap_end_ts,'HH24:MI:SS'), gap_seconds FROM scalp_gaps WHERE"
                    + " reason='stopped'"))
        .containsExactly("00:31:00|30");
  }

  @Test
  void tenMinutesOfOneObservationHaveFourEqualPricesAndAnHourIsMadeOfThem() throws Exception {
    archive
        .file(EVENTS, started())
        .file(
            SWING + "09_00.jsonl",
            swing("005930", "00:00:02.000", "100", "1000"),
            swing("005930", "00:10:02.000", "104", "1500"),
            swing("005930", "00:30:02.000", "98", "1800"))
        .sealed();
    db.load(archive, Etl.Care.NEW);
    assertThat(db.rows(BARS.formatted("swing_bars_10m")))
        .containsExactly(
            "005930|00:00|100|100|100|100|null|1|1.0000|normal",
            "005930|00:10|104|104|104|104|500|1|1.0000|normal",
            "005930|00:30|98|98|98|98|300|1|1.0000|normal");
    // Six sweeps were due from 09:00 to 10:00, three are there.
    assertThat(db.rows(BARS.formatted("swing_bars_1h")))
        .containsExactly("005930|00:00|100|104|98|98|800|3|0.5000|normal");
  }

  @Test
  void aVenuesDayThatBeginsAnewIsNoNegativeVolume() throws Exception {
    archive
        .file(EVENTS, started())
        .file(
            SWING + "09_00.jsonl",
            swing("005930", "00:00:02.000", "100", "1000"),
            swing("005930", "00:10:02.000", "104", "30"))
        .sealed();
    db.load(archive, Etl.Care.NEW);
    assertThat(db.rows("SELECT trim_scale(volume) FROM swing_bars_10m ORDER BY bar_time"))
        .containsExactly("null", "30");
  }

  @Test
  void theDaysPricesAreTheClosingSweepsAndThePreviousCloseIsTheUniverses() throws Exception {
    archive
        .file(
            EVENTS,
            started(),
            event("sweep_began", "06:30:00.000", ",\"sweep_at\":\"2026-11-20T06:30:00Z\""),
            event("sweep_began", "06:31:00.100", ",\"sweep_at\":\"2026-11-20T06:31:00Z\""))
        .file(
            SWING + "15_00.jsonl",
            swing("005930", "06:30:01.000", "110", "5000"),
            swing("000660", "06:30:01.000", "7", "5"),
            swing("005930", "06:31:01.000", "111", "5100"))
        .file(
            UNIVERSE,
            "{\"date\":\"2026-11-20\",\"provider\":\"kis\",\"market\":\"kr_stocks\",\"created_at\":"
                + "\"x\",\"rule\":\"x\",\"sources\":[],\"counts\":{},\"symbols\":[{\"symbol\":"
                + "\"005930\",\"name\":\"x\",\"prev_close\":109.5,\"board\":\"kospi\",\"group\":"
                + "\"ST\",\"flags\":[]}]}")
        .sealed();
    assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
    assertThat(
            db.rows(
                "SELECT symbol, trade_date, trim_scale(open), trim_scale(high), trim_scale(low),"
                    + " trim_scale(close), trim_scale(volume), trim_scale(prev_close), raw_ref"
                    + " FROM eod_prices"))
        .containsExactly("005930|2026-11-20|100|120|90|111|5100|109.5|" + SWING + "15_00.jsonl:3");
    assertThat(
            db.rows(
                "SELECT symbol, trim_scale(open), trim_scale(close), trim_scale(volume),"
                    + " observations FROM portfolio_daily_bars ORDER BY 1"))
        .containsExactly("000660|7|7|null|1", "005930|100|111|5100|2");
  }

  @Test
  void anExportIsTheSameBytesWhateverTheOrderOfTheLoads() throws Exception {
    archive
        .file(EVENTS, started())
        .file(SCALP + "09_35_00.jsonl", scalp("A", "00:35:00.000", "1", "2"));
    archive.sealed();
    db.load(archive, Etl.Care.NEW);
    archive.file(
        SCALP + "09_30_00.jsonl",
        scalp("b", "00:30:00.000", "100.50", "5"),
        scalp("A", "00:30:00.000", "7", "0.00000001"));
    archive.file(SWING + "09_00.jsonl", swing("A", "00:30:01.000", "7", "1")).sealed();
    db.load(archive, Etl.Care.NEW);
    Map<String, String> late = export("late");
    db.close();
    db = TradingDatabase.empty("bars_it");
    db.load(archive, Etl.Care.NEW);
    assertThat(export("once")).isEqualTo(late).hasSize(9);
    assertThat(Files.readString(dir.resolve("once/kis/20261120/scalp_ticks.csv")))
        .contains(
            "\nkis,kr_stocks,2026-11-20,b,2026-11-20T00:30:00.000Z,2026-11-20T00:30:00.000Z,"
                + "2026-11-20T00:30:00.000Z,100.5,99.5,,,,5,normal,0,sess_20261120_085000,1.0,"
                + SCALP
                + "09_30_00.jsonl:1\n");
    assertThat(Files.readAllLines(dir.resolve("once/kis/20261120/scalp_1m_bars.csv")))
        .hasSize(4)
        .anyMatch(line -> line.contains(",A,2026-11-20T00:30:00.000Z,7,7,7,7,0.00000001,1,"));
  }

  private Map<String, String> export(String name) throws Exception {
    try (Database database = db.open()) {
      return Export.write(database, "kis", SmallArchive.DAY, dir.resolve(name));
    }
  }
}
