package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.universe.Universe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who looks on is told of a running observer. */
class PageIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();

  private JsonNode get(Observatory it, String path) throws IOException, InterruptedException {
    String url = it.running().listening().split("\\s+", 2)[0];
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private JsonNode venue(Observatory it) throws IOException, InterruptedException {
    return get(it, "/api/state").path("live").path("venues").path(0);
  }

  @Test
  void thePageShowsTheSlotsAndTellsOfAnOutage() throws Exception {
    try (Observatory it = new Observatory(dir, "09:29:58").observe()) {
      it.awaitSlots(41);
      it.awaitSamples(2);
      Observatory.await(
          "41 slots on the page",
          () -> {
            JsonNode slots = venue(it).path("slots");
            return slots.path("receiving").asInt() == 41 && slots.path("rows").size() == 41;
          });
      JsonNode venue = venue(it);
      Map<String, Universe.Member> members = new HashMap<>();
      Universe.parse(Files.readAllBytes(it.root().resolve("universe/kis/kr_stocks/20261120.json")))
          .symbols()
          .forEach(member -> members.put(member.symbol(), member));
      for (JsonNode row : venue.path("slots").path("rows")) {
        Universe.Member member = members.get(row.path("symbol").asText());
        assertThat(row.path("name").asText()).isEqualTo(member.name());
        assertThat(row.path("is").asText()).isEqualTo("acknowledged");
        assertThat(row.path("trigger").asText()).isNotEmpty();
        assertThat(row.path("base").isTextual()).isTrue();
        assertThat(row.path("base").asText()).isEqualTo(member.prevClose().toPlainString());
        assertThat(Instant.parse(row.path("since").asText())).isBefore(it.clock().instant());
        assertThat(Instant.parse(row.path("heard").asText())).isBefore(it.clock().instant());
      }

      it.venue().faults().drop();
      Observatory.await(
          "the gap on the page",
          () -> {
            for (JsonNode gap : get(it, "/api/day/kis").path("gaps")) {
              if (gap.path("reason").asText().equals("ws_disconnect") && gap.has("until")) {
                return true;
              }
            }
            return false;
          });
      assertThat(get(it, "/api/state").path("events").findValuesAsText("e"))
          .contains("session_started", "slot_assigned", "gap_began", "gap_marker");
    }
  }
}
