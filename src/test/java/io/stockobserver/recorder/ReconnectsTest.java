package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.venue.FeedMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each attempt came to, and when failing counts as failing. */
class ReconnectsTest {
  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void rig() {
    rig = new Rig(root).started().connected();
    rig.to("09:40").hear("rows A,10000,5,5");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void successIsToldOnceEverySlotIsBack() {
    rig.to("09:40:10").lost();
    rig.to("09:40:12").opened(1);
    rig.to("09:40:13").hear("ack A");
    rig.to("09:40:14").hear("ack B");
    assertThat(attempts()).isEmpty();
    rig.to("09:40:15").hear("ack C");
    assertThat(attempts()).containsExactly("1 SUCCESS [A, B, C] 09:40:15");
  }

  @Test
  void whoIsNotBackAfterTenSecondsIsNotToldAsBack() {
    rig.to("09:40:10").lost();
    rig.to("09:40:12").opened(1);
    rig.to("09:40:13").hear("ack B");
    rig.to("09:40:21.999").hear("beat");
    assertThat(attempts()).isEmpty();
    rig.to("09:40:22").hear("beat");
    assertThat(attempts()).containsExactly("1 SUCCESS [B] 09:40:22");
  }

  @Test
  void aConnectionThatBringsNothingBackIsAFailedAttempt() {
    rig.to("09:40:10").lost();
    rig.to("09:40:12").opened(1);
    rig.to("09:40:13").lost();
    assertThat(attempts()).containsExactly("1 FAIL [] 09:40:13");
    assertThat(rig.events("reconnection_event").get(0).path("detail").asText()).isEqualTo("1006");
  }

  /** Fault row 18: ten minutes of ALREADY IN USE. */
  @Test
  void afterFiveMinutesOfFailuresRecordingIsPausedOnceAndGoesOnWithTheFirstSuccess() {
    rig.to("09:40:10").lost();
    int attempt = 0;
    for (Instant at = rig.at("09:40:22"); at.isBefore(rig.at("09:50")); at = at.plusSeconds(30)) {
      rig.to(at).message(FeedMessage.failed(++attempt, Duration.ofSeconds(30), "refused", 0));
      rig.recorder.note("plan", "plan", Map.of());
      boolean paused = !at.isBefore(rig.at("09:45:10"));
      assertThat(rig.recorder.state().scalpPaused()).as("%s", at).isEqualTo(paused);
    }
    List<JsonNode> marked = rig.events("anomaly_marked");
    assertThat(marked).hasSize(1);
    assertThat(marked.get(0).path("reason").asText()).isEqualTo("reconnect_failing");
    assertThat(marked.get(0).path("detail").asText())
        .contains("11 attempts failed")
        .contains("refused");
    rig.to("09:51").opened(++attempt);
    rig.confirmAll();
    assertThat(rig.recorder.state().scalpPaused()).isFalse();
    rig.hear("rows A,10000,6,1");
    rig.sample();
    assertThat(rig.scalp("A")).as("recording goes on").hasSize(1);
    List<JsonNode> events = rig.events("reconnection_event");
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("result").asText()).isEqualTo("SUCCESS");
    assertThat(last.path("detail").asText()).isEqualTo("scalp recording goes on");
    rig.to("09:52").lost();
    rig.to("09:58").sample();
    assertThat(rig.events("anomaly_marked")).as("another stretch").hasSize(2);
  }

  @Test
  void itSaysThatNobodyTriesOnceASecretWasSeen() {
    rig.to("09:40:10").lost();
    rig.recorder.session().secretSeen();
    rig.to("09:40:12").message(FeedMessage.failed(1, Duration.ofSeconds(2), "refused", 0));
    rig.to("09:45:10").sample();
    assertThat(rig.events("anomaly_marked"))
        .singleElement()
        .extracting(marked -> marked.path("detail").asText())
        .asString()
        .endsWith(
            "a secret of the venue was seen: nobody tries until the observer is started anew");
    assertThat(rig.recorder.nobodyTries()).contains("nobody tries");
  }

  @Test
  void itSaysThatNobodyTriesWhileAnOperatorHasStoppedItsRoute() {
    rig.to("09:40:10").lost("route stopped");
    rig.to("09:45:10").sample();
    assertThat(rig.events("anomaly_marked").get(0).path("detail").asText())
        .endsWith("; nobody tries until its route is started again");
    // It is started again, and is refused: now somebody tries.
    rig.to("09:46").message(FeedMessage.failed(1, Duration.ofSeconds(2), "refused", 0));
    rig.to("09:47").opened(2);
    rig.hear("rows A,10000,6,1");
    rig.to("09:48").lost();
    rig.to("09:53").sample();
    assertThat(rig.events("anomaly_marked").get(1).path("detail").asText())
        .doesNotContain("nobody");
  }

  @Test
  void beforeTheWindowNobodyIsMissed() {
    try (Rig early = new Rig(root.resolve("early")).started()) {
      early.to("09:34:59").sample();
      assertThat(early.events("anomaly_marked")).isEmpty();
      early.to("09:35").sample();
      assertThat(early.events("anomaly_marked")).hasSize(1);
    }
  }

  private List<String> attempts() {
    List<String> all = new ArrayList<>();
    for (JsonNode n : rig.events("reconnection_event")) {
      List<String> back = new ArrayList<>();
      n.path("recovered_slot_list").forEach(s -> back.add(s.asText()));
      all.add(
          n.path("attempt_no").asInt()
              + " "
              + n.path("result").asText()
              + " "
              + back
              + " "
              + Rig.local(n, "timestamp"));
    }
    return all;
  }
}
