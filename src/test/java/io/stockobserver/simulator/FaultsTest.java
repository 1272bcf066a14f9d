package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.MarketClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private Simulator simulator;
  private Caller caller;
  private Ear ear;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorOptions.at(MarketClock.startingAt(Instant.parse("2026-11-20T00:29:50Z")))
                .withRecordsPerSecond(3_000)
                .withCallsPerSecond(1_000)
                .withPingEvery(Duration.ofMillis(100)));
    caller = new Caller(simulator);
    ear = listen();
  }

  @AfterEach
  void stop() {
    ear.close();
    simulator.close();
  }

  private Ear listen() {
    return new Ear(simulator, caller.approve().json().path("approval_key").asText());
  }

  private void hear() {
    ear.register("H0STCNT0", "005930");
    ear.register("H0STCNT0", "000660");
    ear.await("0|H0STCNT0", 3);
  }

  @Test
  void dropEndsTheSocketWithoutACloseFrame() {
    hear();
    simulator.faults().drop();
    assertThat(ear.awaitEnd()).matches("closed 1006|failed .*");
    Awaitility.await().until(() -> simulator.traffic().sessions() == 0);
    assertThat(simulator.traffic().registrations()).isZero();
  }

  @Test
  void closeTellsItsCode() {
    hear();
    simulator.faults().close(1012);
    assertThat(ear.awaitEnd()).isEqualTo("closed 1012");
  }

  @Test
  void stallSilencesTradesAndTrickleLetsHeartbeatsThrough() throws InterruptedException {
    hear();
    simulator.faults().trickle(Duration.ofMinutes(1));
    Awaitility.await().during(Duration.ofMillis(150)).until(() -> true);
    long frames = simulator.traffic().framesSent();
    long pings = simulator.traffic().pingsSent();
    Awaitility.await().until(() -> simulator.traffic().pingsSent() >= pings + 3);
    assertThat(simulator.traffic().framesSent()).isEqualTo(frames);

    simulator.faults().clear();
    Awaitility.await().until(() -> simulator.traffic().framesSent() > frames);
    simulator.faults().stall(Duration.ofMinutes(1));
    long silent = simulator.traffic().pingsSent();
    TimeUnit.MILLISECONDS.sleep(250);
    assertThat(simulator.traffic().pingsSent()).isEqualTo(silent);
  }

  @Test
  void halfOpenSocketStaysOpenAndDeadWhileTheNextOneWorks() {
    hear();
    simulator.faults().halfOpen(Duration.ofMinutes(1));
    Awaitility.await().during(Duration.ofMillis(200)).until(() -> true);
    int heard = ear.heard.size();
    ear.register("H0STCNT0", "005380");
    Awaitility.await().during(Duration.ofMillis(200)).until(() -> true);
    assertThat(ear.heard).hasSize(heard);
    assertThat(ear.end.get()).isEmpty();
    assertThat(simulator.traffic().registrations()).isZero();

    try (Ear next = new Ear(simulator, ear.approval())) {
      next.register("H0STCNT0", "005930");
      next.await("OPSP0000", 1);
      next.await("0|H0STCNT0", 1);
    }
  }

  @Test
  void garbageOfManyShapesArrives() {
    hear();
    for (String shape : List.of("random", "empty", "fragments", "huge")) {
      simulator.faults().garbage(shape);
    }
    Awaitility.await().until(() -> ear.binary.contains(300));
    Awaitility.await().until(() -> ear.heard.contains(""));
    Awaitility.await().until(() -> ear.heard.contains("0|H0STCNT0|001|005930^101532^71900^2^700"));
    Awaitility.await().until(() -> ear.heard.stream().anyMatch(text -> text.length() > 16_000_000));
    simulator.faults().garbage("bad-utf8");
    assertThat(ear.awaitEnd()).startsWith("failed");
  }

  @Test
  void wrongCountDeclaresOneRecordMore() {
    hear();
    simulator.faults().garbage("count");
    Awaitility.await()
        .until(() -> ear.data().stream().anyMatch(frame -> fields(frame) % count(frame) != 0));
  }

  private static int fields(String frame) {
    return frame.split("\\|", 4)[3].split("\\^", -1).length;
  }

  private static int count(String frame) {
    return Integer.parseInt(frame.split("\\|", 4)[2]);
  }

  @Test
  void driftAddsFieldsRenamesAndSpeaksUnknownTrs() {
    hear();
    simulator.faults().drift("");
    Awaitility.await()
        .until(() -> ear.data().stream().anyMatch(frame -> fields(frame) == 50 * count(frame)));
    ear.await("0|H0STNEW0|", 1);
    JsonNode output = caller.price("005930").json().get("output");
    assertThat(output.has("stck_prpr")).isFalse();
    assertThat(output.has("stck_prpr_v2")).isTrue();
  }

  @Test
  void duplicatesAndSwapsAreSent() {
    simulator.faults().trigger(Fault.of(FaultKind.DUPLICATE).withShare(0.5));
    simulator.faults().trigger(Fault.of(FaultKind.OUT_OF_ORDER).withShare(0.3));
    hear();
    Awaitility.await().until(() -> ear.data().size() > ear.data().stream().distinct().count());
    Awaitility.await().until(this::wentBackwards);
  }

  private boolean wentBackwards() {
    long last = 0;
    for (String frame : ear.data()) {
      List<String> fields = Arrays.asList(frame.split("\\|", 4)[3].split("\\^", -1));
      if (fields.get(0).equals("000660")) {
        long volume = Long.parseLong(fields.get(13));
        if (volume < last) {
          return true;
        }
        last = volume;
      }
    }
    return false;
  }

  @Test
  void partialAcknowledgementHearsOnlyTheFirst() {
    simulator.faults().partialAck(1);
    ear.register("H0STCNT0", "005930");
    ear.register("H0STCNT0", "000660");
    ear.register("H0STXXX0", "000660");
    ear.await("OPSP8991", 1);
    assertThat(ear.replies().stream().filter(text -> text.contains("000660")))
        .noneMatch(text -> text.contains("OPSP0000"));
    assertThat(simulator.traffic().registrations()).isEqualTo(1);
  }

  @Test
  void halfOfTheSymbolsCanBeUnknown() {
    simulator.faults().trigger(Fault.of(FaultKind.HALF_UNKNOWN));
    List.of("005930", "000660", "005380", "000270", "035420", "035720")
        .forEach(code -> ear.register("H0STCNT0", code));
    ear.await("OPSP8992", 1);
    ear.await("OPSP0000", 1);
  }

  @Test
  void restFaultsAnswerAsTold() {
    String price = "inquire-price";
    assertThat(caller.price("005930").status()).isEqualTo(200);
    Faults faults = simulator.faults();

    faults.storm(Duration.ofMinutes(5));
    assertThat(caller.price("005930").status()).isEqualTo(500);
    assertThat(caller.price("005930").json().get("msg_cd").asText()).isEqualTo("EGW00201");
    faults.clear();

    faults.trigger(Fault.of(FaultKind.STORM).withCode(429));
    assertThat(caller.price("005930").status()).isEqualTo(429);
    faults.clear(FaultKind.STORM);

    faults.trigger(Fault.of(FaultKind.ERROR).withCode(503).withPath(price));
    assertThat(caller.price("005930").status()).isEqualTo(503);
    faults.clear();

    faults.trigger(Fault.of(FaultKind.HTML));
    assertThat(caller.price("005930").text()).startsWith("<!DOCTYPE html>");
    faults.clear();

    faults.trigger(Fault.of(FaultKind.EMPTY));
    assertThat(caller.price("005930").json().get("output")).isEmpty();
    faults.clear();

    faults.trigger(Fault.of(FaultKind.SLOW).withDelay(Duration.ofMillis(120)));
    long asked = System.nanoTime();
    caller.price("005930");
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThan(Duration.ofMillis(110));
    faults.clear();

    faults.expireTokens();
    assertThat(caller.price("005930").json().get("msg_cd").asText()).isEqualTo("EGW00123");
    faults.refuseTokens(Duration.ofHours(1));
    assertThat(caller.issue().status()).isEqualTo(403);
  }

  @Test
  void keyCanBeSaidToBeInUse() {
    simulator.faults().trigger(Fault.of(FaultKind.IN_USE));
    ear.register("H0STCNT0", "005930");
    ear.await("OPSP8996", 1);
  }
}
