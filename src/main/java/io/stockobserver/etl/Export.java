package io.stockobserver.etl;

import io.stockobserver.archive.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * Writes a provider's day as CSV files, a table each, and beside each the same rows as Parquet. The
 * same archive gives the same bytes of CSV on any machine: rows in the order of what they tell,
 * times in UTC, figures without zeros at the end, nothing that the database made up. RFC 4180 with
 * a header and {@code \n}; NULL is empty.
 */
public final class Export {
  private static final int ROWS_A_FETCH = 5_000;
  private static final String BAR =
      "provider,market,trade_date,symbol,bar_time,open,high,low,close,volume,observations,"
          + "coverage_ratio,quality_flag,mitigation_level,session_id,schema_version,event_time,"
          + "receive_time,raw_ref";
  private static final String BY_BAR = "market,symbol,bar_time";
  private static final String BY_REF = "split_part(raw_ref,':',1), split_part(raw_ref,':',2)::int";
  private static final Map<String, String[]> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put(
        "scalp_ticks",
        new String[] {
          "provider,market,trade_date,symbol,sample_time,event_time,receive_time,last_price,"
              + "bid_price,ask_price,bid_size,ask_size,volume,quality_flag,mitigation_level,"
              + "session_id,schema_version,raw_ref",
          BY_REF
        });
    TABLES.put("scalp_1m_bars", new String[] {BAR, BY_BAR});
    TABLES.put("scalp_5m_bars", new String[] {BAR, BY_BAR});
    TABLES.put(
        "scalp_gaps",
        new String[] {
          "provider,market,trade_date,gap_start_ts,gap_end_ts,gap_seconds,scope,reason,session_id,"
              + "symbols,schema_version,event_time,raw_ref",
          "market,gap_start_ts,gap_end_ts,scope,reason,symbols::text,raw_ref"
        });
    TABLES.put(
        "swing_ticks",
        new String[] {
          "provider,market,trade_date,symbol,event_time,receive_time,last_price,bid_price,"
              + "ask_price,bid_size,ask_size,acc_volume,acc_value,open,high,low,prev_close,"
              + "quality_flag,mitigation_level,session_id,schema_version,raw_ref",
          BY_REF
        });
    TABLES.put("swing_bars_10m", new String[] {BAR, BY_BAR});
    TABLES.put("swing_bars_1h", new String[] {BAR, BY_BAR});
    TABLES.put(
        "eod_prices",
        new String[] {
          "provider,market,trade_date,symbol,open,high,low,close,volume,prev_close,quality_flag,"
              + "mitigation_level,session_id,schema_version,event_time,receive_time,raw_ref",
          "market,symbol"
        });
    TABLES.put(
        "portfolio_daily_bars", new String[] {BAR.replace("bar_time,", ""), "market,symbol"});
  }

  private Export() {}

  /**
   * Writes {@code <folder>/<provider>/<day>/<table>.csv} and {@code .parquet}.
   *
   * @return the SHA-256 of each CSV file, by its name below the folder
   */
  public static Map<String, String> write(
      Database database, String provider, LocalDate day, Path folder) throws IOException {
    Path into = folder.resolve(provider).resolve(DateTimeFormatter.BASIC_ISO_DATE.format(day));
    Files.createDirectories(into);
    Map<String, String> sums = new LinkedHashMap<>();
    try {
      Connection db = database.connection();
      db.setAutoCommit(false);
      try (Statement s = db.createStatement()) {
        s.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        for (Map.Entry<String, String[]> table : TABLES.entrySet()) {
          Path file = into.resolve(table.getKey() + ".csv");
          String rows = rows(table.getKey(), table.getValue()[1], provider, day);
          sums.put(
              folder.relativize(file).toString(),
              csv(db, plain(db, table.getKey(), table.getValue()[0]), rows, file));
          parquet(db, table.getValue()[0], rows, into.resolve(table.getKey() + ".parquet"));
        }
      } finally {
        db.rollback();
        db.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw Trouble.of(e, database.words());
    }
    return sums;
  }

  private static String rows(String table, String order, String provider, LocalDate day) {
    return String.format(
        Locale.ROOT,
        " FROM %s WHERE provider='%s' AND trade_date='%s' ORDER BY %s",
        table,
        provider,
        day,
        // "C": bytes do not depend on the locale of the server.
        order.replaceAll("\\b(market|symbol|scope|reason)\\b", "$1 COLLATE \"C\""));
  }

  private static String plain(Connection db, String table, String columns) throws SQLException {
    StringBuilder all = new StringBuilder();
    for (String column : columns.split(",", -1)) {
      all.append(all.length() > 0 ? "," : "").append(text(db, table, column));
    }
    return all.toString();
  }

  private static String text(Connection db, String table, String column) throws SQLException {
    try (Statement s = db.createStatement();
        ResultSet r =
            s.executeQuery(
                "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid='"
                    + table
                    + "'::regclass AND attname='"
                    + column
                    + "'")) {
      r.next();
      return switch (r.getString(1)) {
        case "numeric" -> "trim_scale(" + column + ") AS " + column;
        case "timestamp with time zone" ->
            "to_char("
                + column
                + " AT TIME ZONE 'UTC','YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') AS "
                + column;
        default -> column;
      };
    }
  }

  /** Beside its name and then renamed: a file that is there is whole. */
  private static String csv(Connection db, String columns, String rows, Path file)
      throws SQLException, IOException {
    MessageDigest sha = Sha256.start();
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (OutputStream out =
        new DigestOutputStream(
            new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16), sha)) {
      db.unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (SELECT " + columns + rows + ") TO STDOUT (FORMAT csv, HEADER true)", out);
    }
    rename(draft, file);
    return Sha256.of(sha);
  }

  /** By a cursor: the rows of a day do not fit into memory. */
  private static void parquet(Connection db, String columns, String rows, Path file)
      throws SQLException, IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (Statement s = db.createStatement()) {
      s.setFetchSize(ROWS_A_FETCH);
      try (ResultSet all = s.executeQuery("SELECT " + columns + rows)) {
        ParquetFile.write(all, draft);
      }
    }
    rename(draft, file);
  }

  private static void rename(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
