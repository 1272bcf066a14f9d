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

/** Shows who sits in the running observer's slots, and says a word about one symbol's place. */
@Command(
    name = "slots",
    description = "Shows the slots of the observer that runs; pins, releases or excludes a symbol.",
    mixinStandardHelpOptions = true)
final class SlotsCommand implements Callable<Integer> {
  private static final List<String> ACTS = List.of("pin", "release", "exclude");

  @Mixin private Place place = new Place();
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..2",
      paramLabel = "ACT SYMBOL",
      description = "pin, release or exclude, and a symbol of today's universe.")
  private List<String> words = List.of();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the evidence.")
  private @Nullable String reason;

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "Whose slots, or whose symbol (needed where several are observed).")
  private String provider = "";

  @Override
  public Integer call() throws IOException {
    if (words.size() == 1 || (!words.isEmpty() && !ACTS.contains(words.get(0)))) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "write pin, release or exclude, and a symbol");
    }
    Operator operator = Operator.at(place);
    if (!words.isEmpty()) {
      return operator.act(
          place, spec, reason, Map.of("provider", provider), "slots", words.get(0), words.get(1));
    }
    JsonNode told = operator.ask("/api/slots");
    if (place.json) {
      System.out.println(told);
      return ObserverCommand.DONE;
    }
    for (JsonNode one : told.path("providers")) {
      if (provider.isEmpty() || provider.equals(one.path("provider").asText())) {
        SlotTable.lines(one, Words.columns()).forEach(System.out::println);
      }
    }
    return ObserverCommand.DONE;
  }
}
