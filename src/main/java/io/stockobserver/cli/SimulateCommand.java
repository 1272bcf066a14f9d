package io.stockobserver.cli;

import io.stockobserver.market.MarketClock;
import io.stockobserver.simulator.FaultScript;
import io.stockobserver.simulator.Simulator;
import io.stockobserver.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulated exchanges alone, for any client. */
@Command(
    name = "simulate",
    description = "Runs the simulated exchanges on loopback; prints their URLs and keys as JSON.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  @Option(names = "--port", description = "The port (default: any free one).")
  private int port;

  @Option(names = "--seed", description = "Another seed is another market.")
  private @Nullable Long seed;

  @Option(names = "--mock", description = "Behave as KIS's mock server.")
  private boolean mock;

  @Option(names = "--faults", paramLabel = "FILE", description = "What should go wrong, and when.")
  private @Nullable Path faults;

  @Option(
      names = "--at",
      paramLabel = "ISO[@EPOCH_MS]",
      converter = Instants.Converter.class,
      description = "The market's instant at the start (default: 2026-11-20T09:29:50 in Seoul).")
  private @Nullable Instants at;

  @Override
  public Integer call() throws Exception {
    SimulatorOptions options = SimulatorOptions.at(clock()).withPort(port).withMock(mock);
    if (seed != null) {
      options = options.withSeed(seed);
    }
    if (faults != null) {
      options = options.withFaults(FaultScript.load(faults));
    }
    try (Simulator simulator = Simulator.start(options)) {
      Map<String, Object> said = new LinkedHashMap<>();
      said.put("rest_url", simulator.restUrl().toString());
      said.put("feed_url", simulator.feedUrl().toString());
      said.put("master_url", simulator.masterUrl().toString());
      said.put("upbit_rest_url", simulator.upbit().restUrl().toString());
      said.put("upbit_feed_url", simulator.upbit().feedUrl().toString());
      said.put("app_key", simulator.appKey());
      said.put("app_secret", simulator.appSecret());
      System.out.println(
          new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(said));
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "simulator-stop"));
      ended.await();
    }
    return ObserverCommand.DONE;
  }

  private MarketClock clock() {
    if (at == null) {
      return MarketClock.startingAt(
          LocalDateTime.parse("2026-11-20T09:29:50").atZone(ZoneId.of("Asia/Seoul")).toInstant());
    }
    return at.system() == null
        ? MarketClock.startingAt(at.market())
        : MarketClock.startingAt(at.market(), at.system());
  }
}
