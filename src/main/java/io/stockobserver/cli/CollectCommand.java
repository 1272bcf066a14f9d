package io.stockobserver.cli;

import io.stockobserver.Collector;
import io.stockobserver.recorder.RecorderState;
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
          "Which venue to observe (default: those that the configuration enables); kis"
              + " is the only one yet.")
  private @Nullable List<String> providers;

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

  @Override
  public Integer call() throws Exception {
    LogFile.begin(place);
    if (providers == null
        && place.settings().oneOf("provider.kis.enabled", "true", "false").equals("false")) {
      System.err.println(
          "observer: no venue is enabled; set provider.kis.enabled = true or name one with"
              + " --provider");
      return ObserverCommand.BAD_INPUT;
    }
    for (String provider : providers == null ? List.of("kis") : providers) {
      if (!provider.equals("kis")) {
        System.err.println(
            "observer: --provider " + provider + " is not known; kis is the only venue yet");
        return ObserverCommand.BAD_INPUT;
      }
    }
    Map<String, String> over = place.overrides();
    Collector collector =
        new Collector(
            new Collector.Options(
                simulate,
                at == null ? null : at.market(),
                at == null ? null : at.system(),
                over,
                place.home()),
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
    String refusal = collector.refusal();
    if (refusal != null) {
      System.err.println("observer: " + refusal);
      return ObserverCommand.BAD_INPUT;
    }
    screen.summary();
    done = true;
    RecorderState end = collector.lastState();
    if (end != null && end.diskTrouble() != null) {
      System.err.println(
          "observer: the last lines could not be written: "
              + end.diskTrouble()
              + "; make room or mend the disk, the next start recovers the rest");
      return ObserverCommand.UNUSABLE;
    }
    return ObserverCommand.DONE;
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
