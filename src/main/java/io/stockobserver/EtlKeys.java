package io.stockobserver;

import io.stockobserver.etl.DatabaseAddress;
import io.stockobserver.etl.LoadReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys {@code etl.*} and where the database's user and password come from. */
public final class EtlKeys {
  private EtlKeys() {}

  /** Reads them; the password comes from the environment, or a file that it names. */
  public static DatabaseAddress read(Settings s, Map<String, String> environment) {
    Credentials secrets = new Credentials(environment);
    return new DatabaseAddress(
        s.text("etl.db.url"),
        given("ETL_DB_USER", environment, secrets),
        given("ETL_DB_PASSWORD", environment, secrets),
        s.span("etl.db.lock-wait", Duration.ofSeconds(1), Duration.ofHours(1)),
        s.span("etl.db.answer-wait", Duration.ofSeconds(10), Duration.ofHours(24)));
  }

  /** How often days are loaded by themselves; zero for never. Checks the other keys too. */
  static Duration every(Settings s) {
    read(s, Map.of());
    keepDays(s);
    reportEvery(s);
    return s.spanOrNever("etl.every", Duration.ofSeconds(1), Duration.ofDays(1));
  }

  /**
   * What a route asks the database, and how often; without a database never.
   *
   * @throws Settings.SettingsException when it is to be asked and nobody says where it is
   */
  static LoadReport report(Settings s, Map<String, String> environment, InstantSource clock) {
    Duration every = reportEvery(s);
    // Who is not asked needs no password.
    return new LoadReport(read(s, every.isZero() ? Map.of() : environment), every, clock);
  }

  private static Duration reportEvery(Settings s) {
    String key = "etl.report.every";
    Duration every = s.spanOrNever(key, Duration.ofSeconds(1), Duration.ofDays(1));
    if (!every.isZero() && s.text("etl.db.url").isEmpty()) {
      throw new Settings.SettingsException(
          key
              + " = "
              + s.text(key)
              + " asks a database that runs all the time; name one in etl.db.url, or write 0s");
    }
    return every;
  }

  /** How many days before the archive's newest one the database keeps at least. */
  public static int keepDays(Settings s) {
    Duration keep = s.span("etl.keep", Duration.ofDays(1), Duration.ofDays(3650));
    return Math.toIntExact(keep.toDays());
  }

  private static @Nullable String given(
      String name, Map<String, String> environment, Credentials secrets) {
    boolean any = environment.containsKey(name) || environment.containsKey(name + "_FILE");
    return any ? secrets.secret(name, "set one of them, or neither") : null;
  }
}
