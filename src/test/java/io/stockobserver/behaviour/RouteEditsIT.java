package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.HomeCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator saves a route or a setting: it holds when it is sound, and is refused when not. */
class RouteEditsIT {
  private static final String END = ".camel.yaml";

  @TempDir Path dir;

  @Test
  void aSoundEditHoldsAndAnUnsoundOneIsRefusedWhileTheRouteRunsOn() throws Exception {
    HomeCopy home = HomeCopy.in(dir.resolve("home"));
    Path routes = home.path().resolve("routes");
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .home(home.path())
            .set("routes.reload", "100ms")
            .observe()) {
      o.awaitSlots(41);
      sound(o, home);
      unsound(o, routes);
      stoppedStaysStopped(o, home);
      errorPlans(o, home);
      settings(o, home);
      o.awaitSamples(1);
      o.hushAndEnd();
      assertThat(o.books().events("route_stopped")).hasSize(1); // an edit is no act on a route
      AuditIT.proven(o.root());
      o.books().verified();
    }
  }

  private static void sound(Observatory o, HomeCopy home) {
    home.slip("routes/report-kis" + END, "every: 1m", "every: 1s");
    o.awaitEvents("routes_applied", 1);
    assertThat(o.books().events("routes_applied"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(text(event, "file")).isEqualTo("report-kis" + END);
              assertThat(event.path("routes").get(0).asText()).isEqualTo("report-kis");
              assertThat(text(event, "sha256")).hasSize(64);
            });
    o.awaitEvents("metrics", 2);
  }

  private static void unsound(Observatory o, Path routes) throws IOException {
    Path file = routes.resolve("poll-kis-swing" + END);
    String right = Files.readString(file);
    refused(o, file, right.replace("steps:", "steps"), "poll-kis-swing" + END, null);
    refused(
        o,
        file,
        right.replace("ref: kisSwing, method: take", "ref: kisSwing, method: tak"),
        "poll-kis-swing" + END,
        "SweepPoller has no method tak");
    refused(o, file, "", "poll-kis-swing" + END, "is empty");
    refused(o, file, right + "# " + "x".repeat(10_000_000) + "\n", "poll-kis-swing" + END, "bytes");
    refused(
        o,
        file,
        right.replace("{every: 1s}", "{every: \"{{env:KIS_APP_SECRET}}\"}"),
        "poll-kis-swing" + END,
        "KIS_APP_SECRET is a secret, which no route may name");
    Path twin = routes.resolve("poll-kis-twin" + END);
    refused(o, twin, right, "poll-kis-twin" + END, "id poll-kis-swing is taken by poll-kis-swing");
    Files.delete(twin);
    int before = o.books().events("routes_refused").size();
    Files.delete(file);
    o.awaitEvents("routes_refused", before + 1);
    assertThat(text(last(o), "reason")).startsWith("is gone; its route runs on");
    Files.writeString(file, right);
    assertThat(o.books().events("routes_refused")).noneMatch(e -> text(e, "reason").contains("\n"));
  }

  private static void refused(Observatory o, Path file, String text, String name, String why)
      throws IOException {
    int before = o.books().events("routes_refused").size();
    int applied = o.books().events("routes_applied").size();
    Files.writeString(file, text);
    o.awaitEvents("routes_refused", before + 1);
    assertThat(text(last(o), "file")).isEqualTo(name);
    if (why != null) {
      assertThat(text(last(o), "reason")).contains(why);
    } else {
      assertThat(last(o).path("line").asInt()).isPositive();
    }
    assertThat(o.books().events("routes_applied")).hasSize(applied);
  }

  private static JsonNode last(Observatory o) {
    List<JsonNode> all = o.books().events("routes_refused");
    return all.get(all.size() - 1);
  }

  private static void stoppedStaysStopped(Observatory o, HomeCopy home) throws Exception {
    RouteActsIT.act("stop", "plan-slots-kis", "the slots stay");
    int applied = o.books().events("routes_applied").size();
    home.slip("routes/plan-slots-kis" + END, "every: 5s", "every: 1s");
    o.awaitEvents("routes_applied", applied + 1);
    assertThat(RouteActsIT.row("plan-slots-kis").get("state")).isEqualTo("stopped");
    assertThat(RouteActsIT.row("plan-slots-kis").get("reason")).isEqualTo("the slots stay");
    RouteActsIT.act("start", "plan-slots-kis", "with the new interval");
    assertThat(RouteActsIT.row("plan-slots-kis").get("state")).isEqualTo("started");
  }

  /** One that routes have is refused with what to do; one that none has is taken, and named. */
  private static void errorPlans(Observatory o, HomeCopy home) throws IOException {
    Path routes = home.path().resolve("routes");
    Path plan = routes.resolve("next-second" + END);
    String right = Files.readString(plan);
    refused(
        o,
        plan,
        right.replace("description: A failed", "description: The failed"),
        "next-second" + END,
        "routes that run; save it under another name and name that in the routes that want it");
    Files.writeString(plan, right);
    int applied = o.books().events("routes_applied").size();
    Files.writeString(
        routes.resolve("next-minute" + END), right.replace("id: next-second", "id: next-minute"));
    o.awaitEvents("routes_applied", applied + 1);
    home.slip("routes/report-kis" + END, "Id: next-second", "Id: next-minute");
    o.awaitEvents("routes_applied", applied + 2);
    int minutes = o.books().events("metrics").size();
    o.awaitEvents("metrics", minutes + 1);
  }

  private static void settings(Observatory o, HomeCopy home) throws IOException {
    String file = "config/application.properties";
    home.slip(file, "provider.kis.rest.rate =", "provider.kis.rest.rate = 10/s");
    o.awaitEvents("setting_applied", 1);
    home.slip(file, "archive.tape.rotate = 5m", "archive.tape.rotate = 4m");
    o.awaitEvents("setting_needs_restart", 1);
    int refused = o.books().events("routes_refused").size();
    home.slip(file, "slot.kis.count = 41", "slot.kis.count = many");
    o.awaitEvents("routes_refused", refused + 1);
    assertThat(text(last(o), "reason")).startsWith("slot.kis.count = many is not allowed");
    assertThat(last(o).path("line").asInt())
        .isEqualTo(
            1 + Files.readAllLines(home.path().resolve(file)).indexOf("slot.kis.count = many"));
    home.slip(file, "slot.kis.count = many", "slot.kis.cuont = 41");
    o.awaitEvents("routes_refused", refused + 2);
    home.slip(file, "slot.kis.cuont = 41", "slot.kis.count = 41");
    home.slip(file, "feed.queue = 32MB\n\n# The pause", "feed.queue = 16MB\n\n# The pause");
    o.awaitEvents("setting_applied", 2);
    assertThat(o.books().events("setting_applied"))
        .extracting(e -> text(e, "key") + " " + text(e, "from") + ">" + text(e, "to"))
        .containsExactly("provider.kis.rest.rate 18/s>10/s", "provider.kis.feed.queue 32MB>16MB");
    assertThat(o.books().events("setting_needs_restart"))
        .extracting(e -> text(e, "key") + " " + text(e, "from") + ">" + text(e, "to"))
        .containsExactly("archive.tape.rotate 5m>4m");
  }

  @Test
  void tenReloadsUnderLoadLoseNoFrame() throws IOException {
    reloads(10);
  }

  @Test
  @Tag("fault")
  void twoHundredReloadsUnderLoadLoseNoFrame() throws IOException {
    reloads(200);
  }

  /** Row 23: routes all around the feed are exchanged, those of the archive among them. */
  private void reloads(int times) throws IOException {
    HomeCopy home = HomeCopy.in(dir.resolve("home"));
    List<String> edited =
        List.of("archive-tape", "archive-scalp", "observe-kis-scalp", "plan-slots-kis", "call-kis");
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .home(home.path())
            .set("routes.reload", "100ms")
            .observe()) {
      o.awaitSlots(41);
      long began = System.nanoTime();
      for (int i = 0; i < times; i++) {
        Path file = home.path().resolve("routes/" + edited.get(i % edited.size()) + END);
        Files.writeString(
            file,
            Files.readString(file)
                .replaceFirst("description: .*", "description: Edited " + i + " times"));
        int applied = i + 1;
        o.awaitEvents("routes_applied", applied);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      o.awaitSamples(2);
      o.hushAndEnd();
      System.out.println(times + " reloads took " + took.toMillis() + " ms");
      assertThat(o.books().events("routes_applied")).hasSize(times);
      assertThat(o.books().events("routes_refused")).isEmpty();
      assertThat(o.books().tape().stream().filter(e -> e.text().startsWith("0|")).count())
          .isEqualTo(o.venue().traffic().framesSent())
          .isPositive();
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
      assertThat(o.books().events("frames_shed")).isEmpty();
      assertThat(o.books().gaps("scalp", "ws_disconnect")).isEmpty();
      AuditIT.proven(o.root());
      o.books().verified();
    }
  }
}
