package io.stockobserver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the running observer's level of mitigation, fixes it, or gives it back to the load. */
@Command(
    name = "mitigation",
    description = "Shows the level of mitigation of the observer that runs, or fixes it.",
    mixinStandardHelpOptions = true)
final class MitigationCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "LEVEL",
      description = "0, 1, 2, or auto for the load's.")
  private @Nullable String level;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the evidence.")
  private @Nullable String reason;

  @Option(names = "--provider", paramLabel = "P", description = "Only this one (default: all).")
  private String provider = "";

  @Override
  public Integer call() throws IOException {
    Operator operator = Operator.at(place);
    String wanted = level;
    if (wanted != null) {
      return operator.act(place, spec, reason, Map.of("provider", provider), "mitigation", wanted);
    }
    JsonNode told = operator.ask("/api/status");
    if (place.json) {
      System.out.println(told);
      return ObserverCommand.DONE;
    }
    for (JsonNode one : told.path("providers")) {
      System.out.println(
          one.path("provider").asText() + ": level " + one.path("mitigation_level").asInt());
    }
    return ObserverCommand.DONE;
  }
}
