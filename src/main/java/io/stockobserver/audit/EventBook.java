package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.SegmentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All events that describe a day, in the order of their files: {@code YYYYMMDD.jsonl}, then {@code
 * .2}, {@code .3} and so on. A torn end is no event; damaged lines are counted by nobody here, the
 * seals tell of them.
 */
final class EventBook {
  static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventBook() {}

  static List<Told> of(Path root, String provider, LocalDate day) throws IOException {
    List<Told> all = new ArrayList<>();
    for (String path : files(root, "system/events/" + provider, DAY.format(day))) {
      try (SegmentReader reader = SegmentReader.open(root, path)) {
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          add(line.get(), path, all);
        }
      }
    }
    return all;
  }

  private static void add(SegmentReader.Line line, String path, List<Told> all) {
    try {
      JsonNode json = JSON.readTree(line.bytes());
      Long at = Told.millis(json.path("timestamp"));
      if (json.isObject() && at != null) {
        all.add(
            new Told(
                json.path("event_type").asText(),
                at,
                json.path("provider").asText(),
                json.path("market").asText(),
                json.path("session_id").asText(),
                json,
                path + ':' + line.number()));
      }
    } catch (IOException damaged) {
      // Verification counts it.
    }
  }

  /** A day's numbered files below a folder by their uncompressed names, in the order of writing. */
  static List<String> files(Path root, String folder, String stem) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(stem) + "(?:\\.(\\d+))?\\.jsonl(?:\\.zst)?");
    TreeMap<Integer, String> found = new TreeMap<>();
    for (String file : names(root, folder)) {
      Matcher m = name.matcher(file);
      if (m.matches()) {
        int nth = m.group(1) == null ? 1 : Integer.parseInt(m.group(1));
        found.put(nth, folder + '/' + plain(file));
      }
    }
    return List.copyOf(found.values());
  }

  /** The names in a folder, in order; none when it is not there. */
  static List<String> names(Path root, String folder) throws IOException {
    Path there = root.resolve(folder);
    if (!Files.isDirectory(there)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(there)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  static String plain(String name) {
    return name.endsWith(".zst") ? name.substring(0, name.length() - 4) : name;
  }
}
