package io.stockobserver.etl;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the archive says beside what the database says, by file and minute. The archive's side was
 * reckoned from the lines when they were read; the database's is reckoned by the database from its
 * rows, by SQL that shares no code with that. Both stay in etl_minutes.
 */
final class Proof {
  private final Connection db;
  private final String provider;
  private final LocalDate day;

  Proof(Connection db, String provider, LocalDate day) {
    this.db = db;
    this.provider = provider;
    this.day = day;
  }

  /**
   * Asks the database for the hash of a row that is known here.
   *
   * @throws EtlException when it hashes otherwise, as a big-endian server would
   */
  void check() throws SQLException {
    String name = "a row of which the hash is known";
    LocalDate then = LocalDate.of(2026, 11, 20);
    long known = new RowHash().row().text(name).number(1).date(then.toEpochDay()).end();
    try (PreparedStatement q =
        db.prepareStatement("SELECT hash_record_extended(ROW(?::varchar,1,?::date),0)")) {
      q.setString(1, name);
      q.setDate(2, Date.valueOf(then));
      try (ResultSet r = q.executeQuery()) {
        r.next();
        if (r.getLong(1) != known) {
          throw new EtlException(
              "this PostgreSQL hashes rows otherwise than those of little-endian machines, so nothing"
                  + " could be proven; use another server (etl.db.url)");
        }
      }
    }
  }

  /** Files of which the database has not been asked since they were loaded. */
  List<Integer> unproven() throws SQLException {
    List<Integer> all = new ArrayList<>();
    try (PreparedStatement q =
        db.prepareStatement(
            "SELECT DISTINCT segment_id FROM etl_minutes JOIN etl_segments USING (segment_id)"
                + " WHERE provider=? AND trade_date=? AND database_rows IS NULL")) {
      q.setString(1, provider);
      q.setDate(2, Date.valueOf(day));
      try (ResultSet r = q.executeQuery()) {
        while (r.next()) {
          all.add(r.getInt(1));
        }
      }
    }
    return all;
  }

  /** Asks the database about the rows of these segments and writes down what it says. */
  void reckon(Collection<Integer> segments) throws SQLException {
    Integer[] ids = segments.toArray(Integer[]::new);
    try (PreparedStatement q =
        db.prepareStatement(
            "UPDATE etl_minutes SET database_rows=0, database_hash=0 WHERE segment_id=ANY(?)")) {
      q.setArray(1, db.createArrayOf("int4", ids));
      q.executeUpdate();
    }
    for (Track track : Track.values()) {
      // In two steps, because only the first may use several processors.
      try (PreparedStatement q = db.prepareStatement(reckoning(track))) {
        q.setString(1, provider);
        q.setDate(2, Date.valueOf(day));
        q.setArray(3, db.createArrayOf("int4", ids));
        q.executeUpdate();
      }
      try (Statement s = db.createStatement()) {
        s.execute(
            "INSERT INTO etl_minutes (segment_id, minute, archive_rows, archive_hash,"
                + " database_rows, database_hash) SELECT segment_id, minute, 0, 0, n, h FROM"
                + " etl_reckoned ON CONFLICT (segment_id, minute) DO UPDATE SET"
                + " database_rows=excluded.database_rows, database_hash=excluded.database_hash");
        s.execute("DROP TABLE etl_reckoned");
      }
    }
  }

  /**
   * The sum of 64-bit hashes, wrapped to 64 bits; rows of a minute that nobody knows are kept too.
   */
  private static String reckoning(Track track) {
    return String.format(
        Locale.ROOT,
        "CREATE TEMP TABLE etl_reckoned AS SELECT segment_id, minute, n, (CASE WHEN h >="
            + " 9223372036854775808 THEN h - 18446744073709551616 ELSE h END)::bigint AS h FROM"
            + " (SELECT segment_id, date_bin('1 minute', %s, TIMESTAMPTZ '1970-01-01 00:00Z') AS"
            + " minute, count(*) AS n, mod(mod(sum(hash_record_extended(%s,0)),"
            + " 18446744073709551616) + 18446744073709551616, 18446744073709551616) AS h FROM %s"
            + " WHERE provider=? AND trade_date=? AND segment_id=ANY(?) GROUP BY 1, 2) d",
        track.minuteOf(),
        track.rowSql(),
        track.table());
  }

  /**
   * Rows by file as the ledger has them and as a count of the tables has them: quick, no hashes.
   */
  List<Difference> counts() throws SQLException {
    List<Difference> all = new ArrayList<>();
    try (PreparedStatement q =
        db.prepareStatement(
            // Once, not once a file: nothing tells the planner how few files there are.
            "WITH t AS MATERIALIZED (SELECT segment_id, count(*) AS n FROM scalp_ticks WHERE"
                + " provider=? AND trade_date=? GROUP BY 1 UNION ALL SELECT segment_id, count(*)"
                + " FROM swing_ticks WHERE provider=? AND trade_date=? GROUP BY 1)"
                + " SELECT s.segment_id, s.path, s.row_count, coalesce(t.n,0) FROM etl_segments s"
                + " LEFT JOIN t USING (segment_id)"
                + " WHERE s.provider=? AND s.trade_date=? AND s.row_count <> coalesce(t.n,0)"
                + " ORDER BY s.path")) {
      for (int i = 1; i < 6; i += 2) {
        q.setString(i, provider);
        q.setDate(i + 1, Date.valueOf(day));
      }
      try (ResultSet r = q.executeQuery()) {
        while (r.next()) {
          all.add(
              new Difference(
                  r.getInt(1),
                  r.getString(2),
                  null,
                  new Sums.Sum(r.getLong(3), 0),
                  new Sums.Sum(r.getLong(4), 0)));
        }
      }
    }
    return all;
  }

  /** Where both sides disagree, by what was written down last. */
  List<Difference> differences() throws SQLException {
    List<Difference> all = new ArrayList<>();
    try (PreparedStatement q =
        db.prepareStatement(
            "SELECT segment_id, path, minute, archive_rows, archive_hash,"
                + " coalesce(database_rows,0), coalesce(database_hash,0) FROM etl_minutes JOIN"
                + " etl_segments USING (segment_id) WHERE provider=? AND trade_date=? AND"
                + " database_rows IS NOT NULL AND (archive_rows, archive_hash) IS DISTINCT FROM"
                + " (database_rows, database_hash) ORDER BY path, minute")) {
      q.setString(1, provider);
      q.setDate(2, Date.valueOf(day));
      try (ResultSet r = q.executeQuery()) {
        while (r.next()) {
          all.add(
              new Difference(
                  r.getInt(1),
                  r.getString(2),
                  r.getTimestamp(3).toInstant(),
                  new Sums.Sum(r.getLong(4), r.getLong(5)),
                  new Sums.Sum(r.getLong(6), r.getLong(7))));
        }
      }
    }
    return all;
  }

  /** The day as a whole on both sides. */
  Totals totals() throws SQLException {
    try (PreparedStatement q =
        db.prepareStatement(
            "SELECT count(DISTINCT segment_id), count(minute), coalesce(sum(archive_rows),0),"
                + " coalesce(sum(archive_hash),0), coalesce(sum(database_rows),0),"
                + " coalesce(sum(database_hash),0)"
                + " FROM etl_segments JOIN etl_minutes USING (segment_id)"
                + " WHERE provider=? AND trade_date=?")) {
      q.setString(1, provider);
      q.setDate(2, Date.valueOf(day));
      try (ResultSet r = q.executeQuery()) {
        r.next();
        return new Totals(
            r.getInt(1),
            r.getInt(2),
            new Sums.Sum(r.getLong(3), r.getBigDecimal(4).toBigInteger().longValue()),
            new Sums.Sum(r.getLong(5), r.getBigDecimal(6).toBigInteger().longValue()));
      }
    }
  }

  /** Both sides of a day. */
  record Totals(int files, int minutes, Sums.Sum archive, Sums.Sum database) {}

  /**
   * One file's minute of which both sides say different things.
   *
   * @param minute null where only the file's rows were counted
   */
  record Difference(
      int segment, String path, @Nullable Instant minute, Sums.Sum archive, Sums.Sum database) {}
}
