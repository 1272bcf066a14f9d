package io.stockobserver.etl;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The trading database for questions that a route asks: a connection each, because questions are
 * rare and an idle one is one that breaks. It may only read; an answer is waited for as long as
 * {@link #PATIENCE}, and a server that accepts and says nothing not three times as long.
 */
final class AskedDatabase extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;

  /** For an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final transient DatabaseAddress address;

  AskedDatabase(DatabaseAddress address) {
    this.address = address;
  }

  /**
   * Connects.
   *
   * @throws SQLException naming what is wrong and the key to look at, in one line
   */
  @Override
  public Connection getConnection() throws SQLException {
    String words = Database.where(address.url());
    try {
      // The server gives up before the driver does, and says why.
      Connection c =
          Database.dial(
              address.url(), address.user(), address.password(), PATIENCE.plusSeconds(5), words);
      try {
        try (Statement s = c.createStatement()) {
          // The driver's setReadOnly says nothing of statements that are a transaction each.
          s.execute("SET default_transaction_read_only = on");
          s.execute("SET statement_timeout = " + PATIENCE.toMillis());
        }
        return c;
      } catch (SQLException e) {
        c.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new SQLException(Trouble.asking(e, words), e.getSQLState(), e);
    }
  }

  /** Somebody else's password is not ours to use. */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }
}
