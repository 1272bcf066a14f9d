package io.stockobserver.etl;

import io.stockobserver.archive.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Loads one provider's day: what the manifests vouch for and the ledger does not have yet, each
 * file whole or not at all; then what follows from it; then the proof. Run again it changes
 * nothing. Not thread-safe; two runs of one day exclude each other.
 */
public final class Etl {
  private final Path root;
  private final Database database;
  private final Connection db;
  private final InstantSource clock;
  private final LongConsumer read;
  private final List<Portfolio> portfolios;

  /**
   * An archive and a database.
   *
   * @param root of an archive, a package or a backup
   * @param portfolios to be valued at the closes of the days that are loaded
   * @param read is told how many bytes more were read
   */
  public Etl(
      Path root,
      Database database,
      InstantSource clock,
      List<Portfolio> portfolios,
      LongConsumer read) {
    this.root = root;
    this.portfolios = List.copyOf(portfolios);
    this.database = database;
    this.db = database.connection();
    this.clock = clock;
    this.read = read;
  }

  /** How thoroughly. */
  public enum Care {
    /** What is new, and its proof. */
    NEW,
    /** Every row of the day is proven again. */
    PROVE,
    /** The same, and what differs is loaded anew. */
    REPAIR
  }

  /** How many bytes a run would read if nothing were loaded yet. */
  public static long size(Path root, String provider, LocalDate day) throws IOException {
    return Vouched.of(root, provider, day).stream()
        .filter(s -> s.is(Lane.SCALP) || s.is(Lane.SWING))
        .mapToLong(Source::bytes)
        .sum();
  }

  /**
   * Loads and proves.
   *
   * @throws EtlException when the database cannot be used, or another run is at work on the day
   * @throws IOException when a manifest is damaged or a file cannot be read
   */
  public EtlReport run(String provider, LocalDate day, Care care) throws IOException {
    try {
      lock(provider, day);
      try {
        return new DayRun(root, db, clock, read, portfolios, provider, day).all(care);
      } finally {
        unlock(provider, day);
      }
    } catch (SQLException e) {
      throw Trouble.of(e, database.words(), () -> Holders.of(db));
    }
  }

  /**
   * Drops a provider's day: its ticks, bars and gaps, and the ledger that says they are loaded. The
   * day's prices and daily bars stay, and so does what rests on them. Whether the day may go is the
   * caller's to know.
   *
   * @throws EtlException when the database cannot be used, or a run is at work on the day
   */
  public void forget(String provider, LocalDate day) {
    try {
      lock(provider, day);
      try {
        db.setAutoCommit(false);
        new Partitions(db, provider, day).drop();
        for (String table : List.of("scalp_gaps", "etl_segments", "etl_days")) {
          try (PreparedStatement q =
              db.prepareStatement("DELETE FROM " + table + " WHERE provider=? AND trade_date=?")) {
            q.setString(1, provider);
            q.setDate(2, Date.valueOf(day));
            q.executeUpdate();
          }
        }
        db.commit();
      } finally {
        unlock(provider, day);
      }
    } catch (SQLException e) {
      throw Trouble.of(e, database.words(), () -> Holders.of(db));
    }
  }

  /**
   * The days of a provider that are loaded and lie before another one, in order.
   *
   * @throws EtlException when the database cannot be used
   */
  public List<LocalDate> loadedBefore(String provider, LocalDate day) {
    try (PreparedStatement q =
        db.prepareStatement(
            "SELECT DISTINCT trade_date FROM etl_segments WHERE provider=? AND trade_date<?"
                + " ORDER BY trade_date")) {
      q.setString(1, provider);
      q.setDate(2, Date.valueOf(day));
      List<LocalDate> days = new ArrayList<>();
      try (ResultSet r = q.executeQuery()) {
        while (r.next()) {
          days.add(r.getDate(1).toLocalDate());
        }
      }
      return days;
    } catch (SQLException e) {
      throw Trouble.of(e, database.words());
    }
  }

  private void lock(String provider, LocalDate day) throws SQLException {
    try (PreparedStatement q =
        db.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?,0))")) {
      q.setString(1, key(provider, day));
      try (ResultSet r = q.executeQuery()) {
        r.next();
        if (!r.getBoolean(1)) {
          throw EtlException.busy(
              "another run is at work on "
                  + provider
                  + "'s "
                  + day
                  + " in "
                  + database.words()
                  + "; wait for it and run this again");
        }
      }
    }
  }

  private void unlock(String provider, LocalDate day) {
    try {
      if (!db.getAutoCommit()) {
        db.rollback();
        db.setAutoCommit(true);
      }
      try (PreparedStatement q =
          db.prepareStatement("SELECT pg_advisory_unlock(hashtextextended(?,0))")) {
        q.setString(1, key(provider, day));
        q.execute();
      }
    } catch (SQLException gone) {
      // The lock went with the connection.
    }
  }

  private static String key(String provider, LocalDate day) {
    return "stock-observer etl " + provider + ' ' + day;
  }
}
