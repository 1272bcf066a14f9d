package io.stockobserver.route.http;

import java.time.LocalDate;
import java.util.Map;

/**
 * What a command on this machine may ask of the observer that runs here, because it has the
 * archive. Answers are what becomes JSON. Thread-safe; may take minutes.
 */
public interface Control {
  /**
   * Freezes a day.
   *
   * @throws IllegalArgumentException when the provider is not observed here
   */
  Map<String, Object> packageDay(String provider, LocalDate day) throws Exception;

  /**
   * Forgets what may be forgotten.
   *
   * @param dryRun whether it is only told
   */
  Map<String, Object> retention(boolean dryRun) throws Exception;

  /**
   * Writes down that a day could not be loaded into the trading database.
   *
   * @param exit of the command that tried
   * @param detail one line
   * @throws IllegalArgumentException when the provider is not observed here
   */
  Map<String, Object> loadFailed(String provider, LocalDate day, int exit, String detail);
}
