package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.FIRST;
import static io.stockobserver.etl.SmallArchive.SECOND;
import static io.stockobserver.etl.SmallArchive.scalp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.stockobserver.health.Check;
import io.stockobserver.health.Health;
import io.stockobserver.route.RouteParts;
import io.stockobserver.route.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The real route that asks the database, over a real one. */
class LoadReportIT {
  private static final Duration OFTEN = Duration.ofMillis(20);

  @TempDir Path dir;
  private final Logger log = (Logger) LoggerFactory.getLogger(Trouble.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private TradingDatabase db;
  private SmallArchive archive;

  @BeforeEach
  void begin() throws Exception {
    db = TradingDatabase.empty("report_it");
    archive = SmallArchive.usual(dir);
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void end() throws Exception {
    log.detachAppender(lines);
    if (db != null) { // none where no PostgreSQL can run
      db.close();
    }
  }

  private DefaultCamelContext asking(LoadReport report) throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    Properties settings = new Properties();
    settings.put("archive.dir", dir.toString());
    settings.put("etl.report.every", "10m");
    camel.getPropertiesComponent().setOverrideProperties(settings);
    RouteParts.by(Clock.systemUTC()).forEach(camel.getRegistry()::bind);
    report.beans().forEach(camel.getRegistry()::bind);
    for (String file : List.of("next-second", "report-load")) {
      String yaml = Files.readString(Path.of("routes", file + ".camel.yaml"));
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(
              ResourceHelper.fromString(
                  "file:" + file + ".camel.yaml", yaml.replace("every: 1s", "every: 20ms")));
    }
    camel.start();
    return camel;
  }

  private static void await(Callable<Boolean> done) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(done);
  }

  private static Check only(LoadReport report) {
    return report.checks().get(0);
  }

  @Test
  void whatIsWrongIsATableAndACheckUntilItIsMended() throws Exception {
    db.load(archive, Etl.Care.NEW);
    db.execute("UPDATE scalp_ticks SET last_price=1 WHERE raw_ref='" + FIRST + ":3'");
    archive.file(SECOND, scalp("005930", "00:35:00.000", "70300", "1"), "{\"torn").sealed();
    assertThat(db.load(archive, Etl.Care.PROVE).ok()).isFalse();
    LoadReport report = new LoadReport(db.address(), OFTEN, Clock.systemUTC());
    Path table = dir.resolve("log/load_report.csv");
    try (DefaultCamelContext camel = asking(report)) {
      await(() -> only(report).health() == Health.DEGRADED);
      assertThat(only(report).detail()).isEqualTo("differs: 1, refused: 1");
      await(() -> Files.exists(table) && Files.size(table) > 0);
      List<String> rows = Files.readAllLines(table);
      assertThat(rows.get(0)).isEqualTo("what,alarm,provider,trade_date,since,of,detail");
      assertThat(rows)
          .contains(
              "differs,true,kis,2026-11-20,2026-11-20T00:30:00Z,"
                  + FIRST
                  + ",\"3 rows in the archive, 3 here\"");
      assertThat(rows)
          .anyMatch(
              row ->
                  row.startsWith("refused,true,kis,2026-11-20,")
                      && row.contains("," + SECOND + ":2,"));
      // One or two of the 120 samples that a minute expects.
      assertThat(rows).filteredOn(row -> row.startsWith("thin,false,kis,2026-11-20,")).hasSize(3);

      archive.file(SECOND, scalp("005930", "00:35:00.000", "70300", "1")).sealed();
      assertThat(db.load(archive, Etl.Care.REPAIR).ok()).isTrue();
      await(() -> only(report).health() == Health.HEALTHY);
      assertThat(camel.getStatus().isStarted()).isTrue();
    }
    assertThat(lines.list).isEmpty();
  }

  @Test
  void aDatabaseThatIsAwayIsALineWithItsRemedyAndNoStack() throws Exception {
    DatabaseAddress away =
        new DatabaseAddress(
            "jdbc:postgresql://127.0.0.1:1/trading",
            "somebody",
            "a-secret-word",
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));
    LoadReport report = new LoadReport(away, OFTEN, Clock.systemUTC());
    try (DefaultCamelContext camel = asking(report)) {
      await(() -> !lines.list.isEmpty());
      assertThat(camel.getStatus().isStarted()).isTrue();
    }
    assertThat(lines.list)
        .allSatisfy(
            line -> {
              assertThat(line.getThrowableProxy()).isNull();
              assertThat(line.getFormattedMessage())
                  .startsWith(
                      "report-load failed: jdbc:postgresql://127.0.0.1:1/trading is not reachable")
                  .contains("correct etl.db.url or mend the database")
                  .doesNotContain("a-secret-word", "\n");
            });
    assertThat(dir.resolve("log/load_report.csv")).doesNotExist();
  }

  @Test
  void aDatabaseInWhichNothingWasLoadedYetIsNoTrouble() throws Exception {
    LoadReport report = new LoadReport(db.address(), Duration.ofMillis(100), Clock.systemUTC());
    try (DefaultCamelContext camel = asking(report)) {
      await(() -> only(report).detail().equals("nothing was loaded yet"));
      assertThat(only(report).health()).isEqualTo(Health.HEALTHY);
      assertThat(dir.resolve("log/load_report.csv")).doesNotExist();
      db.load(archive, Etl.Care.NEW);
      await(() -> Files.exists(dir.resolve("log/load_report.csv")));
      await(() -> only(report).detail().equals("nothing is wrong in what is loaded"));
      assertThat(camel.getStatus().isStarted()).isTrue();
    }
    assertThat(lines.list).isEmpty();
  }

  @Test
  void aRouteMayOnlyRead() throws Exception {
    db.load(archive, Etl.Care.NEW);
    try (Connection asked = new AskedDatabase(db.address()).getConnection();
        Statement s = asked.createStatement()) {
      assertThatThrownBy(() -> s.execute("DELETE FROM scalp_ticks"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("read-only transaction");
    }
    assertThat(db.one("SELECT count(*) FROM scalp_ticks")).isEqualTo("4");
  }

  @Test
  void aLongQuestionIsGivenUp() throws Exception {
    db.open().close();
    try (Connection asked = new AskedDatabase(db.address()).getConnection();
        Statement s = asked.createStatement();
        var limit = s.executeQuery("SHOW statement_timeout")) {
      limit.next();
      assertThat(limit.getString(1)).isEqualTo("10s");
    }
  }
}
