package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.venue.FeedMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder writes of the time in which it could not, or not fast enough. */
class StallTest {
  @TempDir Path root;
  private Rig rig;
  private int failures;
  private Duration appendTakes = Duration.ZERO;

  @BeforeEach
  void rig() {
    ChannelAppender disk = new ChannelAppender(root);
    rig =
        new Rig(
            root,
            batch -> {
              if (failures > 0) {
                failures--;
                throw new IOException("No space left on device");
              }
              disk.append(batch);
              rig.to(rig.now().plus(appendTakes));
              appendTakes = Duration.ZERO;
            },
            () -> rig.to(rig.now().plusSeconds(1)));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** A line a symbol and half second from half past nine on; the last at this time. */
  private void sampledUntil(String time) {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5 B,10000,7,7 C,10000,9,9");
    for (Instant at = rig.at("09:30"); !at.isAfter(rig.at(time)); at = at.plusMillis(500)) {
      rig.to(at).sample();
    }
  }

  private List<String> flags(String symbol) {
    return rig.scalp(symbol).stream()
        .map(n -> Rig.local(n, "sample_time") + ' ' + n.path("quality_flag").asText())
        .toList();
  }

  @Test
  void aFullDiskIsAnEventAndItsMissedSamplesAreAGap() {
    sampledUntil("09:30:01");
    failures = 10;
    rig.to("09:30:01.200").hear("rows A,10100,25,20");
    assertThat(rig.now()).isEqualTo(rig.at("09:30:11.200"));
    rig.to("09:30:11.500").sample();
    rig.to("09:30:12").sample();

    List<JsonNode> events = rig.events("archive_stalled");
    assertThat(events).hasSize(1);
    JsonNode stall = events.get(0);
    assertThat(Rig.local(stall, "from")).as("the last good append").isEqualTo("09:30:01");
    assertThat(Rig.local(stall, "to")).as("the first good one").isEqualTo("09:30:11.200");
    assertThat(stall.path("stall_ms").asInt()).isEqualTo(10_200);
    assertThat(stall.path("failures").asInt()).isEqualTo(10);
    assertThat(stall.path("reason").asText()).isEqualTo("disk_full");
    assertThat(stall.path("detail").asText()).contains("No space left on device");

    assertThat(rig.gaps("disk_full")).containsExactly("09:30:01-09:30:11.500");
    assertThat(rig.events("gap_marker").get(0).path("scope").asText()).isEqualTo("scalp");
    assertThat(rig.events("gap_marker")).hasSize(1);
    assertThat(flags("A"))
        .containsExactly(
            "09:30:00 normal",
            "09:30:00.500 normal",
            "09:30:01 normal",
            "09:30:11.500 gap",
            "09:30:12 normal");
    assertThat(rig.scalp("A").get(3).path("volume").asInt()).as("it spans the gap").isEqualTo(20);
    assertThat(rig.scalp("B").get(3).path("quality_flag").asText()).isEqualTo("gap");
  }

  @Test
  void anAppendThatTakesLongIsOverload() {
    sampledUntil("09:30:01");
    appendTakes = Duration.ofSeconds(3);
    rig.to("09:30:01.200").hear("rows A,10100,25,20");
    rig.to("09:30:04.500").sample();
    JsonNode stall = rig.events("archive_stalled").get(0);
    assertThat(Rig.local(stall, "from")).isEqualTo("09:30:01.200");
    assertThat(Rig.local(stall, "to")).isEqualTo("09:30:04.200");
    assertThat(stall.path("reason").asText()).isEqualTo("overload");
    assertThat(stall.has("detail")).isFalse();
    assertThat(rig.gaps("overload")).containsExactly("09:30:01-09:30:04.500");
  }

  @Test
  void aShortStallThatMissesNoSampleIsNoGap() {
    sampledUntil("09:30:01");
    appendTakes = Duration.ofMillis(900);
    rig.hear("rows A,10100,25,20");
    rig.to("09:30:01.500").sample();
    failures = 1;
    rig.to("09:30:01.600").hear("rows A,10100,26,1");
    assertThat(rig.events("archive_stalled")).as("900 ms are none, a failure is one").hasSize(1);
    rig.recorder.note("sample", "sample", Map.of("at", rig.at("09:30:02")));
    assertThat(rig.events("gap_marker")).isEmpty();
    assertThat(flags("A")).allMatch(line -> line.endsWith("normal"));
  }

  @Test
  void samplesThatDidNotComeForNoKnownReasonAreOverload() {
    sampledUntil("09:30:01");
    rig.to("09:30:07").sample();
    assertThat(rig.gaps("overload")).containsExactly("09:30:01-09:30:07");
    assertThat(flags("C")).endsWith("09:30:01 normal", "09:30:07 gap");
  }

  @Test
  void whatIsMissedBeforeTheWindowsFirstSampleIsAGapFromItsStart() {
    rig.started().connected();
    rig.to("09:30:05").hear("rows A,10000,5,5 B,10000,7,7 C,10000,9,9");
    rig.sample();
    assertThat(rig.gaps("overload")).containsExactly("09:30:00-09:30:05");
  }

  @Test
  void whatIsMissedBeforeTheFeedIsLostOrTheSessionEndsIsAGapToo() {
    sampledUntil("09:30:01");
    rig.to("09:30:09").lost();
    assertThat(rig.gaps("overload")).containsExactly("09:30:01-09:30:09");
    rig.to("09:30:20").opened(1);
    rig.confirmAll();
    rig.hear("rows A,10000,50,5 B,10000,70,7 C,10000,90,9");
    rig.to("09:30:20.500").sample();
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:30:00-09:30:20");
    rig.recorder.session().stopping("done");
    rig.to("09:30:25").recorder.session().stop("done");
    assertThat(rig.gaps("stopped"))
        .as("the sweep that never was, and the samples")
        .containsExactly("09:30:00-09:30:25", "09:30:20.500-09:30:25");
    assertThat(rig.gaps("overload")).containsExactly("09:30:01-09:30:09");
    assertThat(rig.events("gap_marker")).hasSize(4);
  }

  @Test
  void afterTheWindowNothingIsMissed() {
    rig.started().connected();
    rig.to("14:59:59.500").hear("rows A,10000,5,5 B,10000,7,7 C,10000,9,9");
    rig.sample();
    rig.to("16:00").recorder.session().stop("done");
    assertThat(rig.gaps("overload")).containsExactly("09:30:00-14:59:59.500");
  }

  // ---- what was shed before the tape ----

  @Test
  void whatWasShedIsAnEventACountAndAGapFromTheLastGoodFrameToTheNext() {
    sampledUntil("09:30:01");
    rig.to("09:30:01.300").hear("rows A,10100,25,20");
    rig.to("09:30:03.100").shed(1234, rig.at("09:30:01.400"), rig.now());
    rig.to("09:30:03.200").hear("beat");
    rig.to("09:30:03.300").hear("rows A,10100,75,1");
    rig.to("09:30:01.500").sample();

    JsonNode shed = rig.events("frames_shed").get(0);
    assertThat(shed.path("feed").asText()).isEqualTo("trade");
    assertThat(shed.path("frames").asLong()).isEqualTo(1234);
    assertThat(shed.path("bytes").asLong()).isEqualTo(123_400);
    assertThat(Rig.local(shed, "first")).isEqualTo("09:30:01.400");
    assertThat(Rig.local(shed, "last")).isEqualTo("09:30:03.100");
    assertThat(shed.path("reason").asText()).isEqualTo("overload");
    assertThat(rig.pointedTo(shed.path("tape_ref").asText()).path("body").asText())
        .startsWith("{\"note\":\"shed\",\"frames\":1234,");
    assertThat(rig.recorder.state().counters()).containsEntry("shed", 1234L);
    assertThat(rig.gaps("overload")).containsExactly("09:30:01.300-09:30:03.300");
    assertThat(flags("A")).endsWith("09:30:01 normal", "09:30:01.500 gap");
    assertThat(rig.scalp("A").get(3).path("volume").asInt()).as("it spans the hole").isEqualTo(70);
    assertThat(flags("B")).as("nobody knows whose it was").endsWith("09:30:01.500 gap");
    assertThat(rig.recorder.state().disconnected()).as("the connection stood").isZero();
    rig.balanced();
  }

  @Test
  void whatWasShedWhileTheDiskWasFullSaysSo() {
    sampledUntil("09:30:01");
    rig.stalled(rig.at("09:30:01"), rig.at("09:30:09"), 8);
    rig.to("09:30:09.100").shed(5, rig.at("09:30:07"), rig.now());
    rig.to("09:30:09.200").hear("rows A,10000,50,1");
    assertThat(rig.events("frames_shed").get(0).path("reason").asText()).isEqualTo("disk_full");
    assertThat(rig.gaps("disk_full")).containsExactly("09:30:00-09:30:09.200");
  }

  @Test
  void aConnectionThatIsLostInAHoleIsOneGapSinceTheLastGoodFrame() {
    sampledUntil("09:30:01");
    rig.to("09:30:01.200").shed(5, rig.at("09:30:01.100"), rig.now());
    rig.to("09:30:01.400").lost();
    rig.to("09:30:10").opened(1);
    rig.confirmAll();
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:30:00-09:30:10");
    assertThat(rig.gaps("overload")).isEmpty();
    assertThat(rig.events("reconnection_event").get(0).path("recovered_slot_list")).hasSize(3);
  }

  @Test
  void whatAStoppedRouteLeftBehindIsCountedAndTheClosingBeginsTheGap() {
    sampledUntil("09:30:01");
    long nanos = Duration.between(Instant.EPOCH, rig.at("09:30:01")).toNanos();
    rig.message(FeedMessage.shed(new FeedMessage.Shed(7, 70, nanos, nanos, true)));
    rig.to("09:30:01.400").lost();
    assertThat(rig.events("frames_shed").get(0).path("reason").asText()).isEqualTo("stopped");
    assertThat(rig.recorder.state().counters()).containsEntry("shed", 7L);
    rig.recorder.session().stop("done");
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:30:00-09:30:01.400");
  }

  // ---- what comes late ----

  @Test
  void whileTheQueueLagsBehindLinesSayThatTheyAreOld() {
    sampledUntil("09:30:03");
    long heard = Duration.between(Instant.EPOCH, rig.at("09:30:00.900")).toNanos();
    rig.to("09:30:03.200");
    rig.message(
        FeedMessage.text(
            "rows A,10000,6,1".getBytes(java.nio.charset.StandardCharsets.UTF_8), heard));
    rig.to("09:30:03.500").sample();
    rig.to("09:30:03.600").hear("rows B,10000,8,1");
    rig.to("09:30:04").sample();
    assertThat(flags("A")).endsWith("09:30:03.500 degraded", "09:30:04 normal");
    assertThat(rig.scalp("A").get(7).path("provider_specific").path("quality_reason").asText())
        .isEqualTo("behind");
  }

  @Test
  void aSampleTakenLongAfterItsInstantSaysThatItIsOld() {
    sampledUntil("09:30:01");
    rig.to("09:30:04");
    rig.recorder.note("sample", "sample", Map.of("at", rig.at("09:30:01.500")));
    assertThat(flags("A")).endsWith("09:30:01.500 degraded");
  }
}
