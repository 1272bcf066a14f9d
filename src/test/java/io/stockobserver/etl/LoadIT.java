package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.EVENTS;
import static io.stockobserver.etl.SmallArchive.FIRST;
import static io.stockobserver.etl.SmallArchive.SECOND;
import static io.stockobserver.etl.SmallArchive.SWING;
import static io.stockobserver.etl.SmallArchive.event;
import static io.stockobserver.etl.SmallArchive.scalp;
import static io.stockobserver.etl.SmallArchive.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load leaves in a real PostgreSQL: rows once, whole files, what it refuses and says. */
class LoadIT {
  @TempDir Path dir;
  private TradingDatabase db;
  private SmallArchive archive;

  @BeforeEach
  void begin() throws Exception {
    db = TradingDatabase.empty("load_it");
    archive = SmallArchive.usual(dir);
  }

  @AfterEach
  void end() throws Exception {
    if (db != null) { // none where no PostgreSQL can run
      db.close();
    }
  }

  @Test
  void everyLineIsARowThatLeadsBackToIt() throws Exception {
    EtlReport report = db.load(archive, Etl.Care.NEW);
    assertThat(report.ok()).isTrue();
    assertThat(report.archive()).isEqualTo(report.database());
    assertThat(
            db.rows(
                "SELECT symbol, trim_scale(last_price), trim_scale(volume), sample_time, bid_size,"
                    + " raw_ref FROM scalp_ticks ORDER BY raw_ref"))
        .containsExactly(
            "005930|70100|5|2026-11-20 00:30:00+00|null|" + FIRST + ":1",
            "000660|561000|0.00001|2026-11-20 00:30:00+00|null|" + FIRST + ":2",
            "005930|70200|7|2026-11-20 00:30:00.5+00|null|" + FIRST + ":3",
            "005930|70300|1|2026-11-20 00:35:00+00|null|" + SECOND + ":1");
    assertThat(archive.at(db.one("SELECT raw_ref FROM scalp_ticks WHERE last_price=70200")))
        .contains("\"last_price\":70200");
    assertThat(db.one("SELECT raw_ref FROM swing_ticks")).isEqualTo(SWING + "09_00.jsonl:1");
  }

  @Test
  void aSecondRunChangesNothing() throws Exception {
    db.load(archive, Etl.Care.NEW);
    List<String> before = db.rows("SELECT id, raw_ref, xmin FROM scalp_ticks ORDER BY 1");
    EtlReport again = db.load(archive, Etl.Care.NEW);
    assertThat(again.loaded()).isZero();
    assertThat(again.unchanged()).isEqualTo(4);
    assertThat(again.hashed()).isFalse();
    assertThat(again.ok()).isTrue();
    assertThat(db.rows("SELECT id, raw_ref, xmin FROM scalp_ticks ORDER BY 1")).isEqualTo(before);
  }

  @Test
  void aBackupsTreeIsTheSameDay() throws Exception {
    db.load(archive, Etl.Care.NEW);
    archive.compressed(FIRST).compressed(SECOND).compressed(SWING + "09_00.jsonl");
    assertThat(db.load(archive, Etl.Care.NEW).loaded()).isZero();
    db.close();
    db = TradingDatabase.empty("load_it");
    EtlReport fromBackup = db.load(archive, Etl.Care.NEW);
    assertThat(fromBackup.ok()).isTrue();
    assertThat(fromBackup.rows()).isEqualTo(5);
  }

  @Test
  void anotherContentReplacesItsOwnRowsOnly() throws Exception {
    db.load(archive, Etl.Care.NEW);
    String other = "SELECT id FROM scalp_ticks WHERE raw_ref='" + SECOND + ":1'";
    String kept = db.one(other);
    archive.file(FIRST, scalp("005930", "00:30:00.000", "1", "2")).sealed();
    EtlReport report = db.load(archive, Etl.Care.NEW);
    assertThat(report.ok()).isTrue();
    assertThat(report.replaced()).isEqualTo(1);
    assertThat(db.rows("SELECT trim_scale(last_price) FROM scalp_ticks ORDER BY 1"))
        .containsExactly("1", "70300");
    assertThat(db.one(other)).isEqualTo(kept);
    assertThat(db.rows("SELECT trim_scale(close) FROM scalp_1m_bars ORDER BY bar_time"))
        .containsExactly("1", "70300");
  }

  @Test
  void anOpenFileIsTakenAsFarAsItIsVouchedFor() throws Exception {
    archive.appended(SECOND, scalp("005930", "00:35:00.500", "70400", "1") + "\n{\"sch").sealed();
    EtlReport report = db.load(archive, Etl.Care.NEW);
    assertThat(report.ok()).isTrue();
    assertThat(report.prefixes()).containsExactly(SECOND);
    assertThat(db.one("SELECT count(*) FROM scalp_ticks WHERE raw_ref LIKE '" + SECOND + "%'"))
        .isEqualTo("1");
  }

  @Test
  void whatDoesNotFitRefusesTheWholeFileAndNamesTheLine() throws Exception {
    String good = scalp("005930", "00:30:00.000", "70100", "5");
    List<String> bad =
        List.of(
            scalp("005930", "00:30:00.500", "1234567890123", "5"),
            scalp("005930", "00:30:00.500", "0.0000000000001", "5"),
            scalp("005930", "00:30:00.500", "1", "1e999999999"),
            scalp("ABCDEFGHIJKLMNOPQRSTU", "00:30:00.500", "1", "5"),
            scalp("A\\u0000", "00:30:00.500", "1", "5"),
            scalp("005930", "00:61:00.500", "1", "5"),
            scalp("005930", "00:30:00.500", "\"70100\"", "5"),
            good.replace("\"schema_version\":\"1.0\"", "\"schema_version\":\"2.0\""),
            good.replace("\"symbol\":\"005930\",", ""),
            good.replace("\"kis\"", "\"upbit\""),
            good.substring(0, good.length() - 2),
            "not json");
    for (String line : bad) {
      archive.file(FIRST, good, line, good).sealed();
      EtlReport report = db.load(archive, Etl.Care.NEW);
      assertThat(report.ok()).as(line).isFalse();
      assertThat(report.deadLetters())
          .as(line)
          .singleElement()
          .satisfies(dead -> assertThat(dead.path() + ':' + dead.line()).isEqualTo(FIRST + ":2"));
      assertThat(db.one("SELECT count(*) FROM scalp_ticks WHERE raw_ref LIKE '" + FIRST + "%'"))
          .as(line)
          .isEqualTo("0");
    }
    assertThat(db.one("SELECT count(*) FROM etl_dead_letters")).isEqualTo("" + bad.size());
    archive.file(FIRST, good).sealed();
    assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
    assertThat(db.one("SELECT count(*) FROM etl_dead_letters")).isEqualTo("0");
  }

  @Test
  void aRefusedFileLeavesTheOldRowsOfIt() throws Exception {
    db.load(archive, Etl.Care.NEW);
    archive.file(FIRST, scalp("005930", "00:30:00.000", "1", "2"), "{\"torn").sealed();
    assertThat(db.load(archive, Etl.Care.NEW).deadLetters()).hasSize(1);
    assertThat(db.one("SELECT count(*) FROM scalp_ticks WHERE raw_ref LIKE '" + FIRST + "%'"))
        .isEqualTo("3");
  }

  @Test
  void contentThatIsNotWhatWasSealedIsRefused() throws Exception {
    java.nio.file.Files.writeString(
        dir.resolve(SECOND), scalp("005930", "00:35:00.000", "70309", "1") + "\n");
    EtlReport report = db.load(archive, Etl.Care.NEW);
    assertThat(report.deadLetters())
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.path()).isEqualTo(SECOND);
              assertThat(dead.reason()).contains("not what the manifest vouches for");
            });
  }

  @Test
  void tamperingIsNamedByMinuteAndRepaired() throws Exception {
    db.load(archive, Etl.Care.NEW);
    db.execute("UPDATE scalp_ticks SET last_price=last_price+1 WHERE raw_ref='" + FIRST + ":3'");
    EtlReport changed = db.load(archive, Etl.Care.PROVE);
    assertThat(changed.ok()).isFalse();
    assertThat(changed.differences())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.path()).isEqualTo(FIRST);
              assertThat(String.valueOf(d.minute())).isEqualTo("2026-11-20T00:30:00Z");
            });
    EtlReport repaired = db.load(archive, Etl.Care.REPAIR);
    assertThat(repaired.loaded()).isEqualTo(1);
    assertThat(repaired.ok()).isTrue();
    assertThat(repaired.archive()).isEqualTo(repaired.database());
    db.execute("DELETE FROM scalp_ticks WHERE raw_ref='" + FIRST + ":1'");
    assertThat(db.load(archive, Etl.Care.NEW).ok()).as("a lost row is counted").isFalse();
    assertThat(db.load(archive, Etl.Care.REPAIR).ok()).isTrue();
    db.execute(
        "INSERT INTO scalp_ticks (symbol,event_time,session_id,provider,market,trade_date,"
            + "sample_time,receive_time,segment_id,raw_ref) SELECT symbol,event_time,session_id,"
            + "provider,market,trade_date,sample_time,receive_time,segment_id,raw_ref FROM"
            + " scalp_ticks WHERE raw_ref='"
            + FIRST
            + ":1'");
    assertThat(db.load(archive, Etl.Care.PROVE).ok()).as("a row twice").isFalse();
    assertThat(db.load(archive, Etl.Care.REPAIR).ok()).isTrue();
  }

  @Test
  void twoRunsOfADayExcludeEachOther() throws Exception {
    try (Database other = db.open()) {
      Etl first = new Etl(dir, other, TradingDatabase.CLOCK, List.of(), bytes -> {});
      assertThat(first.run("kis", SmallArchive.DAY, Etl.Care.NEW).ok()).isTrue();
      other
          .connection()
          .createStatement()
          .execute(
              "SELECT pg_advisory_lock(hashtextextended('stock-observer etl kis 2026-11-20',0))");
      assertThatThrownBy(() -> db.load(archive, Etl.Care.NEW))
          .isInstanceOf(EtlException.class)
          .hasMessageContaining("another run is at work on kis's 2026-11-20");
    }
  }

  @Test
  void aLockThatSomebodyHoldsIsToldAndNothingIsHalfLoaded() throws Exception {
    db.load(archive, Etl.Care.NEW);
    archive.file(FIRST, scalp("005930", "00:30:00.000", "1", "2")).sealed();
    try (Database other = db.open()) {
      other.connection().setAutoCommit(false);
      other.connection().createStatement().execute("LOCK TABLE scalp_ticks IN EXCLUSIVE MODE");
      assertThatThrownBy(() -> db.load(archive, Etl.Care.NEW))
          .isInstanceOf(EtlException.class)
          .hasMessageContaining("a lock that somebody else holds for too long");
      other.connection().rollback();
    }
    assertThat(db.halves()).isEmpty();
    assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
  }

  @Test
  void aDatabaseThatCannotBeUsedSaysWhatToDo() throws Exception {
    DatabaseAddress good = db.address();
    assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/x", good))
        .hasMessageContaining("not reachable")
        .hasMessageContaining("etl.db.url");
    assertThatThrownBy(() -> TradingDatabase.open(good.url(), EmbeddedServer.USER, "wrong"))
        .hasMessageContaining("ETL_DB_PASSWORD")
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> open("jdbc:h2:mem:x", good))
        .hasMessageContaining("jdbc:postgresql://");
    db.execute("ALTER DATABASE load_it SET default_transaction_read_only = on");
    assertThatThrownBy(db::open).hasMessageContaining("read-only");
    db.execute("ALTER DATABASE load_it SET default_transaction_read_only = off");
    db.close();
    db = TradingDatabase.empty("load_it");
    db.load(archive, Etl.Care.NEW);
    db.execute(
        "INSERT INTO flyway_schema_history SELECT 99, '7', description, type, script, checksum,"
            + " installed_by, installed_on, execution_time, success FROM flyway_schema_history"
            + " WHERE version='1'");
    assertThatThrownBy(db::open).hasMessageContaining("has schema 7, this build knows 2");
  }

  private static Database open(String url, DatabaseAddress good) {
    return TradingDatabase.open(
        url, EmbeddedServer.USER, java.util.Objects.requireNonNull(good.password()));
  }

  @Test
  void eachColumnSaysItsUnitAndSource() throws Exception {
    db.open().close();
    assertThat(
            db.rows(
                "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON"
                    + " c.oid=a.attrelid WHERE c.relnamespace='public'::regnamespace AND c.relkind"
                    + " IN ('r','p') AND a.attnum>0 AND NOT c.relispartition AND c.relname <>"
                    + " 'flyway_schema_history' AND coalesce(col_description(c.oid,a.attnum),'')"
                    + " NOT LIKE '%;%' ORDER BY 1,2"))
        .isEmpty();
  }

  /**
   * A stand-in of the extension's name with things of its own in our schema, as the real one has.
   */
  @Test
  void aDatabaseThatHasTimescaleServesAsItIs() throws Exception {
    Path share = Path.of(db.one("SELECT setting FROM pg_config WHERE name='SHAREDIR'"));
    Path control = share.resolve("extension/timescaledb.control");
    Path script = share.resolve("extension/timescaledb--2.99.0.sql");
    assumeThat(Files.isWritable(control.getParent()) && !Files.exists(control))
        .as(PostgresHere.MISSING + "an extension can be put into " + share)
        .isTrue();
    try {
      Files.writeString(control, "default_version = '2.99.0'\nrelocatable = false\n");
      Files.writeString(
          script,
          """
          CREATE SCHEMA _timescaledb_catalog;
          CREATE TABLE _timescaledb_catalog.hypertable (id int);
          CREATE FUNCTION public.time_bucket(width interval, ts timestamptz) RETURNS timestamptz
            LANGUAGE sql IMMUTABLE AS $$ SELECT date_bin(width, ts, '2000-01-03 00:00Z') $$;
          CREATE FUNCTION public.told() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
          CREATE EVENT TRIGGER timescaledb_ddl_command_end ON ddl_command_end
            EXECUTE FUNCTION public.told();
          """);
      db.execute("CREATE EXTENSION timescaledb");
      assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
      assertThat(db.load(archive, Etl.Care.PROVE).ok()).isTrue();
      assertThat(
              db.rows(
                  "SELECT time_bucket('10 minutes', bar_time), count(*) FROM scalp_1m_bars GROUP BY 1"))
          .containsExactly("2026-11-20 00:30:00+00|3");
      try (Database database = db.open()) {
        assertThat(database.told())
            .isEqualTo(db.url() + " (TimescaleDB 2.99.0 is there and not needed)");
        new Etl(dir, database, TradingDatabase.CLOCK, List.of(), bytes -> {})
            .forget("kis", SmallArchive.DAY);
      }
      assertThat(db.one("SELECT count(*) FROM scalp_ticks")).isEqualTo("0");
      assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
    } finally {
      Files.deleteIfExists(control);
      Files.deleteIfExists(script);
    }
  }

  @Test
  void aDayWithoutLinesIsADayWithoutRows() throws Exception {
    SmallArchive quiet =
        new SmallArchive(dir.resolve("quiet"))
            .file(EVENTS, started(), event("session_stopped", "00:10:00.000", ""))
            .sealed();
    EtlReport report = db.load(quiet, Etl.Care.NEW);
    assertThat(report.ok()).isTrue();
    assertThat(report.tables()).containsEntry("scalp_ticks", 0L);
    assertThat(db.rows("SELECT reason, gap_seconds FROM scalp_gaps"))
        .containsExactly("not_running|22800");
  }

  @Test
  void aDayIsForgottenByDroppingItsTablesAndCanBeLoadedAgain() throws Exception {
    db.load(archive, Etl.Care.NEW);
    try (Database database = db.open()) {
      Etl etl = new Etl(dir, database, TradingDatabase.CLOCK, List.of(), bytes -> {});
      assertThat(etl.loadedBefore("kis", SmallArchive.DAY)).isEmpty();
      assertThat(etl.loadedBefore("upbit", SmallArchive.DAY.plusDays(1))).isEmpty();
      assertThat(etl.loadedBefore("kis", SmallArchive.DAY.plusDays(1)))
          .containsExactly(SmallArchive.DAY);
      etl.forget("kis", SmallArchive.DAY);
      assertThat(etl.loadedBefore("kis", SmallArchive.DAY.plusDays(1))).isEmpty();
    }
    assertThat(db.rows("SELECT relname FROM pg_class WHERE relname LIKE '%20261120'")).isEmpty();
    assertThat(db.one("SELECT count(*) FROM scalp_ticks")).isEqualTo("0");
    assertThat(db.one("SELECT count(*) FROM portfolio_daily_bars")).isEqualTo("1");
    assertThat(db.load(archive, Etl.Care.NEW).rows()).isEqualTo(5);
  }
}
