package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.tape.TapeLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the archive's tests start from: a Korean archive at 09:29:50, driven by hand. */
final class Given {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  static final Instant START = Instant.parse("2026-11-20T00:29:50Z"); // 09:29:50 in Seoul
  static final Path NOWHERE = Path.of("nowhere");

  private Given() {}

  /** A clock that stands where it is put. */
  static final class HandClock implements InstantSource {
    private Instant now;

    HandClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void set(Instant to) {
      now = to;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  /** Nothing is forced by time: the tests decide when. */
  static ArchiveSettings settings(Path root) {
    return ArchiveSettings.of(root, "kis", "kr_stocks", SEOUL).withSync(Duration.ZERO);
  }

  static Draft frame(Instant at, String text) {
    return Draft.heard(at, 1, "kis-trade", text.getBytes(UTF_8));
  }

  static byte[] event(Instant at, String type) {
    return ("{\"event_type\":\"%s\",\"timestamp\":\"%s\",\"provider\":\"kis\",\"market\":\"kr_stocks\","
            + "\"session_id\":\"sess_20261120_092950\"}")
        .formatted(type, ManifestJson.instant(at))
        .getBytes(UTF_8);
  }

  static byte[] snapshot(Instant at, String symbol) {
    return "{\"symbol\":\"%s\",\"receive_time\":\"%s\"}"
        .formatted(symbol, ManifestJson.instant(at))
        .getBytes(UTF_8);
  }

  /** All files below the root, by name, without the lock. */
  static List<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.equals("observer.lock"))
          .sorted()
          .toList();
    }
  }

  /** The whole tape, in the order of the file names. */
  static List<Entry> tape(Path root) throws IOException {
    List<Entry> entries = new ArrayList<>();
    SortedSet<String> paths = new TreeSet<>();
    for (String name : files(root)) {
      if (name.startsWith("tape/") && !name.endsWith(".tmp")) {
        paths.add(name.replace(".zst", ""));
      }
    }
    for (String path : paths) {
      try (SegmentReader reader = SegmentReader.open(root, path)) {
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          entries.add(TapeLines.decode(line.get().bytes(), path, line.get().number()));
        }
      }
    }
    return entries;
  }
}
