package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.simulator.Answer;
import io.stockobserver.simulator.Call;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.simulator.Venue;
import io.stockobserver.simulator.world.World;
import io.vertx.core.http.ServerWebSocket;
import java.util.concurrent.CompletableFuture;

/** KIS behind the simulator's port. Everything but the constants runs on its one event loop. */
public final class KisVenue implements Venue {
  private final Faults faults;
  private final KisTokens tokens;
  private final KisRest rest;
  private final KisMasters masters;
  private final KisFeed feed;

  /** Invents the market of these options. */
  public KisVenue(SimulatorOptions options, Faults faults, Traffic traffic) {
    this.faults = faults;
    ObjectMapper json = new ObjectMapper();
    World world =
        new World(options.seed(), options.clock(), options.recordsPerSecond(), options.surges());
    tokens = new KisTokens(json, options, faults);
    rest = new KisRest(json, options, world, faults, tokens);
    masters = new KisMasters(world, faults);
    feed = new KisFeed(json, options, world, faults, traffic, tokens);
  }

  /** The one app key that is accepted. */
  public String appKey() {
    return KisKeys.APP_KEY;
  }

  /** Its secret. */
  public String appSecret() {
    return KisKeys.APP_SECRET;
  }

  @Override
  public boolean answers(String path) {
    return path.startsWith("/oauth2/")
        || path.startsWith("/uapi/")
        || path.startsWith(KisMasters.PATH);
  }

  @Override
  public Answer answer(Call call) {
    expire();
    return call.path().startsWith(KisMasters.PATH)
        ? masters.answer(call.path())
        : rest.answer(call);
  }

  @Override
  public boolean hears(String path) {
    return path.equals("/") || path.equals("/tryitout") || path.startsWith("/tryitout/");
  }

  @Override
  public void opened(ServerWebSocket socket) {
    feed.opened(socket);
  }

  @Override
  public void beat() {
    expire();
    feed.beat();
  }

  @Override
  public void ping() {
    feed.ping();
  }

  /** Sends prebuilt records as fast as the sockets take them; see {@code Simulator.flood}. */
  public void flood(long records, CompletableFuture<Long> done) {
    feed.flood(records, done);
  }

  /** What is done once is done before anything else is answered or sent. */
  private void expire() {
    for (Fault fault : faults.takeDue()) {
      if (fault.kind() == FaultKind.EXPIRE) {
        tokens.expireAll();
      } else {
        feed.suffer(fault);
      }
    }
  }
}
