package io.stockobserver.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of every command that looks at one day of some providers. */
final class AskedDay {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final String LATEST = "latest";
  private static final String TODAY = "today";
  private static final String ALLOWED = "YYYYMMDD, today or latest";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DAY",
      defaultValue = LATEST,
      description = "YYYYMMDD, today, or latest, the archive's newest day (the default).")
  private String day = LATEST;

  @Option(
      names = "--provider",
      paramLabel = "P",
      description =
          "Only this provider; may be given again (default: every one that has something of the"
              + " day).")
  private List<String> providers = List.of();

  /** Says which day is the newest. */
  interface Newest {
    LocalDate get() throws IOException;
  }

  /** Those that were named; none for all. */
  List<String> providers() {
    return providers;
  }

  /** Whether this provider is meant: it was named, or none was. */
  boolean wants(String provider) {
    return providers.isEmpty() || providers.contains(provider);
  }

  /** Whether the newest day is asked for. */
  boolean isLatest() {
    return day.equals(LATEST);
  }

  /** The day that was named by its date; null for a word. */
  @Nullable LocalDate byDate() {
    return isLatest() || day.equals(TODAY) ? null : Days.parse(day, spec, ALLOWED);
  }

  /**
   * The day that was asked for; null for the newest.
   *
   * @param now for {@code today}, which is Seoul's
   */
  @Nullable LocalDate named(Instant now) {
    return day.equals(TODAY) ? now.atZone(SEOUL).toLocalDate() : byDate();
  }

  /** The same, the newest too. */
  LocalDate date(Instant now, Newest newest) throws IOException {
    LocalDate named = named(now);
    return named == null ? newest.get() : named;
  }
}
