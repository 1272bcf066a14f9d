package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.ArchiveLock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What load balancers, people and Prometheus see of an observer. */
class WatchedIT {
  @TempDir Path dir;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void healthFollowsTheFeedInMarketTimeAndMetricsCount() throws Exception {
    try (Observatory o = new Observatory(dir, "10:01:00").set("track.swing.every", "3s")) {
      o.open();
      o.observe();
      o.awaitSlots(41);
      o.awaitSamples(3);
      Observatory.await("a sweep", () -> o.state().sweepsDone() >= 1);
      JsonNode well = json(get(o, "/health"), 200);
      assertThat(check(well, "feed").path("status").asText()).as("%s", well).isEqualTo("UP");
      assertThat(well.path("checks")).hasSizeGreaterThan(12);
      for (JsonNode one : well.path("checks")) {
        assertThat(one.path("detail").asText()).isNotEmpty();
        assertThat(one.path("since").asText()).endsWith("Z");
        assertThat(one.has("remedy")).isEqualTo(!one.path("status").asText().equals("UP"));
      }
      assertThat(get(o, "/health/live").statusCode()).isEqualTo(200);
      assertThat(get(o, "/health/ready").statusCode()).isEqualTo(200);

      Map<String, Double> figures = figures(get(o, "/metrics").body());
      String kis = "{market=\"kr_stocks\",provider=\"kis\"}";
      assertThat(figures.get("observer_feed_open" + kis)).isEqualTo(1);
      assertThat(figures.get("observer_slots_acknowledged" + kis)).isEqualTo(41);
      assertThat(figures.get("observer_slots_capacity" + kis)).isEqualTo(41);
      assertThat(figures.get("observer_frames_total" + kis)).isPositive();
      assertThat(figures.get("observer_declared_total" + kis))
          .isEqualTo(
              figures.get("observer_kept_total" + kis)
                  + figures.get("observer_set_aside_total" + kis));
      assertThat(figures.get("observer_health{check=\"feed\",provider=\"kis\"}")).isZero();
      assertThat(figures.keySet())
          .anyMatch(name -> name.startsWith("jvm_memory_used_bytes"))
          .anyMatch(name -> name.startsWith("process_cpu_usage"))
          .anyMatch(
              name -> name.startsWith("camel_exchanges_total") && name.contains("hear-kis-trade"));

      assertThat(namesIn("docker/grafana/dashboards/stock-observer.json"))
          .hasSizeGreaterThan(30)
          .isSubsetOf(names(figures));
      assertThat(namesIn("docker/prometheus/alerts.yml"))
          .hasSizeGreaterThan(10)
          .isSubsetOf(names(figures));

      o.shut();
      Observatory.await("not connected", () -> status(o, "feed").equals("DEGRADED"));
      o.open();
      Observatory.await("connected again", () -> status(o, "feed").equals("UP"));
      assertThat(get(o, "/metrics").body())
          .contains("# HELP observer_feed_open ", "# TYPE observer_frames_total counter");
    }
  }

  @Test
  void aClosedMarketIsHealthy() throws Exception {
    try (Observatory o = new Observatory(dir, "17:00:00")) {
      o.open();
      o.observe();
      Observatory.await("an answer", () -> get(o, "/health/live").statusCode() == 200);
      JsonNode health = json(get(o, "/health"), 200);
      assertThat(check(health, "feed").path("status").asText()).as("%s", health).isEqualTo("UP");
      assertThat(check(health, "sweeps").path("status").asText()).isEqualTo("UP");
    }
  }

  private String status(Observatory o, String name) throws Exception {
    return check(new ObjectMapper().readTree(get(o, "/health").body()), name)
        .path("status")
        .asText();
  }

  private static JsonNode check(JsonNode health, String name) {
    List<JsonNode> found = new ArrayList<>();
    health
        .path("checks")
        .forEach(
            one -> {
              if (one.path("name").asText().equals(name)) {
                found.add(one);
              }
            });
    assertThat(found).as("%s", health).hasSize(1);
    return found.get(0);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> get(Observatory o, String path) throws Exception {
    String url = ArchiveLock.holder(o.root()).orElseThrow().url();
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What a dashboard or a rule asks for. */
  private static Set<String> namesIn(String file) throws IOException {
    Matcher name =
        Pattern.compile("\\b(?:observer|camel|jvm|process)_[a-z0-9_]+")
            .matcher(Files.readString(Path.of(file)));
    Set<String> all = new TreeSet<>();
    while (name.find()) {
      all.add(name.group());
    }
    return all;
  }

  private static Set<String> names(Map<String, Double> figures) {
    Set<String> all = new TreeSet<>();
    figures.keySet().forEach(key -> all.add(key.replaceFirst("\\{.*", "")));
    return all;
  }

  /** Each line that is no comment: a name with its labels, and a number. */
  private static Map<String, Double> figures(String page) {
    Map<String, Double> all = new TreeMap<>();
    for (String line : page.lines().toList()) {
      if (!line.startsWith("#") && !line.isBlank()) {
        int blank = line.lastIndexOf(' ');
        all.put(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1)));
      }
    }
    return all;
  }
}
