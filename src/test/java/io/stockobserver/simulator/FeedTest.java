package io.stockobserver.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.MarketClock;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedTest {
  private Simulator simulator;
  private Ear ear;
  private Caller caller;

  @BeforeEach
  void start() {
    simulator =
        Simulator.start(
            SimulatorOptions.at(MarketClock.startingAt(Instant.parse("2026-11-20T00:29:50Z")))
                .withRecordsPerSecond(2_000)
                .withPingEvery(Duration.ofMillis(200)));
    caller = new Caller(simulator);
    ear = new Ear(simulator, caller.approve().json().get("approval_key").asText());
  }

  @AfterEach
  void stop() {
    ear.close();
    simulator.close();
  }

  private static List<String[]> records(String frame, int width) {
    String[] parts = frame.split("\\|", 4);
    String[] fields = parts[3].split("\\^", -1);
    assertThat(parts[2]).matches("[0-9]{3}");
    assertThat(fields.length).isEqualTo(Integer.parseInt(parts[2]) * width);
    List<String[]> records = new ArrayList<>();
    for (int at = 0; at < fields.length; at += width) {
      records.add(java.util.Arrays.copyOfRange(fields, at, at + width));
    }
    return records;
  }

  private static long number(String[] record, int index) {
    return Long.parseLong(record[index]);
  }

  private static String ratio(long scale, long part, long whole) {
    return BigDecimal.valueOf(scale * part)
        .divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP)
        .toPlainString();
  }

  @Test
  void acknowledgementCarriesKeyAndVectorAndNothingElseComesFirst() {
    ear.register("H0STCNT0", "005930");

    assertThat(ear.await("OPSP0000", 1))
        .isEqualTo(
            "{\"header\":{\"tr_id\":\"H0STCNT0\",\"tr_key\":\"005930\",\"encrypt\":\"N\"},"
                + "\"body\":{\"rt_cd\":\"0\",\"msg_cd\":\"OPSP0000\",\"msg1\":\"SUBSCRIBE SUCCESS\","
                + "\"output\":{\"iv\":\"0123456789abcdef\",\"key\":\"abcdefghijklmnopabcdefghijklmnop\"}}}");
    assertThat(simulator.traffic().registrations()).isEqualTo(1);
    ear.register("H0STCNT0", "005930");
    ear.await("OPSP0002", 1);
    ear.unregister("H0STCNT0", "005930");
    ear.await("OPSP0001", 1);
    ear.unregister("H0STCNT0", "005930");
    ear.await("OPSP0003", 1);
    assertThat(simulator.traffic().registrations()).isZero();
  }

  @Test
  void formulasOfTheSheetHoldInEveryRecordAndVolumesAddUp() {
    ear.register("H0STCNT0", "000660");
    ear.await("0|H0STCNT0", 30);
    long volume = -1;
    boolean several = false;
    for (String frame : ear.data()) {
      List<String[]> records = records(frame, 47);
      several |= records.size() > 1;
      for (String[] one : records) {
        assertThat(one[0]).isEqualTo("000660");
        long price = number(one, 2);
        assertThat(one[4]).isEqualTo(Long.toString(price - 561_000));
        assertThat(one[5]).isEqualTo(ratio(100, price - 561_000, 561_000));
        assertThat(one[6]).isEqualTo(ratio(1, number(one, 14), number(one, 13)));
        assertThat(number(one, 17)).isEqualTo(number(one, 16) - number(one, 15));
        assertThat(one[18]).isEqualTo(ratio(100, number(one, 20), number(one, 19)));
        assertThat(one[22]).isEqualTo(ratio(1, number(one, 20), number(one, 13)));
        assertThat(number(one, 26)).isEqualTo(price - number(one, 7));
        assertThat(number(one, 29)).isEqualTo(price - number(one, 8)).isNotPositive();
        assertThat(number(one, 32)).isEqualTo(price - number(one, 9)).isNotNegative();
        assertThat(one[25]).isEqualTo(sign(number(one, 26)));
        assertThat(one[3]).isEqualTo(sign(number(one, 4)));
        assertThat(one[33]).isEqualTo("20261120");
        assertThat(one[34]).isEqualTo("20");
        assertThat(one[42]).isEqualTo(ratio(100, number(one, 13), number(one, 41)));
        assertThat(one[43]).isEqualTo("0");
        assertThat(one[44]).isEmpty();
        assertThat(one[46]).isEqualTo("2");
        if (volume >= 0) {
          assertThat(number(one, 13)).isGreaterThanOrEqualTo(volume + number(one, 12));
        }
        volume = number(one, 13);
      }
    }
    assertThat(several).isTrue();
    long quoted = caller.price("000660").json().get("output").get("acml_vol").asLong();
    assertThat(quoted).isGreaterThanOrEqualTo(volume);
  }

  private static String sign(long difference) {
    return difference > 0 ? "2" : difference < 0 ? "5" : "3";
  }

  @Test
  void bookOutsideAuctionsExpectsNothing() {
    ear.register("H0STASP0", "005930");
    String[] book = records(ear.await("0|H0STASP0", 2), 63).get(0);

    assertThat(book[2]).isEqualTo("0");
    assertThat(number(book, 3)).isGreaterThan(number(book, 13));
    assertThat(number(book, 4)).isGreaterThan(number(book, 3));
    assertThat(number(book, 14)).isLessThan(number(book, 13));
    long asks = 0;
    for (int level = 1; level <= 10; level++) {
      asks += number(book, 22 + level);
    }
    assertThat(number(book, 43)).isEqualTo(asks);
    assertThat(List.of(book).subList(47, 49)).containsExactly("0", "0");
    assertThat(List.of(book).subList(50, 53)).containsExactly("-71200", "5", "-100.00");
    assertThat(book[62]).isEqualTo("2");
  }

  @Test
  void unifiedFeedCountsBothVenues() {
    ear.register("H0UNCNT0", "005930");
    ear.register("H0NXCNT0", "005930");
    ear.register("H0UNASP0", "005930");
    ear.register("H0NXASP0", "005930");

    String[] nxt = records(ear.await("0|H0NXCNT0", 2), 47).get(0);
    String[] both = records(ear.await("0|H0UNCNT0", 2), 47).get(0);
    assertThat(number(both, 13)).isGreaterThan(number(nxt, 13));
    assertThat(records(ear.await("0|H0UNASP0", 1), 66).get(0)[65]).isEqualTo("1");
    assertThat(records(ear.await("0|H0NXASP0", 1), 65)).isNotEmpty();
  }

  @Test
  void fortySecondRegistrationIsTooManyAndThe41Stay() {
    List<String> codes = new ArrayList<>();
    for (String code :
        "005930 000660 373220 207940 005380 000270 068270 105560 055550 035420 035720"
            .split(" ", -1)) {
      for (String tr : List.of("H0STCNT0", "H0STASP0", "H0UNCNT0", "H0UNASP0")) {
        codes.add(code + tr);
      }
    }
    codes.subList(0, 42).forEach(one -> ear.register(one.substring(6), one.substring(0, 6)));

    assertThat(ear.await("OPSP0008", 1)).contains("\"rt_cd\":\"1\"", "MAX SUBSCRIBE OVER");
    assertThat(ear.replies().stream().filter(text -> text.contains("OPSP0000"))).hasSize(41);
    assertThat(simulator.traffic().registrations()).isEqualTo(41);
    int before = ear.data().size();
    Awaitility.await().until(() -> ear.data().size() > before);
  }

  @Test
  void wrongRegistrationsAreAnsweredWithTheirCodes() {
    ear.register("H0STXXX0", "005930");
    ear.await("OPSP8991", 1);
    ear.register("H0STCNT0", "999999");
    ear.await("OPSP8992", 1);
    ear.send("no json");
    ear.await("OPSP9999", 1);
    ear.send("{\"header\":{\"custtype\":\"P\",\"tr_type\":\"1\"}}");
    ear.await("OPSP9992", 1);
    try (Ear stranger = new Ear(simulator, "00000000-0000-0000-0000-000000000000")) {
      stranger.register("H0STCNT0", "005930");
      stranger.await("OPSP0011", 1);
    }
  }

  @Test
  void secondSessionOfAnAppKeyIsUselessUntilTheFirstIsGone() {
    ear.register("H0STCNT0", "005930");
    ear.await("OPSP0000", 1);
    URI other = URI.create("ws://127.0.0.1:" + simulator.port() + "/tryitout/H0STCNT0");
    String approval = ear.approval();
    try (Ear second = new Ear(other, approval)) {
      second.register("H0STCNT0", "000660");
      assertThat(second.await("OPSP8996", 1))
          .isEqualTo(
              "{\"header\":{\"tr_id\":\"(null)\",\"tr_key\":\"\",\"encrypt\":\"N\"},"
                  + "\"body\":{\"rt_cd\":\"9\",\"msg_cd\":\"OPSP8996\",\"msg1\":\"ALREADY IN USE appkey\"}}");
      ear.close();
      Awaitility.await().until(() -> simulator.traffic().sessions() == 1);
      second.register("H0STCNT0", "000660");
      second.await("OPSP0000", 1);
      second.await("0|H0STCNT0", 1);
    }
  }

  @Test
  void heartbeatTakesBothAnswersAndPingFramesGetPongs() {
    String ping = ear.await("PINGPONG", 1);
    assertThat(ping)
        .matches("\\{\"header\":\\{\"tr_id\":\"PINGPONG\",\"datetime\":\"20261120[0-9]{6}\"}}");

    ear.send(ping);
    Awaitility.await().until(() -> simulator.traffic().pongsHeard() == 1);
    ear.socket().sendPong(ByteBuffer.wrap(ping.getBytes(StandardCharsets.UTF_8))).join();
    Awaitility.await().until(() -> simulator.traffic().pongsHeard() == 2);
    ear.socket().sendPing(ByteBuffer.wrap(new byte[7])).join();
    ear.await("pong of 7", 1);
  }

  @Test
  void olderWidthsCanBeChosen() {
    try (Simulator old =
        Simulator.start(
            SimulatorOptions.at(MarketClock.startingAt(Instant.parse("2026-11-20T00:29:50Z")))
                .withRecordsPerSecond(2_000)
                .withRecordsPerFrame(11)
                .withWidth(WireWidth.OLD))) {
      try (Ear listening =
          new Ear(old, new Caller(old).approve().json().get("approval_key").asText())) {
        listening.register("H0STCNT0", "000660");
        listening.register("H0STASP0", "000660");
        assertThat(records(listening.await("0|H0STCNT0", 1), 46)).isNotEmpty();
        assertThat(records(listening.await("0|H0STASP0", 1), 59)).isNotEmpty();
      }
    }
  }

  @Test
  void floodSendsWhatWasAskedFor() throws Exception {
    ear.register("H0STCNT0", "005930");
    ear.register("H0STCNT0", "000660");
    ear.await("OPSP0000", 2);
    long before = simulator.traffic().recordsSent();

    simulator.flood(20_000).get(20, TimeUnit.SECONDS);

    assertThat(simulator.traffic().recordsSent() - before).isGreaterThanOrEqualTo(20_000);
    Awaitility.await()
        .until(
            () ->
                ear.data().stream().mapToLong(frame -> records(frame, 47).size()).sum() >= 20_000);
  }

  @Test
  void otherPathsAreNoFeed() {
    assertThat(
            caller
                .send(
                    java.net.http.HttpRequest.newBuilder(
                            URI.create(simulator.restUrl() + "/nowhere"))
                        .build())
                .status())
        .isEqualTo(404);
  }
}
