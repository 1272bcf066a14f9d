package io.stockobserver.simulator;

import io.stockobserver.simulator.kis.KisVenue;
import io.stockobserver.simulator.upbit.UpbitVenue;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Pretend exchanges on one plain-HTTP port of 127.0.0.1: REST, WebSocket and master files. Serves
 * from {@link #start} to {@link #close} on daemon threads of its own; several can run side by side.
 * Thread-safe.
 */
public final class Simulator implements AutoCloseable {
  private final Traffic traffic = new Traffic();
  private final Faults faults;
  private final KisVenue kis;
  private final UpbitSite upbit;
  private final Front front;

  private Simulator(SimulatorOptions options) {
    faults = new Faults(options.faults().faults(), options.clock(), traffic::framesSent);
    kis = new KisVenue(options, faults, traffic);
    Traffic upbitTraffic = new Traffic();
    Faults upbitFaults =
        new Faults(
            options.faults().faults(FaultScript.UPBIT), options.clock(), upbitTraffic::framesSent);
    UpbitVenue upbitVenue = new UpbitVenue(options, upbitFaults, upbitTraffic);
    front =
        new Front(
            options,
            List.of(
                new Front.Site(kis, faults, traffic),
                new Front.Site(upbitVenue, upbitFaults, upbitTraffic)));
    upbit = new UpbitSite(front, upbitVenue, upbitFaults, upbitTraffic);
  }

  /**
   * Opens the port and serves.
   *
   * @throws IllegalStateException in one line, if the port is not free
   */
  public static Simulator start(SimulatorOptions options) {
    return new Simulator(options);
  }

  /** The port bound. */
  public int port() {
    return front.port();
  }

  /** Where REST calls go. */
  public URI restUrl() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Where the feed is. */
  public URI feedUrl() {
    return URI.create("ws://127.0.0.1:" + port() + "/tryitout");
  }

  /** The simulated Upbit; everything else here is KIS. */
  public UpbitSite upbit() {
    return upbit;
  }

  /** Where the master files lie. */
  public URI masterUrl() {
    return URI.create("http://127.0.0.1:" + port() + "/common/master");
  }

  /** The one app key that is accepted, 36 characters. */
  public String appKey() {
    return kis.appKey();
  }

  /** Its secret, 180 characters. */
  public String appSecret() {
    return kis.appSecret();
  }

  /** What goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** What was seen and sent. */
  public Traffic traffic() {
    return traffic;
  }

  /**
   * Sends at least so many prebuilt trade records, as fast as the sockets take them, over the
   * registrations in force; the ordinary feed rests meanwhile. For benchmarks.
   *
   * @return completes with the nanoseconds it took until all was handed to the sockets; fails if
   *     nobody is registered for executions
   */
  public CompletableFuture<Long> flood(long records) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    front.run(() -> kis.flood(records, done));
    return done;
  }

  /** Frees the port and the threads. Sockets still open are closed. */
  @Override
  public void close() {
    front.close();
  }
}
