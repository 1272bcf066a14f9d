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

  /** How this observer stands, venue by venue. */
  Map<String, Object> status();

  /** Every slot, and who sits in it. */
  Map<String, Object> slots();

  /** Every route, and how it stands. */
  Map<String, Object> routes();

  /**
   * Does something to a route or a room; what was done, or why not, in a sentence.
   *
   * @param act {@code stop}, {@code start}, {@code suspend}, {@code resume} or {@code drain}
   * @param actor who, for the evidence
   */
  Map<String, Object> route(String act, String name, String actor, String reason);

  /**
   * An operator's word about one symbol's place.
   *
   * @param act {@code pin}, {@code release} or {@code exclude}
   * @param provider empty for every one
   */
  Map<String, Object> slot(String act, String provider, String symbol, String actor, String reason);

  /**
   * Fixes the level of mitigation, or gives it back.
   *
   * @param level {@code 0} to {@code 2}, or {@code auto}
   * @param provider empty for every one
   */
  Map<String, Object> level(String level, String provider, String actor, String reason);
}
