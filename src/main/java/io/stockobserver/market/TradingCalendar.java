package io.stockobserver.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a market opens. Read from {@code config/calendar/<market>.json}, which a person keeps, and
 * from the dated evidence beside it, {@code <market>-YYYYMMDD.json}, which the venue gave; the
 * person's word wins, then the newest evidence, then the weekend, then the range that the person
 * has checked. What nobody knows counts as open. Immutable.
 */
public final class TradingCalendar {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String market;
  private final ZoneId zone;
  private final LocalTime opens;
  private final LocalTime closes;
  private final boolean weekends;
  private final @Nullable LocalDate knownFrom;
  private final @Nullable LocalDate knownTo;
  private final Map<LocalDate, Day> days;

  private record Day(
      boolean open, @Nullable LocalTime opens, @Nullable LocalTime closes, String source) {}

  private TradingCalendar(JsonNode file, Map<LocalDate, Day> evidence) {
    this.market = file.path("market").asText();
    this.zone = ZoneId.of(file.path("zone").asText());
    this.opens = LocalTime.parse(file.path("opens").asText());
    this.closes = LocalTime.parse(file.path("closes").asText());
    this.weekends = file.path("weekends").asBoolean(false);
    this.knownFrom = date(file.get("known_from"));
    this.knownTo = date(file.get("known_to"));
    this.days = new TreeMap<>(evidence);
    for (JsonNode day : file.path("days")) {
      days.put(
          LocalDate.parse(day.path("date").asText()),
          new Day(
              day.path("open").asBoolean(true),
              time(day.get("opens")),
              time(day.get("closes")),
              "calendar: " + day.path("why").asText()));
    }
  }

  /**
   * Reads {@code folder/<market>.json} and the dated evidence beside it and in {@code evidence}.
   *
   * @throws IOException naming the file that cannot be read, and why
   */
  public static TradingCalendar read(Path folder, @Nullable Path evidence, String market)
      throws IOException {
    Map<LocalDate, Day> days = new TreeMap<>();
    List<Path> files = new ArrayList<>(dated(folder, market));
    if (evidence != null && !evidence.equals(folder)) {
      files.addAll(dated(evidence, market));
    }
    files.sort((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
    for (Path file : files) {
      try {
        for (JsonNode day : tree(file).path("days")) {
          days.put(
              LocalDate.parse(day.path("date").asText()),
              new Day(
                  day.path("open").asBoolean(true), null, null, "venue: " + file.getFileName()));
        }
      } catch (DateTimeException e) {
        throw new IOException(file + ": " + e.getMessage() + "; mend or remove it", e);
      }
    }
    Path own = folder.resolve(market + ".json");
    try {
      TradingCalendar calendar = new TradingCalendar(tree(own), days);
      // Hours that cannot be are told now, and not on the day that they spoil.
      calendar.days.keySet().forEach(calendar::day);
      calendar.day(LocalDate.EPOCH);
      return calendar;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException(own + ": " + e.getMessage() + "; mend it", e);
    }
  }

  /** What is known of {@code date}. */
  public TradingDay day(LocalDate date) {
    Day said = days.get(date);
    boolean weekend =
        !weekends
            && (date.getDayOfWeek() == DayOfWeek.SATURDAY
                || date.getDayOfWeek() == DayOfWeek.SUNDAY);
    boolean checked =
        knownFrom != null && knownTo != null && !date.isBefore(knownFrom) && !date.isAfter(knownTo);
    boolean open = said != null ? said.open() : !weekend;
    String source =
        said != null
            ? said.source()
            : weekend ? "weekend" : checked ? "calendar" : "unknown, treated as open";
    LocalTime from = said != null && said.opens() != null ? said.opens() : opens;
    LocalTime to = said != null && said.closes() != null ? said.closes() : closes;
    var end = to.equals(LocalTime.MIDNIGHT) ? date.plusDays(1).atStartOfDay() : date.atTime(to);
    return new TradingDay(
        date,
        zone,
        open,
        said != null || weekend || checked,
        date.atTime(from).atZone(zone).toInstant(),
        end.atZone(zone).toInstant(),
        source);
  }

  /** The first day after {@code date} that opens, as far as is known. */
  public TradingDay next(LocalDate date) {
    TradingDay day = day(date.plusDays(1));
    while (!day.open()) {
      day = day(day.date().plusDays(1));
    }
    return day;
  }

  public ZoneId zone() {
    return zone;
  }

  public String market() {
    return market;
  }

  private static List<Path> dated(Path folder, String market) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(folder, market + "-[0-9]*.json")) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  private static JsonNode tree(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + ": not JSON at line " + e.getLocation().getLineNr() + "; mend or remove it", e);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": not there; the market's hours are kept in it", e);
    }
  }

  private static @Nullable LocalDate date(@Nullable JsonNode node) {
    return node == null ? null : LocalDate.parse(node.asText());
  }

  private static @Nullable LocalTime time(@Nullable JsonNode node) {
    return node == null ? null : LocalTime.parse(node.asText());
  }
}
