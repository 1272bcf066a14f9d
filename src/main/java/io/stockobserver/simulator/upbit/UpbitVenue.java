package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.Answer;
import io.stockobserver.simulator.Call;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.simulator.Venue;
import io.stockobserver.simulator.coin.CoinWorld;
import io.stockobserver.simulator.coin.Pair;
import io.vertx.core.MultiMap;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Upbit behind the simulator's port. Everything but the names runs on its one event loop. */
public final class UpbitVenue implements Venue {
  /** Where the public WebSocket is. */
  public static final String SOCKET = "/websocket/v1";

  private final Faults faults;
  private final UpbitRest rest;
  private final UpbitFeed feed;
  private final List<String> markets;

  /** Invents the market of these options. */
  public UpbitVenue(SimulatorOptions options, Faults faults, Traffic traffic) {
    this.faults = faults;
    CoinWorld world =
        new CoinWorld(
            options.seed(),
            options.clock(),
            options.upbitMarkets(),
            options.upbitTradesPerSecond(),
            options.surges());
    markets = world.pairs().stream().map(Pair::code).toList();
    Listed listed = new Listed(world, faults);
    Quota quota = new Quota(System::nanoTime);
    rest = new UpbitRest(listed, faults, quota, options.upbitCallsPerSecond());
    feed = new UpbitFeed(options, listed, faults, traffic);
  }

  /** Every market listed, in the order of market/all. */
  public List<String> markets() {
    return markets;
  }

  @Override
  public boolean answers(String path) {
    return path.startsWith(UpbitRest.ROOT);
  }

  @Override
  public Answer answer(Call call) {
    suffer();
    return rest.answer(call);
  }

  @Override
  public boolean hears(String path) {
    return path.equals(SOCKET);
  }

  @Override
  public @Nullable Answer refuses(String path, MultiMap headers) {
    suffer();
    return rest.refuses(path, headers);
  }

  @Override
  public Map<String, String> greeting() {
    return Map.of("remaining-req", "group=websocket; min=300; sec=4");
  }

  @Override
  public void opened(ServerWebSocket socket) {
    feed.opened(socket);
  }

  @Override
  public void beat() {
    suffer();
    feed.beat();
  }

  @Override
  public void ping() {
    feed.ping();
  }

  /** Sends prebuilt frames; see {@code UpbitSite.floodTrades} and {@code floodMix}. */
  public void flood(
      boolean onlyTrades, long frames, double perSecond, CompletableFuture<Long> done) {
    feed.flood(onlyTrades, frames, perSecond, done);
  }

  /** What is done once is done before anything else is answered or sent. */
  private void suffer() {
    for (Fault fault : faults.takeDue()) {
      feed.suffer(fault);
    }
  }
}
