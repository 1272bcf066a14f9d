package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault row 7: another session of the day goes on where the last one ended and takes nothing away.
 */
class RestartIT {
  @TempDir Path dir;

  @Test
  void threeRestartsLeaveEveryEarlierByte() throws IOException {
    restart(3);
  }

  @Test
  @Tag("fault")
  void fiftyRestarts() throws IOException {
    restart(50);
  }

  private void restart(int times) throws IOException {
    try (Observatory o = new Observatory(dir, "10:01:00")) {
      o.open();
      o.observe();
      heardSomething(o);
      o.end();
      Map<String, byte[]> before = contents(o.books());
      for (int i = 0; i < times; i++) {
        o.observe();
        heardSomething(o);
        o.end();
        Map<String, byte[]> after = contents(o.books());
        before.forEach((path, bytes) -> begins(path, after.get(path), bytes));
        before = after;
        o.books().verified();
      }
      Books books = o.books();
      assertThat(o.venue().traffic().callsTo("/common/master")).as("master files").isEqualTo(2);
      assertThat(books.events("universe_created")).hasSize(1);
      assertThat(books.events("session_started").stream().map(e -> text(e, "session_id")))
          .hasSize(times + 1)
          .doesNotHaveDuplicates();
      assertThat(books.events("session_stopped")).hasSize(times + 1);
      assertThat(books.gaps("all", "restart")).as("nobody was killed").isEmpty();
      Instant last = Instant.MIN;
      long seq = 0;
      for (Entry entry : books.tape()) {
        assertThat(entry.seq()).isEqualTo(++seq);
        if (entry.text().startsWith("{\"note\":\"session_started\"")) {
          assertThat(entry.heardAt()).isAfter(last);
        }
        last = entry.heardAt();
      }
      if (times < 10) {
        o.replays(dir.resolve("again"));
      }
    }
  }

  private static void heardSomething(Observatory o) {
    o.awaitSlots(41);
    o.awaitSamples(1);
  }

  /** Everything but the manifest, which is replaced as a whole and proven by its chain. */
  private static Map<String, byte[]> contents(Books books) {
    Map<String, byte[]> all = new HashMap<>();
    for (String path : books.files("")) {
      if (!path.startsWith("manifest/") && !path.equals("observer.lock")) {
        List<byte[]> lines = new ArrayList<>(books.raw(path));
        int length = lines.stream().mapToInt(line -> line.length + 1).sum();
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] line : lines) {
          System.arraycopy(line, 0, whole, at, line.length);
          whole[at + line.length] = '\n';
          at += line.length + 1;
        }
        all.put(path, whole);
      }
    }
    return all;
  }

  private static void begins(String path, byte[] now, byte[] then) {
    assertThat(now).as(path).isNotNull();
    assertThat(Arrays.equals(now, 0, Math.min(now.length, then.length), then, 0, then.length))
        .as(path)
        .isTrue();
  }
}
