package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The last instant that a day's files tell of, from the ends of the newest ones. */
final class LastWord {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A tape line can be several megabytes long. */
  private static final int LONGEST = 16 << 20;

  private static final List<String> INSTANTS =
      List.of("heard_at", "sample_time", "receive_time", "timestamp");

  private LastWord() {}

  /** In milliseconds of the epoch; {@link Long#MIN_VALUE} for none. */
  static long of(Path root, String provider, String market, LocalDate day) throws IOException {
    long last = Long.MIN_VALUE;
    for (String lane : List.of("tape", "scalp", "swing")) {
      String folder = lane + '/' + provider + '/' + market + '/' + EventBook.DAY.format(day);
      List<String> open = new ArrayList<>(EventBook.names(root, folder));
      open.removeIf(name -> !name.endsWith(".jsonl"));
      // The newest two: the very newest may hold no whole line yet.
      for (int i = Math.max(0, open.size() - 2); i < open.size(); i++) {
        last = Math.max(last, in(root.resolve(folder).resolve(open.get(i))));
      }
    }
    return last;
  }

  private static long in(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Long.MIN_VALUE; // it was sealed meanwhile
    }
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "r")) {
      for (int size = 1 << 14; ; size <<= 3) {
        long length = f.length();
        byte[] tail = new byte[(int) Math.min(length, size)];
        f.seek(length - tail.length);
        f.readFully(tail);
        int end = last(tail, tail.length);
        int begin = last(tail, end);
        if (end > 0 && (begin >= 0 || tail.length == length)) {
          return instant(tail, begin + 1, end);
        }
        if (tail.length == length || size > LONGEST) {
          return Long.MIN_VALUE;
        }
      }
    }
  }

  private static int last(byte[] bytes, int before) {
    for (int i = before - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static long instant(byte[] bytes, int from, int until) {
    try {
      JsonNode line = JSON.readTree(bytes, from, until - from);
      for (String key : INSTANTS) {
        Long at = Told.millis(line.path(key));
        if (at != null) {
          return at;
        }
      }
    } catch (IOException damaged) {
      // Another file tells.
    }
    return Long.MIN_VALUE;
  }
}
