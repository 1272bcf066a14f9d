package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.EVENTS;
import static io.stockobserver.etl.SmallArchive.SCALP;
import static io.stockobserver.etl.SmallArchive.scalp;
import static io.stockobserver.etl.SmallArchive.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.StockObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the command, and cut connections, at any point of a load: the database has old or new
 * rows of a file, never a half; and a run that is let alone completes what they left.
 */
class KilledLoadIT {
  private static final int ROWS = 41 * 1200 * 2;

  private static final String COPYING =
      "SELECT count(*) FROM pg_stat_progress_copy WHERE datname=current_database()"
          + " AND tuples_processed > 0";

  @TempDir Path dir;

  @Test
  void fourKills() throws Exception {
    kills(4);
  }

  @Test
  @Tag("fault")
  void twoHundredKills() throws Exception {
    kills(200);
  }

  private void kills(int times) throws Exception {
    Random random = new Random(19);
    SmallArchive archive = new SmallArchive(dir).file(EVENTS, started()).filled(41, 1200).sealed();
    try (TradingDatabase db = TradingDatabase.empty("killed_it")) {
      db.open().close();
      Process whole = command(db);
      awaitLoad(db, whole, TradingDatabase.LOADS);
      long connected = System.nanoTime();
      assertThat(whole.waitFor()).as("a load that is let alone").isZero();
      long takes = System.nanoTime() - connected;
      int during = 0;
      for (int i = 0; i < times; i++) {
        if (i % 2 == 0) {
          // Every file has another content now, over a day that is loaded or half of it.
          for (int f = 0; f < 4; f++) {
            String name = SCALP + "09_" + (30 + 5 * f) + "_00.jsonl";
            archive.file(name, other(i, f));
          }
          archive.sealed();
        } else {
          archive.filled(41, 1200).sealed();
        }
        Process load = command(db);
        // The first of four in mid-copy, the others wherever a load of this machine may be.
        awaitLoad(db, load, i % 4 == 0 ? COPYING : TradingDatabase.LOADS);
        long wait = i % 4 == 0 ? 0 : (long) (random.nextDouble() * takes);
        boolean over = load.waitFor(wait, TimeUnit.NANOSECONDS);
        load.destroyForcibly().onExit().join();
        during += over ? 0 : 1;
        db.settled();
        assertThat(db.halves()).as("after kill %d", i).isEmpty();
      }
      assertThat(during).as("kills that met a running load").isGreaterThanOrEqualTo(times / 4);
      archive.filled(41, 1200).sealed();
      EtlReport report = db.load(archive, Etl.Care.PROVE);
      assertThat(report.ok()).isTrue();
      assertThat(report.archive()).isEqualTo(report.database());
      assertThat(report.database().rows()).isEqualTo(ROWS);
      assertThat(db.one("SELECT count(*), count(DISTINCT raw_ref) FROM scalp_ticks"))
          .isEqualTo(ROWS + "|" + ROWS);
    }
  }

  /** Until the command's load has come that far, or the command is over. */
  private static void awaitLoad(TradingDatabase db, Process load, String sql) throws Exception {
    while (load.isAlive() && db.one(sql).equals("0")) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static String[] other(int kill, int file) {
    List<String> lines = new ArrayList<>();
    for (int second = 10; second < 60; second++) {
      for (int s = 0; s < 41; s++) {
        String at = "00:" + (30 + 5 * file) + ":" + second + ".000";
        lines.add(scalp(String.format("%06d", s), at, "" + (1 + kill), "1"));
      }
    }
    return lines.toArray(String[]::new);
  }

  private Process command(TradingDatabase db) throws IOException {
    String test = System.getProperty("surefire.test.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dobserver.home=" + Path.of("").toAbsolutePath());
    command.add("-Dobserver.log=" + dir.resolve("observer.log"));
    command.add("-cp");
    command.add(test != null ? test : System.getProperty("java.class.path"));
    command.add(StockObserver.class.getName());
    command.addAll(List.of("etl", "20261120", "--data", dir.toString(), "--db", db.url()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("ETL_DB_USER", EmbeddedServer.USER);
    builder.environment().put("ETL_DB_PASSWORD", TradingDatabase.server().password());
    return builder.start();
  }

  @Test
  void aConnectionThatIsCutInMidCopyLeavesNothingAndSaysSo() throws Exception {
    SmallArchive archive = new SmallArchive(dir).file(EVENTS, started()).filled(41, 600).sealed();
    try (TradingDatabase db = TradingDatabase.empty("cut_it")) {
      for (int cutAt : new int[] {1, 3_000_000, 9_000_000, 17_000_000}) {
        assertThatThrownBy(() -> loadAndCut(db, cutAt))
            .isInstanceOf(EtlException.class)
            .hasMessageContaining("nothing is half-loaded");
        db.settled();
        assertThat(db.halves()).as("cut at %d", cutAt).isEmpty();
      }
      EtlReport report = db.load(archive, Etl.Care.NEW);
      assertThat(report.ok()).isTrue();
      assertThat(report.rows()).isEqualTo(41 * 600 * 2);
    }
  }

  private void loadAndCut(TradingDatabase db, int cutAt) throws Exception {
    long[] bytes = new long[2];
    try (Database database = db.open()) {
      new Etl(
              dir,
              database,
              TradingDatabase.CLOCK,
              List.of(),
              n -> {
                bytes[0] += n;
                if (bytes[0] >= cutAt && bytes[1]++ == 0) {
                  cut(db);
                }
              })
          .run("kis", SmallArchive.DAY, Etl.Care.NEW);
    }
  }

  private static void cut(TradingDatabase db) {
    try {
      db.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
              + " application_name='stock-observer etl' AND datname=current_database()");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
