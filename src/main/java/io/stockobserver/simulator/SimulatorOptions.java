package io.stockobserver.simulator;

import io.stockobserver.simulator.world.Surge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How a simulator behaves. Immutable; start from {@link #at} and change what matters. */
public final class SimulatorOptions {
  private int port = 0;
  private long seed = 20261120;
  private InstantSource clock;
  private boolean mock = false;
  private int callsPerSecond = 0;
  private double recordsPerSecond = 120;
  private int recordsPerFrame = 4;
  private WireWidth width = WireWidth.NOW;
  private Duration pingEvery = Duration.ofSeconds(10);
  private Duration tokenLifetime = Duration.ofHours(24);
  private Duration approvalLifetime = Duration.ofHours(24);
  private int registrations = 41;
  private List<Surge> surges = List.of();
  private FaultScript faults = FaultScript.none();
  private int upbitMarkets = 855;
  private double upbitTradesPerSecond = 100;
  private int upbitCallsPerSecond = 10;
  private Duration upbitIdle = Duration.ofMinutes(2);

  private SimulatorOptions(InstantSource clock) {
    this.clock = clock;
  }

  /** The venue as it is, on this clock: live, any free port, no faults. */
  public static SimulatorOptions at(InstantSource clock) {
    return new SimulatorOptions(clock);
  }

  /** A copy, changed before anybody sees it. */
  private SimulatorOptions but(Consumer<SimulatorOptions> change) {
    SimulatorOptions copy = new SimulatorOptions(clock);
    copy.port = port;
    copy.seed = seed;
    copy.mock = mock;
    copy.callsPerSecond = callsPerSecond;
    copy.recordsPerSecond = recordsPerSecond;
    copy.recordsPerFrame = recordsPerFrame;
    copy.width = width;
    copy.pingEvery = pingEvery;
    copy.tokenLifetime = tokenLifetime;
    copy.approvalLifetime = approvalLifetime;
    copy.registrations = registrations;
    copy.surges = surges;
    copy.faults = faults;
    copy.upbitMarkets = upbitMarkets;
    copy.upbitTradesPerSecond = upbitTradesPerSecond;
    copy.upbitCallsPerSecond = upbitCallsPerSecond;
    copy.upbitIdle = upbitIdle;
    change.accept(copy);
    copy.check();
    return copy;
  }

  private void check() {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("simulator port must be from 0 to 65535, not " + port);
    }
    if (recordsPerFrame < 1 || recordsPerFrame > 11) {
      throw new IllegalArgumentException(
          "simulator records per frame must be from 1 to 11, not " + recordsPerFrame);
    }
    if (recordsPerSecond <= 0 || recordsPerSecond > 100_000) {
      throw new IllegalArgumentException(
          "simulator records per second must be above 0 and at most 100000, not "
              + recordsPerSecond);
    }
    if (upbitMarkets < 3 || upbitMarkets > 855) {
      throw new IllegalArgumentException(
          "simulator upbit markets must be from 3 to 855, not " + upbitMarkets);
    }
    if (upbitTradesPerSecond <= 0 || upbitTradesPerSecond > 100_000) {
      throw new IllegalArgumentException(
          "simulator upbit trades per second must be above 0 and at most 100000, not "
              + upbitTradesPerSecond);
    }
  }

  /** The limit in force: calls in every sliding second. */
  public int limit() {
    return callsPerSecond > 0 ? callsPerSecond : mock ? 1 : 18;
  }

  /** 0 for any free one; always on loopback. */
  public int port() {
    return port;
  }

  public SimulatorOptions withPort(int value) {
    return but(copy -> copy.port = value);
  }

  /** Of the pretended market. */
  public long seed() {
    return seed;
  }

  public SimulatorOptions withSeed(long value) {
    return but(copy -> copy.seed = value);
  }

  /** The market clock: trading hours, tokens and faults go by it. */
  public InstantSource clock() {
    return clock;
  }

  /** Whether it behaves as the paper-trading system: 1 call a second, live-only TRs refused. */
  public boolean mock() {
    return mock;
  }

  public SimulatorOptions withMock(boolean value) {
    return but(copy -> copy.mock = value);
  }

  /** Over every sliding second of real time; 0 for the venue's own 18 or 1. */
  public int callsPerSecond() {
    return callsPerSecond;
  }

  public SimulatorOptions withCallsPerSecond(int value) {
    return but(copy -> copy.callsPerSecond = value);
  }

  /** Trades of the 41 busiest symbols together, on average. */
  public double recordsPerSecond() {
    return recordsPerSecond;
  }

  public SimulatorOptions withRecordsPerSecond(double value) {
    return but(copy -> copy.recordsPerSecond = value);
  }

  /** At most, 1 to 11. */
  public int recordsPerFrame() {
    return recordsPerFrame;
  }

  public SimulatorOptions withRecordsPerFrame(int value) {
    return but(copy -> copy.recordsPerFrame = value);
  }

  /** How wide records are. */
  public WireWidth width() {
    return width;
  }

  public SimulatorOptions withWidth(WireWidth value) {
    return but(copy -> copy.width = value);
  }

  /** Heartbeat interval in real time. */
  public Duration pingEvery() {
    return pingEvery;
  }

  public SimulatorOptions withPingEvery(Duration value) {
    return but(copy -> copy.pingEvery = value);
  }

  /** Of tokens, on the market clock. */
  public Duration tokenLifetime() {
    return tokenLifetime;
  }

  public SimulatorOptions withTokenLifetime(Duration value) {
    return but(copy -> copy.tokenLifetime = value);
  }

  /** Of feed keys, on the market clock. */
  public Duration approvalLifetime() {
    return approvalLifetime;
  }

  public SimulatorOptions withApprovalLifetime(Duration value) {
    return but(copy -> copy.approvalLifetime = value);
  }

  /** Allowed per session. */
  public int registrations() {
    return registrations;
  }

  public SimulatorOptions withRegistrations(int value) {
    return but(copy -> copy.registrations = value);
  }

  /** Who trades more than it would, and when. */
  public List<Surge> surges() {
    return surges;
  }

  public SimulatorOptions withSurge(Surge surge) {
    List<Surge> more = new ArrayList<>(surges);
    more.add(surge);
    return but(copy -> copy.surges = List.copyOf(more));
  }

  /** What goes wrong and when. */
  public FaultScript faults() {
    return faults;
  }

  public SimulatorOptions withFaults(FaultScript value) {
    return but(copy -> copy.faults = value);
  }

  /**
   * Markets listed at Upbit, 3 to 855: a third in KRW, the rest in BTC and USDT, as on the real
   * one; few are the busiest ones and one of every odd kind.
   */
  public int upbitMarkets() {
    return upbitMarkets;
  }

  public SimulatorOptions withUpbitMarkets(int value) {
    return but(copy -> copy.upbitMarkets = value);
  }

  /** Trades of all Upbit markets together, on average; what they are worth does not change. */
  public double upbitTradesPerSecond() {
    return upbitTradesPerSecond;
  }

  public SimulatorOptions withUpbitTradesPerSecond(double value) {
    return but(copy -> copy.upbitTradesPerSecond = value);
  }

  /** Allowed in each group of Upbit's calls. */
  public int upbitCallsPerSecond() {
    return upbitCallsPerSecond;
  }

  public SimulatorOptions withUpbitCallsPerSecond(int value) {
    return but(copy -> copy.upbitCallsPerSecond = value);
  }

  /** How long an Upbit socket may be silent in both directions, in real time. */
  public Duration upbitIdle() {
    return upbitIdle;
  }

  public SimulatorOptions withUpbitIdle(Duration value) {
    return but(copy -> copy.upbitIdle = value);
  }
}
