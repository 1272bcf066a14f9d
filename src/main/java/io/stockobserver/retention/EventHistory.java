package io.stockobserver.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a provider's events tell of days that were forgotten and brought back, of refusals, and of
 * the clock. Read once, from the disk: what is not there was not told.
 */
final class EventHistory {
  private static final Pattern NAME = Pattern.compile("(\\d{8})(?:\\.(\\d+))?\\.jsonl(?:\\.zst)?");
  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":\"([^\"]{20,40})\"");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Days of events whose instants are looked at. */
  private static final int RECENT = 3;

  private static final Duration DAY = Duration.ofDays(1);

  private final ZoneId zone;
  private final Map<String, Instant> deleted = new HashMap<>();
  private final Map<String, Instant> restored = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> notLoaded = new HashSet<>();
  private final List<Instant> instants = new ArrayList<>();
  private final List<Instant> leaps = new ArrayList<>();

  private EventHistory(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * Reads the events from a day on.
   *
   * @param from no day before it can have been told as deleted that is asked about
   */
  static EventHistory read(Path root, String provider, LocalDate from, ZoneId zone)
      throws IOException {
    EventHistory history = new EventHistory(zone);
    TreeMap<LocalDate, TreeMap<Integer, Path>> days = new TreeMap<>();
    for (Path file : RawFiles.children(root.resolve("system/events").resolve(provider))) {
      Matcher match = NAME.matcher(file.getFileName().toString());
      if (match.matches()) {
        int nth = match.group(2) == null ? 1 : Integer.parseInt(match.group(2));
        days.computeIfAbsent(
                LocalDate.parse(match.group(1), PackageId.DAY), unseen -> new TreeMap<>())
            .putIfAbsent(nth, file);
      }
    }
    int recent = days.size() - RECENT;
    int nth = 0;
    for (Map.Entry<LocalDate, TreeMap<Integer, Path>> day : days.entrySet()) {
      boolean clock = nth++ >= recent;
      if (clock || !day.getKey().isBefore(from)) {
        for (Path file : day.getValue().values()) {
          history.read(file, clock);
        }
      }
    }
    history.instants.sort(null);
    return history;
  }

  private void read(Path file, boolean clock) throws IOException {
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        String text = new String(line.get().bytes(), UTF_8);
        if (clock) {
          Matcher at = TIMESTAMP.matcher(text);
          if (at.find()) {
            instant(at.group(1)).ifPresent(instants::add);
          }
        }
        if (text.contains("\"retention_")
            || text.contains("\"day_restored\"")
            || text.contains("\"anomaly_marked\"")
            || text.contains("\"etl_failed\"")
            || text.contains("\"clock_step\"")) {
          event(text);
        }
      }
    }
  }

  private void event(String text) {
    JsonNode event;
    try {
      event = JSON.readTree(text);
    } catch (JacksonException damaged) {
      return; // a damaged line tells nothing
    }
    Optional<Instant> at = instant(event.path("timestamp").asText());
    if (at.isEmpty()) {
      return;
    }
    String day = event.path("day").asText();
    String reason = event.path("reason").asText();
    switch (event.path("event_type").asText()) {
      case "retention_deleted" -> deleted.merge(day, at.get(), EventHistory::later);
      case "day_restored" -> restored.merge(day, at.get(), EventHistory::later);
      case "retention_refused" -> told.add(key(at.get(), day, reason));
      case "etl_failed" -> notLoaded.add(day);
      case "anomaly_marked" -> told.add(key(at.get(), "", reason));
      case "clock_step" -> {
        if (event.path("step_ms").asLong() > DAY.toMillis()) {
          leaps.add(at.get());
        }
      }
      default -> {}
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException wrong) {
      return Optional.empty();
    }
  }

  private String key(Instant at, String day, String reason) {
    return at.atZone(zone).toLocalDate() + " " + day + " " + reason;
  }

  /** Whether the last word about a day is that it was deleted. */
  boolean isDeleted(LocalDate day) {
    Instant gone = deleted.get(day.format(PackageId.DAY));
    Instant back = restored.get(day.format(PackageId.DAY));
    return gone != null && (back == null || back.isBefore(gone));
  }

  /** Whether it was told that a day could not be loaded into the trading database. */
  boolean isNotLoaded(LocalDate day) {
    return notLoaded.contains(day.format(PackageId.DAY));
  }

  /** When a day was brought back, if that is the last word about it. */
  Optional<Instant> restored(LocalDate day) {
    return isDeleted(day)
        ? Optional.empty()
        : Optional.ofNullable(restored.get(day.format(PackageId.DAY)));
  }

  /** Whether this refusal was told on this very day of the market already. */
  boolean isRefused(Instant now, LocalDate day, String reason) {
    return told.contains(key(now, day.format(PackageId.DAY), reason));
  }

  /** Whether this mark was set on this very day of the market already. */
  boolean isMarked(Instant now, String reason) {
    return told.contains(key(now, "", reason));
  }

  /**
   * Why a clock is not to be believed: it is more than a day ahead of the archive's last word, or
   * within the last day it leapt, by more than a day while the observer looked, or by more than
   * {@code longest} while nobody did. Days would look older than they are.
   */
  Optional<String> clockTrouble(Instant now, Duration longest) {
    List<Instant> until = instants.stream().filter(at -> !at.isAfter(now)).toList();
    if (until.isEmpty()) {
      return Optional.of("no event tells that this clock is right");
    }
    Instant last = until.get(until.size() - 1);
    Instant yesterday = now.minus(DAY);
    if (last.isBefore(yesterday)) {
      return Optional.of(
          "the archive's last word is of %s: the clock leapt ahead, or nobody has recorded since"
              .formatted(last));
    }
    for (Instant leap : leaps) {
      if (leap.isAfter(yesterday) && !leap.isAfter(now)) {
        return Optional.of("the clock was set ahead by more than a day at " + leap);
      }
    }
    for (int i = until.size() - 1; i > 0 && until.get(i).isAfter(yesterday); i--) {
      if (Duration.between(until.get(i - 1), until.get(i)).compareTo(longest) > 0) {
        return Optional.of(
            "nothing was recorded between %s and %s: the clock may be ahead"
                .formatted(until.get(i - 1), until.get(i)));
      }
    }
    return Optional.empty();
  }
}
