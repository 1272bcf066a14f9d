package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every instant at which a slot was held has its line or its marker, also where threads cross. */
class CrossingsTest {
  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void slots() {
    rig = new Rig(root).started().connected();
    rig.to("09:30").hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.sample();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<String> instants(String symbol) {
    return rig.scalp(symbol).stream().map(l -> Rig.local(l, "sample_time")).toList();
  }

  @Test
  void aSymbolThatLeavesIsSampledUntilItsEndIsConfirmed() {
    rig.to("09:30:00.400").recorder.sayOnFeed("trade", "unregister C");
    rig.to("09:30:00.500").sample();
    rig.to("09:30:00.600").hear("rel C");
    rig.to("09:30:01").sample();
    assertThat(instants("C")).containsExactly("09:30:00", "09:30:00.500");
    assertThat(rig.gaps("scalp", "overload")).isEmpty();
  }

  @Test
  void aSymbolThatLeftBeforeADueInstantWasSampledIsExplained() {
    rig.recorder.sayOnFeed("trade", "unregister C");
    rig.to("09:30:00.502").hear("rel C");
    rig.to("09:30:00.504").sample("09:30:00.500");
    assertThat(instants("C")).containsExactly("09:30:00");
    assertThat(rig.gaps("scalp", "overload")).containsExactly("09:30:00.500-09:30:00.502 C");
  }

  @Test
  void aConfirmationThatIsReadAfterTheSampleIsAwaitedFromWhenItWasHeard() {
    rig.recorder.sayOnFeed("trade", "unregister C");
    rig.to("09:30:00.300").hear("rel C");
    rig.recorder.sayOnFeed("trade", "register D");
    rig.to("09:30:00.501").sample("09:30:00.500");
    rig.hearLate("09:30:00.499", "ack D");
    rig.to("09:30:00.900").hear("rows D,10000,5,5");
    rig.to("09:30:01").sample();
    assertThat(instants("D")).containsExactly("09:30:01");
    assertThat(rig.gaps("scalp", "awaiting_first_frame"))
        .containsExactly("09:30:00.499-09:30:01 D");
  }

  @Test
  void anInstantThatFellDueBeforeTheLossBelongsToIt() {
    rig.to("09:30:00.503").hear("rows A,10001,6,1");
    rig.to("09:30:00.505").lost();
    rig.to("09:30:00.506").sample("09:30:00.500");
    rig.to("09:30:03").opened(1);
    rig.confirmAll();
    assertThat(rig.gaps("scalp", "overload")).containsExactly("09:30:00-09:30:00.505");
    assertThat(rig.gaps("scalp", "ws_disconnect")).containsExactly("09:30:00.503-09:30:03");
  }

  @Test
  void aSessionThatEndsRightAfterItsFeedOpenedOwesTheInstantBetween() {
    rig.to("09:30:05").lost();
    rig.to("09:30:05.980").opened(1);
    rig.confirmAll();
    rig.hear("rows A,10001,6,1");
    rig.to("09:30:06.010").recorder.session().stopping("done");
    rig.to("09:30:06.020").recorder.session().stop("done");
    assertThat(instants("A")).containsExactly("09:30:00");
    assertThat(rig.gaps("scalp", "stopped")).containsExactly("09:30:05.980-09:30:06.020");
  }

  @Test
  void whoWasLeavingWhenTheFeedWasLostIsReleasedOnceItIsBack() {
    rig.recorder.session().operator(SlotWord.EXCLUDE, "C", "test", "not wanted any more");
    rig.recorder.sayOnFeed("trade", "unregister C");
    rig.to("09:30:02").lost();
    rig.to("09:30:04").opened(1);
    rig.confirmAll();
    rig.to("09:30:05");
    rig.recorder.note("plan", "plan", Map.of());
    assertThat(rig.events("slot_released"))
        .extracting(n -> n.path("symbol").asText())
        .containsExactly("C");
    assertThat(rig.gaps("scalp", "awaiting_first_frame")).contains("09:30:04-09:30:05 C");
  }

  @Test
  void aRefusalOfWhatHadBeenConfirmedIsTheEndOfIt() {
    rig.to("09:30:00.200").hear("refuse C");
    rig.to("09:30:00.500").sample();
    assertThat(instants("C")).containsExactly("09:30:00");
    JsonNode released = rig.events("slot_released").get(0);
    assertThat(released.path("symbol").asText()).isEqualTo("C");
    assertThat(released.path("reason").asText()).isEqualTo("refused");
  }

  @Test
  void whatFollowsTheLastSampleBelongsToTheEnd() {
    rig.sampling("09:30:02").to("09:30:02.300").recorder.session().stopping("done");
    rig.to("09:30:02.500").sample();
    rig.to("09:30:03").lost();
    rig.to("09:30:09").recorder.session().stop("done");
    assertThat(rig.gaps("scalp", "stopped")).containsExactly("09:30:02.500-09:30:09");
    assertThat(rig.gaps("scalp", "overload")).isEmpty();
    assertThat(rig.gaps("scalp", "ws_disconnect")).isEmpty();
  }

  @Test
  void whatWasMissedBeforeTheEndBeganDoesNotBelongToIt() {
    rig.sampling("09:30:02").to("09:30:20").recorder.session().stopping("done");
    rig.to("09:30:21").recorder.session().stop("done");
    assertThat(rig.gaps("scalp", "overload")).containsExactly("09:30:02-09:30:20");
    assertThat(rig.gaps("scalp", "stopped")).containsExactly("09:30:20-09:30:21");
  }

  @Test
  void aTickBeforeTheLevelRoseIsSampledThoughItIsReadAfterIt() {
    rig.to("09:30:00.502");
    rig.recorder.note("mitigation", "level", Map.of("to", 1, "segment_ms", 120_000));
    rig.recorder.sample(rig.at("09:30:00.500"));
    rig.to("09:30:01.500").recorder.sample(rig.now());
    assertThat(instants("A")).containsExactly("09:30:00", "09:30:00.500");
  }

  @Test
  void aGapIsToldWhenItBegins() {
    assertThat(rig.begun()).isEmpty();
    rig.to("09:30:01").hear("rows A,10001,6,1");
    rig.to("09:30:02").lost();
    rig.to("09:30:04").opened(1);
    rig.hear("ack A");
    rig.to("09:30:04.500").sample();
    rig.to("09:30:04.600").recorder.session().stopping("done");
    assertThat(rig.begun())
        .containsExactly(
            "scalp ws_disconnect 09:30:01",
            "scalp awaiting_first_frame 09:30:04 A,B,C",
            "scalp stopped 09:30:04.500");
  }
}
