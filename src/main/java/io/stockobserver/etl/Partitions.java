package io.stockobserver.etl;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A table for each provider's day below every large table: {@code scalp_ticks_kis_20261120}. A day
 * that is new is filled before it becomes a partition, because its indexes are cheaper to build
 * than to keep up.
 */
final class Partitions {
  static final List<String> LARGE =
      List.of(
          "scalp_ticks",
          "scalp_1m_bars",
          "scalp_5m_bars",
          "swing_ticks",
          "swing_bars_10m",
          "swing_bars_1h");

  private final Connection db;
  private final String provider;
  private final LocalDate day;

  Partitions(Connection db, String provider, LocalDate day) {
    this.db = db;
    this.provider = provider;
    this.day = day;
    if (!provider.matches("[a-z][a-z0-9_]{0,19}")) {
      throw new EtlException("\"" + provider + "\" is no provider's name");
    }
  }

  String name(String table) {
    return ofProvider(table) + '_' + DateTimeFormatter.BASIC_ISO_DATE.format(day);
  }

  private String ofProvider(String table) {
    return table + '_' + provider;
  }

  boolean exists(String table) throws SQLException {
    return isThere(name(table));
  }

  private boolean isThere(String name) throws SQLException {
    try (Statement s = db.createStatement();
        ResultSet r = s.executeQuery("SELECT to_regclass('" + name + "') IS NOT NULL")) {
      r.next();
      return r.getBoolean(1);
    }
  }

  /** The tables between a large table and its days; in a transaction of its own, they stay. */
  void provider() throws SQLException {
    try (Statement s = db.createStatement()) {
      for (String table : LARGE) {
        if (!isThere(ofProvider(table))) {
          s.execute(
              String.format(
                  Locale.ROOT,
                  "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES IN ('%s')"
                      + " PARTITION BY LIST (trade_date)",
                  ofProvider(table),
                  table,
                  provider));
        }
      }
    }
  }

  /** A table for the day that nobody sees yet and that has no index. */
  void begin(String table) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.execute(
          String.format(
              Locale.ROOT,
              "CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS, CONSTRAINT one_day CHECK"
                  + " (provider = '%s' AND trade_date = DATE '%s'))",
              name(table),
              table,
              provider,
              day));
    }
  }

  /** Builds the indexes and makes it one of the table's partitions. */
  void attach(String table) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.execute("SET LOCAL maintenance_work_mem = '128MB'");
      s.execute(
          String.format(
              Locale.ROOT,
              "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES IN ('%s')",
              ofProvider(table),
              name(table),
              day));
      s.execute("ALTER TABLE " + name(table) + " DROP CONSTRAINT one_day");
    }
  }

  /** The day's tables for what is derived. */
  void derived() throws SQLException {
    for (String table : LARGE) {
      if (!exists(table)) {
        begin(table);
        attach(table);
      }
    }
  }

  /** Drops the day's tables. */
  void drop() throws SQLException {
    try (Statement s = db.createStatement()) {
      for (String table : LARGE) {
        s.execute("DROP TABLE IF EXISTS " + name(table));
      }
    }
  }
}
