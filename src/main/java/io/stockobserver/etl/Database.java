package io.stockobserver.etl;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the trading database, its server of our own where none is named, with the schema
 * that this build knows. Not thread-safe.
 */
public final class Database implements AutoCloseable {
  private static final int OLDEST = 150_000;

  /** The newest of db/migration. */
  static final int SCHEMA = 2;

  private final Connection connection;
  private final @Nullable EmbeddedServer server;
  private final String words;

  private Database(Connection connection, @Nullable EmbeddedServer server, String words) {
    this.connection = connection;
    this.server = server;
    this.words = words;
  }

  /**
   * Connects, starts our own server where no URL is given, and brings the schema up to date.
   *
   * @param home where our own server lives
   * @throws EtlException naming what is wrong and the key to look at
   */
  public static Database open(DatabaseAddress address, Path home) {
    if (!address.url().isEmpty()) {
      return connect(
          address, address.url(), address.user(), address.password(), null, where(address.url()));
    }
    EmbeddedServer server = EmbeddedServer.start(home);
    try {
      return connect(
          address,
          server.url(),
          EmbeddedServer.USER,
          server.password(),
          server,
          "the embedded PostgreSQL at 127.0.0.1:" + server.port());
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Database connect(
      DatabaseAddress address,
      String url,
      @Nullable String user,
      @Nullable String password,
      @Nullable EmbeddedServer server,
      String words) {
    try {
      Connection c = dial(url, user, password, address.answerWait(), words);
      try {
        settle(c, address);
        check(c, words);
        migrate(c, url, user, password, words);
        return new Database(c, server, words);
      } catch (SQLException | RuntimeException e) {
        c.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Trouble.of(e, words);
    }
  }

  /** A connection, and no more: nothing is looked at, and nothing set. */
  static Connection dial(
      String url,
      @Nullable String user,
      @Nullable String password,
      Duration answerWait,
      String words)
      throws SQLException {
    Properties p = new Properties();
    if (user != null) {
      p.setProperty("user", user);
    }
    if (password != null) {
      p.setProperty("password", password);
    }
    p.setProperty("ApplicationName", "stock-observer etl");
    p.setProperty("connectTimeout", "10");
    p.setProperty("socketTimeout", String.valueOf(answerWait.toSeconds()));
    p.setProperty("tcpKeepAlive", "true");
    // The driver is named, so that it is found whatever class loader asks.
    Connection c = new org.postgresql.Driver().connect(url, p);
    if (c == null) {
      throw new EtlException(
          "etl.db.url = " + words + " is no address of a PostgreSQL; write jdbc:postgresql://...");
    }
    return c;
  }

  /** A URL without what may be secret in it. */
  static String where(String url) {
    int query = url.indexOf('?');
    String bare = query < 0 ? url : url.substring(0, query);
    return bare.replaceAll("//[^/@]*@", "//");
  }

  private static void settle(Connection c, DatabaseAddress address) throws SQLException {
    try (Statement s = c.createStatement()) {
      s.execute("SET TIME ZONE 'UTC'");
      s.execute("SET datestyle = 'ISO, YMD'");
      s.execute("SET extra_float_digits = 3");
      s.execute("SET synchronous_commit = on");
      s.execute("SET lock_timeout = " + address.lockWait().toMillis());
      s.execute("SET work_mem = '64MB'");
    }
  }

  private static void check(Connection c, String words) throws SQLException {
    try (Statement s = c.createStatement();
        ResultSet r =
            s.executeQuery(
                "SELECT current_setting('server_version_num')::int,"
                    + " current_setting('server_version'),"
                    + " current_setting('transaction_read_only') = 'on' OR pg_is_in_recovery()")) {
      r.next();
      suits(r.getInt(1), r.getString(2), words);
      if (r.getBoolean(3)) {
        throw new EtlException(
            words + " is read-only; name the primary, or a user who may write (etl.db.url)");
      }
    }
  }

  static void suits(int number, String version, String words) {
    if (number < OLDEST) {
      throw new EtlException(
          words + " is PostgreSQL " + version + "; 15 or newer is needed (etl.db.url)");
    }
  }

  private static void migrate(
      Connection c, String url, @Nullable String user, @Nullable String password, String words)
      throws SQLException {
    int found = schema(c);
    if (found > SCHEMA) {
      throw new EtlException(
          words
              + " has schema "
              + found
              + ", this build knows "
              + SCHEMA
              + "; use the newer Stock Observer, or another database (etl.db.url)");
    }
    if (found == SCHEMA) {
      return; // the migration tool takes longer than all the rest of a run that finds nothing to do
    }
    try {
      Flyway.configure(Database.class.getClassLoader())
          .dataSource(url, user, password)
          .locations("classpath:db/migration")
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new EtlException(
          words
              + " cannot be given its tables: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "; the user needs the right to create them (etl.db.url)",
          e);
    }
  }

  /** The newest migration that the database has had; 0 for none. */
  private static int schema(Connection c) throws SQLException {
    try (Statement s = c.createStatement()) {
      try (ResultSet r = s.executeQuery("SELECT to_regclass('flyway_schema_history') IS NULL")) {
        r.next();
        if (r.getBoolean(1)) {
          return 0;
        }
      }
      try (ResultSet r =
          s.executeQuery(
              "SELECT coalesce(max(split_part(version,'.',1)::int),0) FROM flyway_schema_history"
                  + " WHERE success AND version IS NOT NULL")) {
        r.next();
        return r.getInt(1);
      }
    }
  }

  Connection connection() {
    return connection;
  }

  /** Where it is, for a person; no secret in it. */
  public String words() {
    return words;
  }

  /**
   * The same with the version of a TimescaleDB that is there: who put it there wants to know what
   * it is used for, and it is left alone.
   */
  public String told() {
    try (Statement s = connection.createStatement();
        ResultSet r =
            s.executeQuery("SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'")) {
      return r.next()
          ? words + " (TimescaleDB " + r.getString(1) + " is there and not needed)"
          : words;
    } catch (SQLException gone) {
      return words;
    }
  }

  /** How to look into our own server with psql while it runs; null where it is another's. */
  public @Nullable String ownUrl() {
    return server == null ? null : server.psql();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // It is closed then.
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }
}
