package io.stockobserver.etl;

import io.stockobserver.health.Check;
import io.stockobserver.health.Health;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a route asks the trading database every so often: a line each of a table for a person, and
 * what is wrong as a check of health. The question is the route's. Its thread asks and answers,
 * others read the check.
 */
public final class LoadReport {
  private static final String NAME = "database";

  /** By then an answer has come or will not: connecting and answering are both bounded. */
  private static final Duration LONGEST = AskedDatabase.PATIENCE.multipliedBy(3);

  private final AskedDatabase database;
  private final Duration every;
  private final InstantSource clock;
  private Instant next = Instant.MIN;
  private volatile @Nullable Instant waitingSince;
  private volatile String wrong = "";
  private volatile boolean empty;

  /**
   * Of this database.
   *
   * @param every zero for never
   */
  public LoadReport(DatabaseAddress address, Duration every, InstantSource clock) {
    this.database = new AskedDatabase(address);
    this.every = every;
    this.clock = clock;
  }

  /** What the route calls: {@code loadReport} and {@code tradingDatabase}. */
  public Map<String, Object> beans() {
    return Map.of("loadReport", this, "tradingDatabase", database);
  }

  /**
   * Whether it is time to ask; if so, an answer is waited for from now on. A database in which
   * nothing was ever loaded is not asked: its tables come with the first load.
   */
  public boolean due() {
    Instant now = clock.instant();
    if (every.isZero() || now.isBefore(next)) {
      return false;
    }
    next = now.plus(every);
    empty = isEmpty();
    if (empty) {
      waitingSince = null;
    } else if (waitingSince == null) {
      waitingSince = now;
    }
    return !empty;
  }

  private boolean isEmpty() {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT to_regclass('etl_minutes') IS NULL")) {
      return r.next() && r.getBoolean(1);
    } catch (SQLException e) {
      return false; // the route's question meets the same, and the route tells it
    }
  }

  /**
   * Takes the answer. Rows whose column {@code alarm} is true make the check ill, counted by their
   * column {@code what}.
   *
   * @return the rows as CSV (RFC 4180) with a head line, instants in UTC; "" for no rows
   */
  public String take(List<Map<String, Object>> rows) {
    Map<String, Integer> ill = new TreeMap<>();
    StringBuilder csv = new StringBuilder();
    for (Map<String, Object> row : rows) {
      if (csv.isEmpty()) {
        csv.append(line(row.keySet().stream().toList()));
      }
      csv.append(line(row.values().stream().map(LoadReport::text).toList()));
      if (Boolean.TRUE.equals(row.get("alarm"))) {
        ill.merge(text(row.get("what")), 1, Integer::sum);
      }
    }
    wrong =
        ill.entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining(", "));
    waitingSince = null;
    return csv.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(LoadReport::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Timestamp at ? at.toInstant().toString() : value.toString();
  }

  /** How the database is; nothing where it is not asked. */
  public List<Check> checks() {
    if (every.isZero()) {
      return List.of();
    }
    Instant since = waitingSince;
    if (since != null && Duration.between(since, clock.instant()).compareTo(LONGEST) > 0) {
      return List.of(
          ill(
              "no answer since " + since.truncatedTo(ChronoUnit.SECONDS),
              "log/observer.log says why; what is recorded meanwhile is loaded when it is back"));
    }
    String found = wrong;
    if (empty) {
      return List.of(Check.well(NAME, "", "nothing was loaded yet"));
    }
    return List.of(
        found.isEmpty()
            ? Check.well(NAME, "", "nothing is wrong in what is loaded")
            : ill(found, "log/load_report.csv names each; docs/operating.md says what to do"));
  }

  private static Check ill(String detail, String remedy) {
    return new Check(NAME, "", Health.DEGRADED, detail, remedy);
  }
}
