package io.stockobserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.Rehearsal;
import io.stockobserver.route.RouteFinding;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says before a restart whether the observer would accept its routes and settings. */
@Command(
    name = "verify-routes",
    description = "Checks routes/ and config/ before a restart; starts nothing.",
    mixinStandardHelpOptions = true)
final class VerifyRoutesCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private Place place = new Place();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Rehearsal.Result result = Rehearsal.of(place.home(), System.getenv(), place.overrides());
    PrintWriter out = spec.commandLine().getOut();
    if (place.json) {
      out.println(json(result));
    } else if (result.sound()) {
      out.println("routes: " + result.files() + " files, all sound");
    } else {
      result.findings().stream().map(RouteFinding::sentence).forEach(out::println);
    }
    out.flush();
    return result.sound() ? ObserverCommand.DONE : ObserverCommand.NO;
  }

  private static String json(Rehearsal.Result result) throws JsonProcessingException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("sound", result.sound());
    all.put("files", result.files());
    all.put("findings", result.findings());
    return JSON.writeValueAsString(all);
  }
}
