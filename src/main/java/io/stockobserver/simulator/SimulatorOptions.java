package io.stockobserver.simulator;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a simulator behaves. Immutable; start from {@link #at} and change what matters.
 *
 * @param port 0 for any free one; always on loopback
 * @param seed of the pretended market
 * @param clock the market clock: trading hours, tokens and faults go by it
 * @param mock behave as the paper-trading system: 1 call a second, live-only TRs refused
 * @param callsPerSecond over every sliding second of real time; 0 for the venue's own 18 or 1
 * @param recordsPerSecond trades of the 41 busiest symbols together, on average
 * @param recordsPerFrame at most, 1 to 11
 * @param width of records
 * @param pingEvery heartbeat interval in real time
 * @param tokenLifetime of tokens, on the market clock
 * @param approvalLifetime of feed keys, on the market clock
 * @param registrations allowed per session
 * @param faults what goes wrong and when
 */
public record SimulatorOptions(
    int port,
    long seed,
    InstantSource clock,
    boolean mock,
    int callsPerSecond,
    double recordsPerSecond,
    int recordsPerFrame,
    WireWidth width,
    Duration pingEvery,
    Duration tokenLifetime,
    Duration approvalLifetime,
    int registrations,
    FaultScript faults) {

  /** Refuses what makes no sense, naming it. */
  public SimulatorOptions {
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
  }

  /** The venue as it is, on this clock: live, any free port, no faults. */
  public static SimulatorOptions at(InstantSource clock) {
    return new SimulatorOptions(
        0,
        20261120,
        clock,
        false,
        0,
        120,
        4,
        WireWidth.NOW,
        Duration.ofSeconds(10),
        Duration.ofHours(24),
        Duration.ofHours(24),
        41,
        FaultScript.none());
  }

  /** The limit in force. */
  public int limit() {
    return callsPerSecond > 0 ? callsPerSecond : mock ? 1 : 18;
  }

  /** On this port. */
  public SimulatorOptions withPort(int value) {
    return new SimulatorOptions(
        value,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With this market. */
  public SimulatorOptions withSeed(long value) {
    return new SimulatorOptions(
        port,
        value,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** As the paper-trading system, or not. */
  public SimulatorOptions withMock(boolean value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        value,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With this limit of calls. */
  public SimulatorOptions withCallsPerSecond(int value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        value,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With a feed this busy. */
  public SimulatorOptions withRecordsPerSecond(double value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        value,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With at most so many records in a frame. */
  public SimulatorOptions withRecordsPerFrame(int value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        value,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With records this wide. */
  public SimulatorOptions withWidth(WireWidth value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        value,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With heartbeats this far apart. */
  public SimulatorOptions withPingEvery(Duration value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        value,
        tokenLifetime,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With tokens that live this long. */
  public SimulatorOptions withTokenLifetime(Duration value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        value,
        approvalLifetime,
        registrations,
        faults);
  }

  /** With feed keys that live this long. */
  public SimulatorOptions withApprovalLifetime(Duration value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        value,
        registrations,
        faults);
  }

  /** With so many registrations per session. */
  public SimulatorOptions withRegistrations(int value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        value,
        faults);
  }

  /** With these faults. */
  public SimulatorOptions withFaults(FaultScript value) {
    return new SimulatorOptions(
        port,
        seed,
        clock,
        mock,
        callsPerSecond,
        recordsPerSecond,
        recordsPerFrame,
        width,
        pingEvery,
        tokenLifetime,
        approvalLifetime,
        registrations,
        value);
  }
}
