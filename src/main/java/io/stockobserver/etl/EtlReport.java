package io.stockobserver.etl;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did with one provider's day, and whether archive and database agree.
 *
 * @param loaded files that were loaded now, and of which how many replaced their rows
 * @param unchanged files that were in the database already
 * @param prefixes files that are not sealed yet and were taken as far as the manifest vouches
 * @param rows that were loaded now
 * @param tables how many rows each table has of the day
 * @param hashed whether the hashes were reckoned now; else only rows were counted
 */
public record EtlReport(
    String provider,
    LocalDate day,
    int loaded,
    int replaced,
    int unchanged,
    List<String> prefixes,
    long rows,
    Map<String, Long> tables,
    Side archive,
    Side database,
    int minutes,
    boolean hashed,
    List<Differs> differences,
    List<DeadLetter> deadLetters) {

  /** What one side says: rows, and the order-independent sum of their hashes. */
  public record Side(long rows, String hash) {}

  /**
   * A minute of a file of which both sides say different things.
   *
   * @param minute null where only rows were counted
   */
  public record Differs(
      String path, @Nullable Instant minute, long archiveRows, long databaseRows) {}

  /**
   * A file that is not in the database, and why.
   *
   * @param line from 1; 0 for the file as a whole
   */
  public record DeadLetter(String path, long line, String reason) {}

  /** Copies the lists. */
  public EtlReport {
    prefixes = List.copyOf(prefixes);
    tables = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(tables));
    differences = List.copyOf(differences);
    deadLetters = List.copyOf(deadLetters);
  }

  /** Whether everything is in and both sides agree. */
  public boolean ok() {
    return differences.isEmpty() && deadLetters.isEmpty();
  }
}
