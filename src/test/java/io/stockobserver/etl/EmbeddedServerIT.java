package io.stockobserver.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PostgreSQL for who has none. */
class EmbeddedServerIT {
  @TempDir Path dir;

  @BeforeEach
  void here() throws Exception {
    PostgresHere.server();
    // Whoever runs it there instead of root has to reach it.
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void itKeepsItsDataAndItsPortAndForcesEveryWrite() throws Exception {
    int port;
    try (EmbeddedServer server = EmbeddedServer.start(dir)) {
      port = server.port();
      ask(server, "CREATE TABLE kept AS SELECT 7 AS n");
      assertThat(ask(server, "SELECT current_setting('fsync')")).isEqualTo("on");
      assertThat(ask(server, "SELECT current_setting('synchronous_commit')")).isEqualTo("on");
      assertThat(ask(server, "SELECT current_setting('full_page_writes')")).isEqualTo("on");
      assertThat(ask(server, "SELECT current_setting('listen_addresses')")).isEqualTo("127.0.0.1");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("password"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> EmbeddedServer.start(dir))
          .isInstanceOf(EtlException.class)
          .hasMessageContaining("in use by another");
      assertThatThrownBy(() -> DriverManager.getConnection(server.url(), "observer", "guess"))
          .isInstanceOf(SQLException.class);
    }
    try (EmbeddedServer again = EmbeddedServer.start(dir)) {
      assertThat(again.port()).isEqualTo(port);
      assertThat(ask(again, "SELECT n FROM kept")).isEqualTo("7");
    }
  }

  @Test
  void oneThatAKilledProcessLeftRunningIsUsedOn() throws Exception {
    EmbeddedServer lost = EmbeddedServer.start(dir);
    ask(lost, "CREATE TABLE kept AS SELECT 7 AS n");
    lost.abandon();
    try (EmbeddedServer next = EmbeddedServer.start(dir)) {
      assertThat(next.port()).isEqualTo(lost.port());
      assertThat(ask(next, "SELECT n FROM kept")).isEqualTo("7");
    }
    assertThat(dir.resolve("cluster/postmaster.pid")).doesNotExist();
  }

  @Test
  void whereItCannotRunItSaysWhatToSet() {
    List<PostgresBinaries.Launch> none =
        List.of(
            new PostgresBinaries.Launch(List.of("no-such-program"), null),
            PostgresBinaries.Launch.unprivileged("no-such-user"));
    assertThatThrownBy(() -> EmbeddedServer.start(dir, none))
        .isInstanceOf(EtlException.class)
        .hasMessageContaining("user namespaces are forbidden here")
        .hasMessageContaining("etl.db.url = jdbc:postgresql://");
  }

  @Test
  void asRootWithoutNamespacesItRunsAsSomebodyElse() throws Exception {
    assumeThat(System.getProperty("user.name"))
        .as(PostgresHere.MISSING + "only root has to become somebody else")
        .isEqualTo("root");
    List<PostgresBinaries.Launch> launches =
        List.of(
            new PostgresBinaries.Launch(List.of("no-such-program"), null),
            PostgresBinaries.Launch.unprivileged("nobody"));
    for (int start = 1; start <= 2; start++) {
      try (EmbeddedServer server = EmbeddedServer.start(dir, launches)) {
        ask(server, "CREATE TABLE n" + start + " AS SELECT 7 AS n");
        assertThat(ask(server, "SELECT n FROM n1")).isEqualTo("7");
        assertThat(Files.getOwner(dir.resolve("cluster")).getName()).isEqualTo("nobody");
        assertThat(dir.resolve("password.once")).doesNotExist();
      }
    }
  }

  private static String ask(EmbeddedServer server, String sql) throws SQLException {
    try (Connection c =
            DriverManager.getConnection(server.url(), EmbeddedServer.USER, server.password());
        var s = c.createStatement()) {
      if (!s.execute(sql)) {
        return "";
      }
      try (ResultSet r = s.getResultSet()) {
        r.next();
        return r.getString(1);
      }
    }
  }
}
