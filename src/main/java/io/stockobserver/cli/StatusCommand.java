package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells in a few lines how the running observer stands. */
@Command(
    name = "status",
    description = "Tells how the observer that runs stands, venue by venue.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();

  @Override
  public Integer call() throws IOException {
    JsonNode told = Operator.at(place).ask("/api/status");
    if (place.json) {
      System.out.println(told);
      return ObserverCommand.DONE;
    }
    for (JsonNode one : told.path("providers")) {
      System.out.println(
          "%s %s %s (%s), session %s"
              .formatted(
                  one.path("provider").asText(),
                  one.path("market").asText(),
                  one.path("day").asText(),
                  one.path("market_open").asBoolean() ? "a trading day" : "no trading day",
                  one.path("session_id").asText()));
      System.out.println(
          "  feed %s, last message %s; %d of %d slots heard, level %d"
              .formatted(
                  one.path("feed_open").asBoolean() ? "open" : "not open",
                  one.path("last_message").asText(),
                  one.path("slots_receiving").asInt(),
                  one.path("slots_capacity").asInt(),
                  one.path("mitigation_level").asInt()));
      System.out.println(
          "  universe %s, %d sweeps; %s frames, %s scalp lines, %s swing lines"
              .formatted(
                  Words.count(one.path("universe").asLong()),
                  one.path("sweeps_done").asInt(),
                  Words.count(one.path("counters").path("frames").asLong()),
                  Words.count(one.path("counters").path("scalp_lines").asLong()),
                  Words.count(one.path("counters").path("swing_lines").asLong())));
    }
    return ObserverCommand.DONE;
  }
}
