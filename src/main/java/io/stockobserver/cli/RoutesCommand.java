package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the running observer's routes, and stops and starts them. */
@Command(
    name = "routes",
    description =
        "Shows the routes of the observer that runs; stops, starts, suspends, resumes or drains one,"
            + " or all of a room such as provider.kis.",
    mixinStandardHelpOptions = true)
final class RoutesCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..2",
      paramLabel = "ACT NAME",
      description = "stop, start, suspend, resume or drain, and a route or a room.")
  private List<String> words = List.of();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the evidence.")
  private @Nullable String reason;

  @Override
  public Integer call() throws IOException {
    if (words.size() == 1) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          words.get(0) + " what? Name a route or a room");
    }
    Operator operator = Operator.at(place);
    if (!words.isEmpty()) {
      return operator.act(place, spec, reason, Map.of(), "routes", words.get(0), words.get(1));
    }
    JsonNode told = operator.ask("/api/routes");
    if (place.json) {
      System.out.println(told);
      return ObserverCommand.DONE;
    }
    System.out.println(row("route", "room", "state", "since", "why"));
    for (JsonNode route : told.path("routes")) {
      String actor = route.path("actor").asText();
      String since = route.path("since").asText();
      System.out.println(
          row(
              route.path("id").asText(),
              route.path("room").asText(),
              route.path("state").asText(),
              since.replaceFirst("\\.\\d+Z", "Z"),
              actor.isEmpty() ? "" : route.path("reason").asText() + " (" + actor + ")"));
    }
    return ObserverCommand.DONE;
  }

  private static String row(String id, String room, String state, String since, String why) {
    return "%-22s %-15s %-9s %-20s %s".formatted(id, room, state, since, why).stripTrailing();
  }
}
