package io.stockobserver.etl;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A DuckDB in memory: reads an export as its users do, with no code of ours. */
final class Duck implements AutoCloseable {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private final Connection connection;

  Duck() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** The columns' names, then the rows, each value as the export's CSV would have it. */
  List<List<String>> table(String sql) throws SQLException {
    return Table.of(connection, sql, (row, column) -> text(row.getObject(column)));
  }

  private static String text(Object value) throws SQLException {
    if (value instanceof BigDecimal figure) {
      return figure.signum() == 0 ? "0" : figure.stripTrailingZeros().toPlainString();
    }
    if (value instanceof OffsetDateTime at) {
      Instant instant = at.toInstant();
      // Nothing may hide behind the milliseconds that the CSV shows.
      boolean whole = instant.truncatedTo(ChronoUnit.MILLIS).equals(instant);
      return whole ? MILLIS.format(instant) : instant.toString();
    }
    if (value instanceof Double share) {
      return share == Math.rint(share) ? String.valueOf(share.longValue()) : share.toString();
    }
    if (value instanceof Array list) {
      List<String> words = new ArrayList<>();
      for (Object one : (Object[]) list.getArray()) {
        words.add(String.valueOf(one));
      }
      return '{' + String.join(",", words) + '}';
    }
    return value == null ? "(null)" : value.toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
