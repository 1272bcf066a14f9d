package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.FIRST;
import static io.stockobserver.etl.SmallArchive.SECOND;
import static io.stockobserver.etl.SmallArchive.scalp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a database or a file is named with its remedy, and nothing is half-loaded. */
class BadDatabaseIT {
  @TempDir Path dir;
  private TradingDatabase db;
  private SmallArchive archive;

  @BeforeEach
  void begin() throws Exception {
    db = TradingDatabase.empty("bad_it");
    archive = SmallArchive.usual(dir);
  }

  @AfterEach
  void end() throws Exception {
    if (db != null) { // none where no PostgreSQL can run
      db.close();
    }
  }

  /** Loads, changes a file, and has a trigger meddle with its rows. */
  private void meddle(String what) throws Exception {
    db.load(archive, Etl.Care.NEW);
    archive.file(FIRST, scalp("005930", "00:30:00.000", "1", "2")).sealed();
    db.execute(
        "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + what
            + "; RETURN NEW; END $$");
    db.execute(
        "CREATE TRIGGER meddle BEFORE INSERT ON scalp_ticks FOR EACH ROW EXECUTE FUNCTION"
            + " meddle()");
  }

  private void theOldRowsAreThereAndTheNextRunLoadsTheNew() throws Exception {
    assertThat(db.rows("SELECT trim_scale(last_price) FROM scalp_ticks ORDER BY 1"))
        .containsExactly("70100", "70200", "70300", "561000");
    assertThat(db.halves()).isEmpty();
    db.execute("DROP FUNCTION IF EXISTS meddle CASCADE");
    assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
    assertThat(db.rows("SELECT trim_scale(last_price) FROM scalp_ticks ORDER BY 1"))
        .containsExactly("1", "70300");
  }

  @Test
  void aSlowDatabaseIsGivenUpAndNamed() throws Exception {
    meddle("PERFORM pg_sleep(3)");
    assertThatThrownBy(
            () -> {
              try (Database slow =
                  Database.open(db.address(Duration.ofSeconds(1)), Path.of("nowhere"))) {
                new Etl(dir, slow, TradingDatabase.CLOCK, List.of(), bytes -> {})
                    .run("kis", SmallArchive.DAY, Etl.Care.NEW);
              }
            })
        .isInstanceOf(EtlException.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("gave no answer for as long as etl.db.answer-wait")
        .hasMessageContaining("nothing is half-loaded");
    db.settled();
    theOldRowsAreThereAndTheNextRunLoadsTheNew();
  }

  /** The word of a full disk without one; a real one below. */
  @Test
  void aFullDatabaseIsNamed() throws Exception {
    meddle("RAISE EXCEPTION 'could not extend file: No space left' USING ERRCODE = '53100'");
    assertThatThrownBy(() -> db.load(archive, Etl.Care.NEW))
        .isInstanceOf(EtlException.class)
        .hasMessageContaining("has no room left")
        .hasMessageContaining("make room there and run it again, nothing is half-loaded");
    theOldRowsAreThereAndTheNextRunLoadsTheNew();
  }

  @Test
  @Tag("fault")
  void aDiskThatFillsUpInMidLoadLeavesNothingAndARoomierOneAll() throws Exception {
    Path disk = Files.createDirectories(dir.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()))
        .as(PostgresHere.MISSING + "mount of a tmpfs")
        .isZero();
    try {
      Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setOwner(disk, Files.getOwner(Path.of(db.one("SHOW data_directory"))));
      db.execute("CREATE TABLESPACE small_disk LOCATION '" + disk + "'");
      db.execute("ALTER DATABASE bad_it SET default_tablespace = small_disk");
      archive.filled(41, 600).sealed();
      assertThatThrownBy(() -> db.load(archive, Etl.Care.NEW))
          .isInstanceOf(EtlException.class)
          .hasMessageContaining("has no room left")
          .hasMessageContaining("nothing is half-loaded");
      assertThat(db.one("SELECT count(*) FROM scalp_ticks")).isEqualTo("0");
      assertThat(db.halves()).isEmpty();
      assertThat(run("mount", "-o", "remount,size=200m", disk.toString())).isZero();
      EtlReport report = db.load(archive, Etl.Care.NEW);
      assertThat(report.ok()).isTrue();
      assertThat(report.rows()).isEqualTo(41 * 600 * 2 + 1);
    } finally {
      db.close();
      db = TradingDatabase.empty("bad_it");
      db.execute("DROP TABLESPACE IF EXISTS small_disk");
      run("umount", "-l", disk.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void aDatabaseThatTurnsReadOnlyIsNamed() throws Exception {
    meddle("SET TRANSACTION READ ONLY; INSERT INTO etl_dead_letters DEFAULT VALUES");
    assertThatThrownBy(() -> db.load(archive, Etl.Care.NEW))
        .isInstanceOf(EtlException.class)
        .hasMessageContaining("is read-only")
        .hasMessageContaining("nothing is half-loaded");
    theOldRowsAreThereAndTheNextRunLoadsTheNew();
  }

  @Test
  void aFileThatBreaksAKeyOfSomebodysIsRefusedByItsLineAndLeavesTheOldRows() throws Exception {
    db.load(archive, Etl.Care.NEW);
    String leaf = db.one("SELECT tableoid::regclass FROM scalp_ticks LIMIT 1");
    db.execute("CREATE UNIQUE INDEX one_a_time ON " + leaf + " (symbol, sample_time)");
    String line = scalp("005930", "00:30:00.000", "1", "2");
    archive.file(FIRST, line, line).sealed();
    assertThat(db.load(archive, Etl.Care.NEW).deadLetters())
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.path() + ':' + dead.line()).isEqualTo(FIRST + ":2");
              assertThat(dead.reason())
                  .contains("duplicate key value violates unique constraint \"one_a_time\"");
            });
    db.execute("DROP INDEX one_a_time");
    archive.file(FIRST, line).sealed();
    theOldRowsAreThereAndTheNextRunLoadsTheNew();
  }

  @Test
  void whoHoldsALockIsNamed() throws Exception {
    meddle("NULL");
    try (Database other = db.open();
        Statement s = other.connection().createStatement()) {
      s.execute("SET application_name = 'a long report'");
      other.connection().setAutoCommit(false);
      s.execute("LOCK TABLE scalp_ticks IN SHARE MODE");
      int pid = other.connection().unwrap(org.postgresql.PGConnection.class).getBackendPID();
      assertThatThrownBy(() -> db.load(archive, Etl.Care.NEW))
          .isInstanceOf(EtlException.class)
          .hasMessageContaining("process " + pid + " (" + EmbeddedServer.USER + ", a long report")
          .hasMessageContaining("holds ShareLock on scalp_ticks")
          .hasMessageContaining("etl.db.lock-wait");
      other.connection().rollback();
    }
    theOldRowsAreThereAndTheNextRunLoadsTheNew();
  }

  @Test
  void anOldServerAMissingDatabaseAndAUserWithoutRightsAreNamed() throws Exception {
    assertThatThrownBy(() -> Database.suits(140_012, "14.12", "jdbc:postgresql://db/x"))
        .isInstanceOf(EtlException.class)
        .hasMessage(
            "jdbc:postgresql://db/x is PostgreSQL 14.12; 15 or newer is needed (etl.db.url)");
    Database.suits(150_000, "15.0", "here");
    DatabaseAddress good = db.address();
    assertThatThrownBy(() -> open(good.url().replace("bad_it", "nowhere_it"), EmbeddedServer.USER))
        .isInstanceOf(EtlException.class)
        .hasMessageContaining("has no such database")
        .hasMessageContaining("etl.db.url");
    db.execute("DROP ROLE IF EXISTS reader_it");
    db.execute(
        "CREATE ROLE reader_it LOGIN PASSWORD '" + TradingDatabase.server().password() + "'");
    assertThatThrownBy(() -> open(good.url(), "reader_it"))
        .isInstanceOf(EtlException.class)
        .hasMessageContaining("the user needs the right to create them (etl.db.url)");
    db.execute("DROP ROLE reader_it");
  }

  private static Database open(String url, String user) {
    return TradingDatabase.open(url, user, TradingDatabase.server().password());
  }

  @Test
  void aTornOrMissingFileIsNamedByItsLineAndTheOthersAreLoaded() throws Exception {
    byte[] whole = Files.readAllBytes(dir.resolve(FIRST));
    Files.write(dir.resolve(FIRST), Arrays.copyOf(whole, whole.length - 10));
    refused(FIRST, 3, "");
    Files.write(dir.resolve(FIRST), whole);
    archive.compressed(FIRST);
    byte[] packed = Files.readAllBytes(dir.resolve(FIRST + ".zst"));
    Files.write(dir.resolve(FIRST + ".zst"), Arrays.copyOf(packed, packed.length - 5));
    refused(FIRST, 0, "");
    Files.delete(dir.resolve(FIRST + ".zst"));
    refused(FIRST, 0, "the manifest lists it and it is not there");
    Files.write(dir.resolve(FIRST), whole);
    assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
    assertThat(db.one("SELECT count(*) FROM etl_dead_letters")).isEqualTo("0");
  }

  private void refused(String path, long line, String why) throws Exception {
    EtlReport report = db.load(archive, Etl.Care.NEW);
    assertThat(report.deadLetters())
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.path()).isEqualTo(path);
              assertThat(dead.reason()).contains(why).isNotBlank();
              if (line > 0) {
                assertThat(dead.line()).isEqualTo(line);
              }
            });
    assertThat(db.rows("SELECT raw_ref FROM scalp_ticks")).containsExactly(SECOND + ":1");
    assertThat(db.halves()).isEmpty();
  }

  @Test
  void twoRunsAtOnceLoadOnceAndTheSecondSaysWhy() throws Exception {
    archive.filled(41, 120).sealed();
    db.open().close();
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      Callable<EtlReport> load = () -> db.load(archive, Etl.Care.NEW);
      List<EtlReport> done = new ArrayList<>();
      for (Future<EtlReport> one : both.invokeAll(List.of(load, load))) {
        try {
          done.add(one.get());
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOf(EtlException.class)
              .hasMessageContaining("another run is at work on kis's 2026-11-20");
        }
      }
      assertThat(done).isNotEmpty().allMatch(EtlReport::ok);
      assertThat(done.stream().mapToLong(EtlReport::rows).sum()).isEqualTo(41 * 120 * 2 + 2);
    } finally {
      both.shutdown();
    }
    assertThat(db.one("SELECT count(*) = count(DISTINCT raw_ref) FROM scalp_ticks")).isEqualTo("t");
  }
}
