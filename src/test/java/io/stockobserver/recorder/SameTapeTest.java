package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.Window;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.trigger.TriggerSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 8: the same tape gives the same archive, byte for byte. */
class SameTapeTest {
  private static final List<String> LANES = List.of("swing", "scalp", "set_aside", "universe");

  @TempDir Path first;
  @TempDir Path again;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void theSameTapeGivesTheSameLines(int seed) {
    List<Draft> tape = new ArrayList<>();
    try (Rig recorded = new Rig(first)) {
      live(recorded, new Random(seed));
      recorded.balanced();
      for (JsonNode line : recorded.tape()) {
        tape.add(draft(line));
      }
      assertThat(recorded.scalp()).hasSizeGreaterThan(100);
      assertThat(recorded.swing()).hasSizeGreaterThan(5);
      assertThat(recorded.aside()).isNotEmpty();
      assertThat(recorded.events("gap_marker")).isNotEmpty();
      // What it was built with does not count: the tape says by what rules it was recorded.
      try (Rig replayed = Rig.ofPlaces(again, 5)) {
        Random batches = new Random(seed);
        for (int i = 0; i < tape.size(); ) {
          int n = Math.min(tape.size() - i, 1 + batches.nextInt(9));
          replayed.to(tape.get(i).heardAt()).recorder.recordAgain(tape.subList(i, i + n));
          i += n;
        }
        for (String lane : LANES) {
          assertThat(replayed.text(lane)).as(lane).isEqualTo(recorded.text(lane));
        }
        assertThat(replayed.text("system/events"))
            .as("also what happened to the observer")
            .isEqualTo(recorded.text("system/events"));
        assertThat(replayed.recorder.state().counters())
            .isEqualTo(recorded.recorder.state().counters());
      }
    }
  }

  /** Twenty minutes in which everything happens that can. */
  private static void live(Rig rig, Random random) {
    rig.started().connected();
    boolean open = true;
    int attempt = 0;
    Instant until = rig.at("09:50");
    Duration step = Duration.ofMillis(500);
    for (Instant now = rig.at("09:29:58"); now.isBefore(until); now = now.plus(step)) {
      // Finer than the tape tells it.
      rig.to(now.plusNanos(random.nextInt(400_000_000)));
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> {
          if (open) {
            int acc = random.nextInt(10_000);
            String symbol = String.valueOf((char) ('A' + random.nextInt(6)));
            rig.hear("rows " + symbol + ',' + (9000 + random.nextInt(5000)) + ',' + acc + ",3");
          }
        }
        case 4 -> {
          if (open) {
            rig.hear(List.of("garbage x", "throw 3 1", "beat", "drift z").get(random.nextInt(4)));
          }
        }
        case 5 -> {
          if (random.nextInt(20) == 0) {
            if (open) {
              rig.lost();
              attempt = 1;
            } else {
              rig.opened(attempt++);
            }
            open = !open;
          }
        }
        case 6 -> rig.recorder.note("plan", "plan", Map.of());
        case 7 -> {
          if (open) {
            rig.confirmAll();
          }
        }
        case 8 -> {
          if (random.nextInt(30) == 0) {
            rig.sweep("09:40", "A,10000,20000 B,10000,3 C,1,3 D,10000," + random.nextInt(90_000));
          }
        }
        case 9 -> {
          if (random.nextInt(30) == 0) {
            rig.answer("swing", "/q", List.of("E"), 500, "fail rate-limited");
          }
        }
        case 10 -> {
          if (random.nextInt(20) == 0) {
            rig.recorder.session().level(Levels.by("kim", random.nextInt(3)));
          } else if (random.nextInt(20) == 0) {
            long set = random.nextBoolean() ? 0 : random.nextInt(-5000, 5000);
            Map<String, Object> pulse = new LinkedHashMap<>();
            pulse.put("from", now.minusMillis(9_000));
            pulse.put("to", now.plusMillis(set));
            pulse.put("elapsed_ms", 9_000);
            pulse.put("paused", random.nextBoolean());
            pulse.put("step_ms", set);
            rig.recorder.note("pulse", "pulse", pulse);
          } else if (open && random.nextInt(20) == 0) {
            rig.shed(1 + random.nextInt(1000), now.minusSeconds(random.nextInt(9)), now);
          } else if (random.nextInt(30) == 0) {
            rig.stalled(now.minusSeconds(4), now, random.nextInt(3));
          }
        }
        default -> {
          if (random.nextInt(25) == 0) {
            rig.recorder.session().follow(others(rig.recorder.rules(), random), "an edit");
          }
        }
      }
      if (random.nextInt(40) == 0) {
        continue; // an instant is missed
      }
      rig.recorder.note("sample", "sample", Map.of("at", now));
    }
    rig.to("09:51").sweep("09:50", "A,10000,30000 B,10000,30000 C,10000,3 E,10000,9");
    rig.recorder.note("swing", "sweep_missed", Map.of("at", rig.at("09:50"), "why", "late"));
    rig.recorder.note("metrics", "metrics", Map.of("heap_used_bytes", 12));
    rig.recorder.session().stopping("done");
    rig.recorder.session().stop("done");
  }

  private static Rules others(Rules now, Random random) {
    SlotRules slots = now.slots();
    TriggerSettings triggers = now.triggers();
    return new Rules(
        Window.parse("open+" + (30 + random.nextInt(5)) + "m..close-30m"),
        Duration.ofMillis(50L * (2 + random.nextInt(40))),
        new SweepGrid(
            now.sweeps().window(),
            Duration.ofSeconds(30 + random.nextInt(600)),
            now.sweeps().closing()),
        new SlotRules(1 + random.nextInt(5), slots.minStay(), slots.margin(), slots.cooldown()),
        new TriggerSettings(
            Duration.ofSeconds(10L * (1 + random.nextInt(6))),
            triggers.baseline(),
            2,
            triggers.volumeFloor(),
            triggers.velocitySurge(),
            triggers.volatilitySpike(),
            triggers.volatilityFloor(),
            0.1 + random.nextInt(10)),
        Duration.ofSeconds(random.nextInt(40)));
  }

  private static Draft draft(JsonNode line) {
    byte[] body =
        line.has("body")
            ? line.path("body").asText().getBytes(StandardCharsets.UTF_8)
            : Base64.getDecoder().decode(line.path("body_b64").asText());
    return new Draft(
        Instant.parse(line.path("heard_at").asText()),
        line.path("mono_ns").asLong(),
        line.path("feed").asText(),
        Direction.of(line.path("dir").asText()),
        line.path("re").asLong(),
        line.path("status").asInt(),
        body);
  }
}
