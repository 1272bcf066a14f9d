package io.stockobserver.etl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of one test's own that goes away and comes back as the test likes. */
public final class OwnPostgres implements AutoCloseable {
  private final Path home;
  private final String url;
  private final String password;
  private @Nullable EmbeddedServer server;

  /**
   * Started, with its files below {@code home}, which whoever runs it there instead of root can
   * reach; skips the test where none can run.
   */
  public OwnPostgres(Path home) throws IOException {
    this.home = home;
    Files.setPosixFilePermissions(
        home.toAbsolutePath().getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    EmbeddedServer started = PostgresHere.start(home);
    server = started;
    url = started.url();
    password = started.password();
  }

  /** Its address as a JDBC URL; the same after each start. */
  public String url() {
    return url;
  }

  /** What tells a process who may use it. */
  public Map<String, String> environment() {
    return Map.of("ETL_DB_USER", EmbeddedServer.USER, "ETL_DB_PASSWORD", password);
  }

  /** Ends it, whoever is connected: from now on connections are refused. */
  public void stop() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Starts it again at the same address. */
  public void start() {
    EmbeddedServer started = EmbeddedServer.start(home);
    server = started;
    if (!started.url().equals(url)) {
      throw new IllegalStateException("somebody has taken its port");
    }
  }

  /** Loads what is left of a day and proves all of it again. */
  public EtlReport prove(Path archive, String provider, LocalDate day) throws Exception {
    DatabaseAddress address =
        new DatabaseAddress(
            url, EmbeddedServer.USER, password, Duration.ofSeconds(5), Duration.ofSeconds(60));
    try (Database database = Database.open(address, home)) {
      return new Etl(archive, database, Clock.systemUTC(), List.of(), bytes -> {})
          .run(provider, day, Etl.Care.PROVE);
    }
  }

  /** The one number that a query gives. */
  public long number(String sql) throws SQLException {
    try (Connection c = DriverManager.getConnection(url, EmbeddedServer.USER, password);
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery(sql)) {
      r.next();
      return r.getLong(1);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
