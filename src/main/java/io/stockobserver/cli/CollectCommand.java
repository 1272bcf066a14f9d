package io.stockobserver.cli;

import io.stockobserver.Collector;
import io.stockobserver.VenueState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job, with a screen that shows how it goes. */
@Command(
    name = "collect",
    description = "Observes the venues and records what they say.",
    mixinStandardHelpOptions = true)
final class CollectCommand implements Callable<Integer> {
  @Mixin private Place place = new Place();

  @Option(
      names = "--simulate",
      description = "Start the simulated venues inside and collect from them: no key, no network.")
  private boolean simulate;

  @Option(
      names = "--provider",
      paramLabel = "P",
      description =
          "Which venue to observe, such as kis; may be given again (default: those that the"
              + " configuration enables).")
  private List<String> providers = List.of();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Instants.SpanConverter.class,
      description = "End cleanly after this long, such as 60s, counted from the session's start.")
  private @Nullable Duration limit;

  @Option(
      names = "--at",
      paramLabel = "ISO[@EPOCH_MS]",
      converter = Instants.Converter.class,
      description = "The market's instant at the start (Seoul's time without an offset).")
  private @Nullable Instants at;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The HTTP port (default: the setting http.port; 0: any free one).")
  private @Nullable Integer port;

  @Option(
      names = "--console",
      description = "Serve Hawtio at /hawtio, behind a login (default: the setting http.console).")
  private boolean console;

  @Option(
      names = "--log-json",
      description = "Write the log as JSON lines, and on standard error too (setting log.json).")
  private boolean logJson;

  @Override
  public Integer call() throws Exception {
    LogFile.begin(place, logJson);
    Collector collector =
        new Collector(
            new Collector.Options(
                simulate,
                at == null ? null : at.market(),
                at == null ? null : at.system(),
                overrides(),
                place.home(),
                providers),
            System.getenv());
    Thread hook = new Thread(() -> interrupted(collector), "observer-stop");
    Screen screen = new Screen(collector, place.json);
    try {
      collector.start();
      Runtime.getRuntime().addShutdownHook(hook);
      screen.start();
      collector.await(limit);
    } finally {
      screen.close();
      collector.close();
    }
    List<VenueState> ended = collector.venues();
    if (!ended.stream().allMatch(venue -> venue.refusal() != null)) {
      screen.summary();
    }
    done = true;
    return exit(ended);
  }

  private Map<String, String> overrides() {
    Map<String, String> all = place.overrides();
    if (port != null) {
      all.put("http.port", port.toString());
    }
    if (console) {
      all.put("http.console", "on");
    }
    return all;
  }

  private static int exit(List<VenueState> ended) {
    int exit = ObserverCommand.DONE;
    for (VenueState venue : ended) {
      if (venue.refusal() != null) {
        System.err.println("observer: " + venue.refusal());
        exit = Math.max(exit, ObserverCommand.BAD_INPUT);
      }
      String disk = venue.recorder().diskTrouble();
      if (disk != null) {
        System.err.println(
            "observer: the last lines"
                + (ended.size() > 1 ? " of " + venue.provider() : "")
                + " could not be written: "
                + disk
                + "; make room or mend the disk, the next start recovers the rest");
        exit = ObserverCommand.UNUSABLE;
      }
    }
    return exit;
  }

  private volatile boolean done;

  /** Ctrl-C and SIGTERM: let the main thread drain and seal, then leave with 0. */
  private void interrupted(Collector collector) {
    if (done) {
      return;
    }
    collector.stop("signal");
    for (int i = 0; i < 400 && !done; i++) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    Runtime.getRuntime().halt(done ? ObserverCommand.DONE : ObserverCommand.UNUSABLE);
  }
}
