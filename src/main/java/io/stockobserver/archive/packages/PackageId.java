package io.stockobserver.archive.packages;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which package: a provider's day, frozen for the n-th time.
 *
 * @param version 1 is the evening's, 2 the ended day's, more with late evidence
 */
public record PackageId(String provider, LocalDate date, int version)
    implements Comparable<PackageId> {
  /** A day as names of files and folders have it: {@code YYYYMMDD}. */
  public static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd");

  private static final Pattern WORDS =
      Pattern.compile("([a-z0-9][a-z0-9_-]*)/(\\d{8})/([1-9]\\d{0,5})");
  private static final Comparator<PackageId> ORDER =
      Comparator.comparing(PackageId::provider)
          .thenComparing(PackageId::date)
          .thenComparing(PackageId::version);

  /** Refuses a version below 1 and what is no folder name. */
  public PackageId {
    if (!WORDS.matcher(words(provider, date, version)).matches()) {
      throw new IllegalArgumentException(
          "no package: " + words(provider, date, version) + "; write PROVIDER/YYYYMMDD/VERSION");
    }
  }

  /**
   * Reads {@code kis/20261120/2}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static PackageId parse(String words) {
    Matcher match = WORDS.matcher(words);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "no package: " + words + "; write PROVIDER/YYYYMMDD/VERSION");
    }
    try {
      return new PackageId(
          match.group(1), LocalDate.parse(match.group(2), DAY), Integer.parseInt(match.group(3)));
    } catch (DateTimeException noDay) {
      throw new IllegalArgumentException("no package: " + words + " has no such day", noDay);
    }
  }

  private static String words(String provider, LocalDate date, int version) {
    return provider + "/" + DAY.format(date) + "/" + version;
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return words(provider, date, version);
  }

  /** Its folder below the archive's root. */
  public String folder() {
    return "package/" + this;
  }

  /** Its signed table of contents, below the archive's root. */
  public String manifest() {
    return folder() + "/package.json";
  }

  /** Where receipts for it are, below the archive's root. */
  public String receipts() {
    return "receipt/" + this;
  }

  @Override
  public int compareTo(PackageId other) {
    return ORDER.compare(this, other);
  }
}
