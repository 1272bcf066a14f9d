package io.stockobserver.etl;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An empty database of the one PostgreSQL that this test process runs, and what a test asks it. */
final class TradingDatabase implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

  /** How many loads are at this database just now. */
  static final String LOADS =
      "SELECT count(*) FROM pg_stat_activity WHERE application_name='stock-observer etl'"
          + " AND datname=current_database()";

  private final Connection connection;
  private final String name;

  private TradingDatabase(Connection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  static EmbeddedServer server() {
    return PostgresHere.server();
  }

  static TradingDatabase empty(String name) throws SQLException {
    try (Connection c = connect("postgres");
        Statement s = c.createStatement()) {
      s.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      s.execute("CREATE DATABASE " + name);
    }
    return new TradingDatabase(connect(name), name);
  }

  private static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), EmbeddedServer.USER, server().password());
  }

  private static String url(String database) {
    return server().url().replaceFirst("/postgres$", "/" + database);
  }

  String url() {
    return url(name);
  }

  DatabaseAddress address() {
    return address(Duration.ofSeconds(60));
  }

  DatabaseAddress address(Duration answerWait) {
    return new DatabaseAddress(
        url(), EmbeddedServer.USER, server().password(), Duration.ofSeconds(2), answerWait);
  }

  Database open() {
    return Database.open(address(), Path.of("nowhere"));
  }

  /** One that is no good in some way, and says so soon. */
  static Database open(String url, String user, String password) {
    return Database.open(
        new DatabaseAddress(url, user, password, Duration.ofSeconds(1), Duration.ofSeconds(10)),
        Path.of("nowhere"));
  }

  /** Its address with who may use it, for a command that has no environment of its own. */
  String openUrl() {
    return url() + "?user=" + EmbeddedServer.USER + "&password=" + server().password();
  }

  /** Loads the small archive's day as the command does. */
  EtlReport load(SmallArchive archive, Etl.Care care) throws Exception {
    return load(archive, care, List.of());
  }

  EtlReport load(SmallArchive archive, Etl.Care care, List<Portfolio> portfolios) throws Exception {
    try (Database database = open()) {
      return new Etl(archive.root(), database, CLOCK, portfolios, bytes -> {})
          .run("kis", SmallArchive.DAY, care);
    }
  }

  /** The backend of a load that was cut may live a moment longer: waits until it is gone. */
  void settled() throws Exception {
    for (int i = 0; i < 6_000; i++) {
      if (one(LOADS).equals("0")) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("a backend of a load that was cut lives on");
  }

  void execute(String sql) throws SQLException {
    try (Statement s = connection.createStatement()) {
      s.execute(sql);
    }
  }

  /** Rows as text, columns with bars between them. */
  List<String> rows(String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement s = connection.createStatement()) {
      s.execute("SET TIME ZONE 'UTC'");
      try (ResultSet r = s.executeQuery(sql)) {
        int columns = r.getMetaData().getColumnCount();
        while (r.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= columns; i++) {
            row.append(i > 1 ? "|" : "").append(r.getString(i));
          }
          all.add(row.toString());
        }
      }
    }
    return all;
  }

  /** The columns' names, then the rows. */
  List<List<String>> table(String sql) throws SQLException {
    return Table.of(connection, sql, (row, column) -> String.valueOf(row.getString(column)));
  }

  String one(String sql) throws SQLException {
    return rows(sql).get(0);
  }

  /** Every file of the ledger has its rows, and no row is of a file that the ledger has not. */
  List<String> halves() throws SQLException {
    return rows(
        "SELECT coalesce(s.path,'(none)'), s.row_count, t.n FROM etl_segments s FULL JOIN (SELECT"
            + " segment_id, count(*) AS n FROM scalp_ticks GROUP BY 1 UNION ALL SELECT segment_id,"
            + " count(*) FROM swing_ticks GROUP BY 1) t USING (segment_id) WHERE"
            + " coalesce(s.row_count,-1) <> coalesce(t.n, CASE WHEN s.row_count=0 THEN 0 END, -2)");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
