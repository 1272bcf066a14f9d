package io.stockobserver.etl;

import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which segments of a day are in the database, by the checksum of their content: what makes a
 * second run change nothing. Every change is part of the transaction that changes the rows.
 */
final class Ledger {
  private final Connection db;
  private final String provider;
  private final LocalDate day;

  Ledger(Connection db, String provider, LocalDate day) {
    this.db = db;
    this.provider = provider;
    this.day = day;
  }

  /** A loaded segment. */
  record Entry(int id, String path, String lane, String sha256, long rows) {}

  Map<String, Entry> entries() throws SQLException {
    Map<String, Entry> all = new TreeMap<>();
    try (PreparedStatement q =
        db.prepareStatement(
            "SELECT segment_id, path, lane, sha256, row_count FROM etl_segments"
                + " WHERE provider=? AND trade_date=?")) {
      q.setString(1, provider);
      q.setDate(2, Date.valueOf(day));
      try (ResultSet r = q.executeQuery()) {
        while (r.next()) {
          all.put(
              r.getString(2),
              new Entry(r.getInt(1), r.getString(2), r.getString(3), r.getString(4), r.getLong(5)));
        }
      }
    }
    return all;
  }

  /** The number that the segment's rows carry; it keeps it when its content is another. */
  int number(Source source, Instant now) throws SQLException {
    try (PreparedStatement q =
        db.prepareStatement(
            "INSERT INTO etl_segments (provider, market, trade_date, lane, path, sha256, sealed,"
                + " bytes, lines, row_count, row_hash, loaded_at)"
                + " VALUES (?,?,?,?,?,?,?,?,?,0,0,?)"
                + " ON CONFLICT (path) DO UPDATE SET sha256=excluded.sha256,"
                + " sealed=excluded.sealed, bytes=excluded.bytes, lines=excluded.lines,"
                + " loaded_at=excluded.loaded_at RETURNING segment_id")) {
      q.setString(1, provider);
      q.setString(2, source.market());
      q.setDate(3, Date.valueOf(day));
      q.setString(4, source.laneName());
      q.setString(5, source.path());
      q.setString(6, source.sha256());
      q.setBoolean(7, source.sealed());
      q.setLong(8, source.bytes());
      q.setLong(9, source.lines());
      q.setTimestamp(10, Timestamp.from(now));
      try (ResultSet r = q.executeQuery()) {
        r.next();
        return r.getInt(1);
      }
    }
  }

  /** Writes what the archive has in the segment, and that the day has changed. */
  void loaded(int segment, Sums sums) throws SQLException {
    Sums.Sum all = sums.all();
    change(
        "UPDATE etl_segments SET row_count=?, row_hash=? WHERE segment_id=?",
        all.rows(),
        all.hash(),
        segment);
    change("DELETE FROM etl_minutes WHERE segment_id=?", segment);
    try (PreparedStatement q =
        db.prepareStatement(
            "INSERT INTO etl_minutes (segment_id, minute, archive_rows, archive_hash)"
                + " VALUES (?,?,?,?)")) {
      for (Map.Entry<Long, Sums.Sum> minute : sums.byMinute().entrySet()) {
        q.setInt(1, segment);
        q.setTimestamp(2, Timestamp.from(Instant.ofEpochSecond(minute.getKey() * 60)));
        q.setLong(3, minute.getValue().rows());
        q.setLong(4, minute.getValue().hash());
        q.addBatch();
      }
      q.executeBatch();
    }
    changed();
  }

  /** The day's rows are other ones now: what is derived from them is old. */
  void changed() throws SQLException {
    change(
        "INSERT INTO etl_days (provider, trade_date, loads) VALUES (?,?,1)"
            + " ON CONFLICT (provider, trade_date) DO UPDATE SET loads=etl_days.loads+1",
        provider,
        Date.valueOf(day));
  }

  /**
   * How the day stands.
   *
   * @param loads how often it changed
   * @param derived which of these the bars are of
   * @param proven which of these was proven as a whole, and agreed
   */
  record Day(long loads, long derived, long proven) {}

  Day day() throws SQLException {
    try (PreparedStatement q =
        db.prepareStatement(
            "SELECT loads, derived, CASE WHEN agrees THEN proven ELSE 0 END FROM etl_days"
                + " WHERE provider=? AND trade_date=?")) {
      q.setString(1, provider);
      q.setDate(2, Date.valueOf(day));
      try (ResultSet r = q.executeQuery()) {
        return r.next() ? new Day(r.getLong(1), r.getLong(2), r.getLong(3)) : new Day(0, 0, 0);
      }
    }
  }

  void derived(long loads) throws SQLException {
    change(
        "UPDATE etl_days SET derived=? WHERE provider=? AND trade_date=?",
        loads,
        provider,
        Date.valueOf(day));
  }

  void proven(long loads, boolean agrees, Instant now) throws SQLException {
    change(
        "UPDATE etl_days SET proven=?, agrees=?, proven_at=? WHERE provider=? AND trade_date=?",
        loads,
        agrees,
        Timestamp.from(now),
        provider,
        Date.valueOf(day));
  }

  /** Keeps why a segment was refused. */
  void refused(Source source, Refusal why, Instant now) throws SQLException {
    change(
        "INSERT INTO etl_dead_letters (path, sha256, provider, trade_date, line, reason,"
            + " refused_at) VALUES (?,?,?,?,?,?,?) ON CONFLICT (path, sha256) DO UPDATE SET"
            + " line=excluded.line, reason=excluded.reason, refused_at=excluded.refused_at",
        source.path(),
        source.sha256(),
        provider,
        Date.valueOf(day),
        why.line(),
        why.reason(),
        Timestamp.from(now));
  }

  /** A segment that was loaded after all is no dead letter any more. */
  void accepted(Source source) throws SQLException {
    accepted(List.of(source.path()));
  }

  /** Nor is one that is again what was loaded. */
  void accepted(List<String> paths) throws SQLException {
    change(
        "DELETE FROM etl_dead_letters WHERE path=ANY(?)",
        db.createArrayOf("varchar", paths.toArray()));
  }

  private void change(String sql, Object... values) throws SQLException {
    try (PreparedStatement q = db.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        q.setObject(i + 1, values[i]);
      }
      q.executeUpdate();
    }
  }
}
