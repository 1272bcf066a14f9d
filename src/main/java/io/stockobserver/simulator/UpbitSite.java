package io.stockobserver.simulator;

import io.stockobserver.simulator.upbit.UpbitVenue;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The simulated Upbit on the port of its {@link Simulator}, with faults and counters of its own.
 * Thread-safe.
 */
public final class UpbitSite {
  private final Front front;
  private final UpbitVenue venue;
  private final Faults faults;
  private final Traffic traffic;

  UpbitSite(Front front, UpbitVenue venue, Faults faults, Traffic traffic) {
    this.front = front;
    this.venue = venue;
    this.faults = faults;
    this.traffic = traffic;
  }

  /** Where REST calls go, version included. */
  public URI restUrl() {
    return URI.create("http://127.0.0.1:" + front.port() + "/v1");
  }

  /** Where the WebSocket is. */
  public URI feedUrl() {
    return URI.create("ws://127.0.0.1:" + front.port() + UpbitVenue.SOCKET);
  }

  /** What goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** What was seen and sent. */
  public Traffic traffic() {
    return traffic;
  }

  /** Every market listed, in the order of market/all. */
  public List<String> markets() {
    return venue.markets();
  }

  /**
   * Sends at least so many trade frames of about 400 bytes, as fast as the sockets take them, over
   * the trade subscriptions in force; the ordinary feed rests meanwhile. Each carries the instant
   * of its sending (market clock, ms) as {@code timestamp} and {@code trade_timestamp}, and a
   * {@code sequential_id} of its own. For benchmarks.
   *
   * @return completes with the nanoseconds it took until all was handed to the sockets; fails if
   *     nobody is subscribed to trades
   */
  public CompletableFuture<Long> floodTrades(long frames) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    front.run(() -> venue.flood(true, frames, 0, done));
    return done;
  }

  /**
   * The same with tickers, trades and books in turn over every subscription in force, so many
   * frames a second; 0 for as fast as possible.
   */
  public CompletableFuture<Long> floodMix(long frames, double perSecond) {
    CompletableFuture<Long> done = new CompletableFuture<>();
    front.run(() -> venue.flood(false, frames, perSecond, done));
    return done;
  }
}
