package io.stockobserver.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads on in a file of events where it stopped: what an earlier process wrote first, then what
 * this one writes. A line without its end waits for it; one that is no JSON is passed over, for the
 * audit tells of it. One thread.
 */
final class EventTail {
  /** No more in one go: the rest comes with the next. */
  private static final int MOST = 8 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final ByteBuffer room = ByteBuffer.allocate(64 << 10);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long offset;

  EventTail(Path file) {
    this.file = file;
  }

  /** What has been written since the last call. */
  List<JsonNode> read() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long until = Math.min(channel.size(), offset + MOST);
      while (offset < until) {
        room.clear();
        int n = channel.read(room, offset);
        if (n < 0) {
          break;
        }
        offset += n;
        room.flip();
        split(found);
      }
    } catch (NoSuchFileException notYet) {
      // The day's first event makes it.
    }
    return found;
  }

  private void split(List<JsonNode> found) {
    while (room.hasRemaining()) {
      byte next = room.get();
      if (next != '\n') {
        line.write(next);
        continue;
      }
      try {
        JsonNode event = JSON.readTree(line.toByteArray());
        if (event.isObject()) {
          found.add(event);
        }
      } catch (IOException damaged) {
        // Not for here to judge.
      }
      line.reset();
    }
  }
}
