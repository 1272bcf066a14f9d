package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SimulatorTest {
  private final HandClock clock = new HandClock("2026-11-20T00:29:50Z");

  @Test
  void twoRunSideBySideOnTheSameMarketAndATakenPortIsTold() {
    SimulatorOptions options = SimulatorOptions.at(clock);
    try (Simulator one = Simulator.start(options);
        Simulator other = Simulator.start(options.withRecordsPerFrame(1))) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(new Caller(one).price("000660").json().get("output"))
          .isEqualTo(new Caller(other).price("000660").json().get("output"));
      assertThatThrownBy(() -> Simulator.start(options.withPort(one.port())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + one.port() + " is not free");
    }
  }

  @Test
  void anotherSeedIsAnotherMarket() {
    try (Simulator one = Simulator.start(SimulatorOptions.at(clock).withSeed(1));
        Simulator other = Simulator.start(SimulatorOptions.at(clock).withSeed(2))) {
      assertThat(new Caller(one).price("000660").json().get("output"))
          .isNotEqualTo(new Caller(other).price("000660").json().get("output"));
    }
  }

  @Test
  void closingFreesPortAndThreads() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Simulator first = Simulator.start(SimulatorOptions.at(clock));
    int port = first.port();
    assertThat(started(before)).isNotEmpty().allMatch(Thread::isDaemon);
    first.close();
    Awaitility.await().until(() -> started(before).isEmpty());
    Simulator.start(SimulatorOptions.at(clock).withPort(port)).close();
  }

  private static Set<Thread> started(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().startsWith("vert.x") && thread.isAlive())
        .collect(Collectors.toSet());
  }

  @Test
  void optionsRefuseNonsense() {
    SimulatorOptions options = SimulatorOptions.at(clock);
    assertThat(options.limit()).isEqualTo(18);
    assertThat(options.withMock(true).limit()).isEqualTo(1);
    assertThatThrownBy(() -> options.withRecordsPerFrame(12)).hasMessageContaining("from 1 to 11");
    assertThatThrownBy(() -> options.withPort(-1)).hasMessageContaining("port");
    assertThatThrownBy(() -> options.withUpbitMarkets(2)).hasMessageContaining("from 3 to 855");
    assertThatThrownBy(() -> options.withUpbitTradesPerSecond(0)).hasMessageContaining("above 0");
  }
}
