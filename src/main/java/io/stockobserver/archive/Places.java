package io.stockobserver.archive;

import io.stockobserver.archive.packages.PackageId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files and the instants that they stand for, in the market's zone (docs/archive-format.md
 * §1). Right where daylight saving repeats or skips an hour, because every end is computed as the
 * instant at which the next local name begins.
 */
final class Places {
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH_mm_ss");
  private static final Pattern EIGHT_DIGITS = Pattern.compile("(?<!\\d)(\\d{8})(?!\\d)");
  private static final Pattern HOUR_FILE = Pattern.compile("(\\d{8})/(\\d\\d)_00\\.jsonl");
  private static final Pattern SECOND_FILE =
      Pattern.compile("(\\d{8})/(\\d\\d)_(\\d\\d)_(\\d\\d)\\.jsonl");
  private static final Pattern DAY_FILE =
      Pattern.compile("(\\d{8})(?:_overflow)?(?:\\.(\\d+))?\\.jsonl");

  private final String provider;
  private final String market;
  private final ZoneId zone;

  Places(String provider, String market, ZoneId zone) {
    this.provider = provider;
    this.market = market;
    this.zone = zone;
  }

  /** One file's name and the time that it covers. */
  record Place(Lane lane, String path, LocalDate day, Instant start, Instant end) {}

  LocalDate day(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  Instant startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** A lane's folder with provider and market. */
  String folder(Lane lane) {
    return lane.folder() + "/" + provider + (lane.byMarket() ? "/" + market : "");
  }

  Place hour(Lane lane, Instant at) {
    ZonedDateTime local = at.atZone(zone);
    return hour(lane, local.toLocalDate(), local.getHour());
  }

  private Place hour(Lane lane, LocalDate day, int hour) {
    String path = "%s/%s/%02d_00.jsonl".formatted(folder(lane), PackageId.DAY.format(day), hour);
    Instant start = day.atTime(hour, 0).atZone(zone).toInstant();
    Instant end = day.atTime(hour, 0).plusHours(1).atZone(zone).toInstant();
    return new Place(lane, path, day, start, end);
  }

  /** The n-th file of a day; the first has no number in its name. */
  Place day(Lane lane, LocalDate day, int nth) {
    String path =
        folder(lane)
            + "/"
            + PackageId.DAY.format(day)
            + (lane == Lane.OVERFLOW ? "_overflow" : "")
            + (nth > 1 ? "." + nth : "")
            + ".jsonl";
    return new Place(lane, path, day, startOf(day), startOf(day.plusDays(1)));
  }

  /** A file named by the second of {@code start}, moved on by {@code seconds} within its day. */
  Place second(Lane lane, Instant start, Instant end, int seconds) {
    ZonedDateTime local = start.atZone(zone);
    LocalTime name = local.toLocalTime().plusSeconds(seconds);
    String path =
        folder(lane)
            + "/"
            + PackageId.DAY.format(local.toLocalDate())
            + "/"
            + SECOND.format(name)
            + ".jsonl";
    return new Place(lane, path, local.toLocalDate(), start, end);
  }

  /** The last grid instant, counted from local midnight, that is not after {@code at}. */
  Instant gridStart(Instant at, Duration every) {
    Instant midnight = startOf(day(at));
    long steps = Duration.between(midnight, at).toSeconds() / every.toSeconds();
    return midnight.plus(every.multipliedBy(steps));
  }

  /** The next grid instant after {@code at}; local midnight always is one. */
  Instant gridEnd(Instant at, Duration every) {
    Instant next = gridStart(at, every).plus(every);
    Instant midnight = startOf(day(at).plusDays(1));
    return next.isBefore(midnight) ? next : midnight;
  }

  /** What an uncompressed name in this lane means; empty when it is none of ours. */
  Optional<Place> parse(Lane lane, String path) {
    if (!path.startsWith(folder(lane) + "/")) {
      return Optional.empty();
    }
    String name = path.substring(folder(lane).length() + 1);
    try {
      return switch (lane.naming()) {
        case HOUR -> match(HOUR_FILE, name).map(m -> hour(lane, date(m), number(m, 2)));
        case DAY ->
            match(DAY_FILE, name)
                .map(m -> day(lane, date(m), m.group(2) == null ? 1 : number(m, 2)))
                .filter(place -> place.path().equals(path));
        case SECOND -> match(SECOND_FILE, name).map(m -> atSecond(lane, path, m));
      };
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private Place atSecond(Lane lane, String path, Matcher m) {
    LocalTime time = LocalTime.of(number(m, 2), number(m, 3), number(m, 4));
    Instant start = date(m).atTime(time).atZone(zone).toInstant();
    return new Place(lane, path, date(m), start, start);
  }

  /** The day that a name speaks of: its last run of exactly eight digits. */
  static Optional<LocalDate> dayIn(String path) {
    Optional<LocalDate> found = Optional.empty();
    Matcher digits = EIGHT_DIGITS.matcher(path);
    while (digits.find()) {
      found = date(digits.group(1));
    }
    return found;
  }

  private static Optional<LocalDate> date(String digits) {
    try {
      return Optional.of(LocalDate.parse(digits, PackageId.DAY));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Optional<Matcher> match(Pattern pattern, String name) {
    Matcher matcher = pattern.matcher(name);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  private static LocalDate date(Matcher m) {
    return LocalDate.parse(m.group(1), PackageId.DAY);
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }
}
