package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.playback.Playback;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Row 25: a day is recorded, served as its venue told it, and recorded again from that. What was
 * heard of a symbol while both held it is the same, byte for byte; a line that rests on the same
 * message is the same line; and each tape gives its own archive again.
 */
class ReplayServedIT {
  private static final List<String> OF_THE_MOMENT =
      List.of("receive_time", "sample_time", "session_id", "tape_ref", "quality_flag", "volume");

  @Test
  void whatIsRecordedFromAReplayIsWhatWasRecorded(@TempDir Path dir) throws Exception {
    recordTwice(dir, Duration.ofSeconds(8));
  }

  @Tag("fault")
  @Test
  void whatIsRecordedFromAReplayIsWhatWasRecordedForTwoMinutes(@TempDir Path dir) throws Exception {
    recordTwice(dir, Duration.ofMinutes(2));
  }

  private static void recordTwice(Path dir, Duration length) throws Exception {
    try (Observatory first = new Observatory(dir.resolve("first"), "09:29:55")) {
      first.set("track.swing.every", "10s");
      Instant began = first.clock().instant();
      first.observe();
      first.awaitSlots(41);
      Instant allHeld = first.clock().instant();
      // The day is told from that moment on, whether the second observer has started or not: on a
      // machine that takes so long for a start it has to be longer by that.
      first.pass(length.plus(Duration.between(began, allHeld)));
      first.hushAndEnd();
      first.replays(dir.resolve("first-again"));
      ConcurrentLinkedQueue<String> missed = new ConcurrentLinkedQueue<>();
      Playback.Options day =
          new Playback.Options(
              first.root(),
              LocalDate.of(2026, 11, 20),
              List.of(new Playback.Tape("kis", "kr_stocks")),
              0,
              1,
              allHeld);
      try (Playback served = Playback.start(day, InstantSource.system(), entry -> {}, missed::add);
          Observatory second = Observatory.of(dir.resolve("second"), served)) {
        second.set("track.swing.every", "10s");
        second.observe();
        second.awaitSlots(30);
        served.awaitEnd();
        second.end();
        second.replays(dir.resolve("second-again"));
        compare(first.books(), second.books());
      }
    }
  }

  private static void compare(Books first, Books second) {
    Map<String, List<byte[]>> told = messages(first);
    Map<String, List<byte[]>> again = messages(second);
    assertThat(again.size()).isGreaterThan(30);
    Map<String, JsonNode> lines = byMessage(first);
    int frames = 0;
    for (Map.Entry<String, List<byte[]>> one : again.entrySet()) {
      List<String> before = hex(told.get(one.getKey()));
      List<String> now = hex(one.getValue());
      // A connection of another moment begins somewhere; from there on nothing is missing or new.
      int begin = Collections.indexOfSubList(before, now.subList(0, 1));
      assertThat(begin).as(one.getKey()).isNotNegative();
      assertThat(now).as(one.getKey()).isSubsetOf(before);
      assertThat(Collections.indexOfSubList(before, now)).as(one.getKey()).isNotNegative();
      frames += now.size();
    }
    assertThat(frames).isGreaterThan(100);
    int same = 0;
    for (Map.Entry<String, JsonNode> line : byMessage(second).entrySet()) {
      JsonNode other = lines.get(line.getKey());
      if (other != null) {
        assertThat(line.getValue()).as(line.getKey()).isEqualTo(other);
        same++;
      }
    }
    assertThat(same).isGreaterThan(100);
    assertThat(newest(answers(second, "universe"))).isEqualTo(newest(answers(first, "universe")));
    // The last sweep of the second may have been an earlier one of the first: any of its answers.
    Set<String> swept = new HashSet<>();
    answers(first, "swing").values().forEach(swept::addAll);
    answers(second, "swing").values().forEach(all -> assertThat(all).isSubsetOf(swept));
    // Rounds of another phase: an answer may be older than what a row of another has told.
    assertThat(second.setAside())
        .allSatisfy(line -> assertThat(text(line, "reason")).isEqualTo("state-backwards"));
    first.verified();
    second.verified();
  }

  /** Data of the feed by its symbol, read by hand: what stands before the first field's end. */
  private static Map<String, List<byte[]>> messages(Books books) {
    Map<String, List<byte[]>> all = new LinkedHashMap<>();
    for (Entry entry : books.tape()) {
      if (entry.direction() == Direction.IN && entry.text().startsWith("0|H0STCNT0|")) {
        String payload = entry.text().split("\\|", 4)[3];
        String symbol = payload.substring(0, payload.indexOf('^'));
        all.computeIfAbsent(symbol, unheard -> new ArrayList<>()).add(entry.body());
      }
    }
    return all;
  }

  private static List<String> hex(List<byte[]> bodies) {
    return bodies.stream().map(body -> new String(body, StandardCharsets.ISO_8859_1)).toList();
  }

  private static Map<String, String> newest(Map<String, List<String>> answers) {
    Map<String, String> last = new LinkedHashMap<>();
    answers.forEach((request, all) -> last.put(request, all.get(all.size() - 1)));
    return last;
  }

  /** Answers by their requests, as text, in the order in which they came. */
  private static Map<String, List<String>> answers(Books books, String feed) {
    Map<Long, String> asked = new HashMap<>();
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Entry entry : books.tape()) {
      if (entry.feed().equals(feed) && entry.direction() == Direction.OUT) {
        asked.put(entry.seq(), entry.text());
      } else if (entry.feed().equals(feed) && entry.re() > 0) {
        all.computeIfAbsent(asked.get(entry.re()), unasked -> new ArrayList<>())
            .add(new String(entry.body(), StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  /** Each scalp line by the message that it rests on, without what belongs to its moment. */
  private static Map<String, JsonNode> byMessage(Books books) {
    Map<String, String> messages = new HashMap<>();
    books.tape().forEach(e -> messages.put(e.ref(), e.text()));
    Map<String, JsonNode> lines = new LinkedHashMap<>();
    for (JsonNode line : books.scalp()) {
      String message = messages.get(text(line, "tape_ref"));
      if (message != null && message.startsWith("0|")) {
        lines.put(text(line, "symbol") + ' ' + message, ((ObjectNode) line).remove(OF_THE_MOMENT));
      }
    }
    return lines;
  }
}
