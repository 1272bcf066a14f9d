package io.stockobserver.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.PackageBook.Known;
import io.stockobserver.archive.Verification.Findings;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's {@code retention_deleted} events excuse: a raw file may be missing when such an
 * event names its day's package, that package lists it, and the receipt that the event names is
 * there and proves that somebody has read all of it back. Looks into the events only when a file is
 * missing. Thread-safe.
 */
final class Forgotten {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Lane> RAW = List.of(Lane.SWING, Lane.SCALP, Lane.TAPE, Lane.SET_ASIDE);

  private final Path root;
  private final String provider;
  private final PackageBook book;
  private @Nullable Map<PackageId, JsonNode> events;
  private final Map<LocalDate, Day> days = new HashMap<>();
  private final TreeMap<String, Long> excused = new TreeMap<>();
  private final TreeMap<String, String> refused = new TreeMap<>();

  Forgotten(Path root, String provider, PackageBook book) {
    this.root = root;
    this.provider = provider;
    this.book = book;
  }

  /** What was proven elsewhere of a day: checksums by path. */
  private record Day(String words, Map<String, String> files) {}

  /** Whether an event says that the files of this package, or of a later of its day, are gone. */
  synchronized boolean isForgotten(PackageId id) {
    return events().keySet().stream()
        .anyMatch(gone -> gone.date().equals(id.date()) && gone.version() >= id.version());
  }

  /** Whether this file may be missing. */
  synchronized boolean excuses(ManifestEntry entry) {
    boolean raw =
        RAW.stream()
            .anyMatch(lane -> entry.path().startsWith(lane.folder() + "/" + provider + "/"));
    Optional<LocalDate> date = Places.dayIn(entry.path());
    if (!raw || date.isEmpty()) {
      return false;
    }
    Day day = days.get(date.get());
    if (day == null) {
      days.clear(); // days are asked about one after the other
      day = day(date.get());
      days.put(date.get(), day);
    }
    if (!entry.sha256().equals(day.files().get(entry.path()))) {
      return false;
    }
    excused.merge(day.words(), 1L, Long::sum);
    return true;
  }

  private Day day(LocalDate date) {
    for (Known known : book.of(date)) {
      JsonNode event = events().get(known.id());
      String why = event == null ? "" : refusal(known, event);
      if (event == null || !why.isEmpty()) {
        if (!why.isEmpty()) {
          refused.put(known.path("package.json"), why);
        }
        continue;
      }
      try {
        Map<String, String> files = new HashMap<>();
        for (PackageFile file : book.manifest(known).files()) {
          files.put(file.path(), file.sha256());
        }
        return new Day(known.id() + " " + event.path("receipt").asText(), files);
      } catch (IOException changed) {
        refused.put(known.path("package.json"), String.valueOf(changed.getMessage()));
      }
    }
    return new Day("", Map.of());
  }

  /** Why the event excuses nothing; empty when it does. */
  private String refusal(Known known, JsonNode event) {
    String begin = "retention_deleted names it, and ";
    if (!known.sound()) {
      return begin + "it is not whole";
    }
    if (!known.complete()) {
      return begin + "it is not complete: the day had not ended";
    }
    if (!known.sha256().equals(event.path("package_sha256").asText())) {
      return begin + "means another: its checksum is not the one of the event";
    }
    String path = event.path("receipt").asText();
    if (!PackageFile.isBelow(path)) {
      return begin + "no receipt";
    }
    try {
      Receipt receipt = Receipt.parse(Files.readAllBytes(root.resolve(path)));
      boolean ofIt =
          receipt.id().equals(known.id()) && receipt.packageSha256().equals(known.sha256());
      if (!ofIt) {
        return begin + "a receipt of something else, " + path;
      }
      return receipt.proves() ? "" : begin + "a receipt that proves nothing, " + path;
    } catch (IOException unreadable) {
      return begin + "a receipt that is missing or damaged, " + path;
    }
  }

  private Map<PackageId, JsonNode> events() {
    Map<PackageId, JsonNode> known = events;
    if (known == null) {
      known = new HashMap<>();
      String folder = Lane.EVENTS.folder() + "/" + provider;
      TreeSet<String> names = new TreeSet<>();
      try {
        for (String name : TapeDays.names(root.resolve(folder))) {
          names.add(name.endsWith(".zst") ? Verification.strip(name) : name);
        }
      } catch (IOException unreadable) {
        names.clear(); // the seals tell of it
      }
      for (String name : names) {
        read(folder + "/" + name, known);
      }
      events = known;
    }
    return known;
  }

  private void read(String path, Map<PackageId, JsonNode> into) {
    try (SegmentReader reader = SegmentReader.open(root, path)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        byte[] bytes = line.get().bytes();
        if (new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
            .startsWith("{\"event_type\":\"retention_deleted\"")) {
          JsonNode event = JSON.readTree(bytes);
          into.put(PackageId.parse(event.path("package").asText()), event);
        }
      }
    } catch (IOException | IllegalArgumentException damaged) {
      // The seals tell of it; what cannot be read excuses nothing.
    }
  }

  /** Tells what was excused, and why not. */
  synchronized void tell(Findings findings) {
    excused.forEach(
        (words, files) -> {
          String id = words.substring(0, words.indexOf(' '));
          findings.note(
              Problem.of(
                  "package/" + id + "/package.json",
                  "forgotten",
                  "%d files of the day were deleted after a backup had proven to have them (%s)"
                      .formatted(files, words.substring(words.indexOf(' ') + 1))));
        });
    refused.forEach((path, why) -> findings.problem(Problem.of(path, "forgotten", why)));
  }
}
