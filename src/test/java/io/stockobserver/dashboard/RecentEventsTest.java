package io.stockobserver.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final RecentEvents events = new RecentEvents();

  private void take(String event) throws IOException {
    events.take(JSON.readTree(event));
  }

  @Test
  void anEventIsToldShort() throws IOException {
    take(
        "{\"event_type\":\"reconnection_event\",\"timestamp\":\"2026-11-20T00:40:05.000Z\","
            + "\"provider\":\"kis\",\"market\":\"kr_stocks\",\"session_id\":\"s\",\"attempt_no\":3,"
            + "\"recovered_slot_list\":[\"a\",\"b\",\"c\",\"d\"],\"counters\":{\"frames\":1},"
            + "\"detail\":\""
            + "x".repeat(500)
            + "\"}");
    JsonNode told = events.after(0).get(0);
    assertThat(told.path("n").asLong()).isEqualTo(1);
    assertThat(told.path("p").asText()).isEqualTo("kis");
    assertThat(told.path("e").asText()).isEqualTo("reconnection_event");
    assertThat(told.path("attempt_no").asInt()).isEqualTo(3);
    assertThat(told.path("recovered_slot_list").asText()).isEqualTo("a b c");
    assertThat(told.path("recovered_slot_list_count").asInt()).isEqualTo(4);
    assertThat(told.has("counters")).isFalse();
    assertThat(told.path("detail").asText()).hasSize(161).endsWith("…");
  }

  @Test
  void theLastAreKeptAndNumbersGoOn() throws IOException {
    for (int i = 0; i < 300; i++) {
      take("{\"event_type\":\"slot_assigned\",\"timestamp\":\"2026-11-20T00:40:05.000Z\"}");
      take("{\"event_type\":\"metrics\",\"timestamp\":\"2026-11-20T00:40:05.000Z\"}");
    }
    assertThat(events.after(0)).hasSize(RecentEvents.KEPT);
    assertThat(events.last()).isEqualTo(300);
    assertThat(events.after(298)).extracting(e -> e.path("n").asLong()).containsExactly(299L, 300L);
  }

  @Test
  void aFileIsReadOnWhereItStopped() throws IOException {
    Path file = folder.resolve("20261120.jsonl");
    EventTail tail = new EventTail(file);
    assertThat(tail.read()).isEmpty();
    Files.writeString(file, "{\"n\":1}\n{\"n\":2}\nno json\n{\"n\":");
    assertThat(numbers(tail)).containsExactly(1, 2);
    assertThat(numbers(tail)).isEmpty();
    Files.writeString(file, "3}\n", StandardOpenOption.APPEND);
    assertThat(numbers(tail)).containsExactly(3);
    Files.writeString(file, "{\"n\":4}\n".repeat(40_000), StandardOpenOption.APPEND);
    assertThat(numbers(tail)).hasSize(40_000).containsOnly(4);
  }

  private static List<Integer> numbers(EventTail tail) throws IOException {
    return tail.read().stream().map(event -> event.path("n").asInt()).toList();
  }
}
