package io.stockobserver.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stockobserver.archive.SegmentReader;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Goes through the snapshot lines of a track, one after the other, in memory that does not grow
 * with them. Of a line it reads the symbol and one instant and no further; whether the rest is as
 * it was written is the seals' business, but a line that does not end as an object is none.
 */
final class SampleLines {
  private static final JsonFactory JSON = new JsonFactory();

  /** What a line tells. */
  @FunctionalInterface
  interface Each {
    void line(String symbol, long at);
  }

  private final String instantKey;
  private String lastText = "";
  private long lastMillis;
  private long lines;

  /**
   * Lines by one of their instants.
   *
   * @param instantKey {@code sample_time} or {@code receive_time}
   */
  SampleLines(String instantKey) {
    this.instantKey = instantKey;
  }

  long lines() {
    return lines;
  }

  /**
   * Reads every file of a folder.
   *
   * @param read is told the bytes of each line
   */
  void read(Path root, String folder, Each each, LongConsumer read) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (String name : EventBook.names(root, folder)) {
      if (EventBook.plain(name).endsWith(".jsonl")) {
        names.add(EventBook.plain(name));
      }
    }
    List<String> gone = new ArrayList<>();
    for (String name : names) {
      try (SegmentReader reader = SegmentReader.open(root, folder + '/' + name)) {
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          byte[] bytes = line.get().bytes();
          take(bytes, each);
          read.accept(bytes.length + 1L);
        }
      } catch (NoSuchFileException sealedMeanwhile) {
        gone.add(name);
      }
    }
    if (!gone.isEmpty()) {
      throw new NoSuchFileException(folder + '/' + gone.get(0));
    }
  }

  private void take(byte[] line, Each each) {
    if (line.length == 0 || line[line.length - 1] != '}') {
      return;
    }
    String symbol = null;
    String instant = null;
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while ((symbol == null || instant == null) && json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (key.equals("symbol")) {
          symbol = json.getText();
        } else if (key.equals(instantKey)) {
          instant = json.getText();
        } else {
          json.skipChildren();
        }
      }
      if (symbol != null && instant != null) {
        lines++;
        each.line(symbol, millis(instant));
      }
    } catch (IOException | DateTimeException damaged) {
      // No line: what it should have told is missing.
    }
  }

  /** Lines of one instant follow one another. */
  private long millis(String instant) {
    if (!instant.equals(lastText)) {
      lastMillis = Instant.parse(instant).toEpochMilli();
      lastText = instant;
    }
    return lastMillis;
  }
}
