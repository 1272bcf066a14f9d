package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is missed while an operator keeps a track from looking is the operator's, and is told. */
class HaltTest {
  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void rig() {
    rig = new Rig(root);
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,1,1 C,10000,1,1");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void samplesThatAnOperatorHaltsAreTheOperatorsGap() {
    rig.sampling("09:31:10");
    rig.to("09:31:12").recorder.session().halt(TrackWord.SCALP, true, "observe-x-scalp");
    assertThat(rig.begun()).contains("scalp operator 09:31:10");
    rig.to("09:31:30").recorder.session().halt(TrackWord.SCALP, false, "observe-x-scalp");
    rig.sampling("09:31:32");
    rig.to("09:31:40").sample();
    assertThat(rig.gaps("scalp", "operator")).containsExactly("09:31:10-09:31:30.500");
    assertThat(rig.gaps("scalp", "overload")).contains("09:31:32-09:31:40").hasSize(2);
    assertThat(rig.scalp("A").stream().map(l -> l.path("quality_flag").asText()).toList())
        .element(20)
        .isEqualTo("gap");
  }

  @Test
  void aSessionThatEndsWhileHaltedSaysSo() {
    rig.sampling("09:31:10");
    rig.recorder.session().halt(TrackWord.SCALP, true, "observe-x-scalp");
    rig.to("09:31:20").recorder.session().stopping("end");
    rig.to("09:31:21").recorder.session().stop("end");
    assertThat(rig.gaps("scalp", "operator"))
        .containsExactly("09:31:10-09:31:20", "09:31:20-09:31:21");
  }

  @Test
  void sweepsThatAnOperatorHaltsAreTheOperatorsGaps() {
    rig.to("09:31:20").recorder.session().halt(TrackWord.SWING, true, "poll-x-swing");
    assertThat(rig.begun()).contains("swing operator 09:31:20");
    rig.to("09:52").recorder.session().halt(TrackWord.SWING, false, "poll-x-swing");
    missed("09:40");
    missed("09:50");
    rig.to("10:01");
    missed("10:00");
    assertThat(rig.gaps("swing", "operator"))
        .containsExactly("09:40:00-09:50:00", "09:50:00-10:00:00");
    assertThat(rig.gaps("swing", "rate_limit")).containsExactly("10:00:00-10:10:00");
  }

  @Test
  void sweepsThatAreDueUntilTheEndOfAHaltedSessionAreTheOperators() {
    rig.to("09:35").recorder.session().halt(TrackWord.SWING, true, "poll-x-swing");
    rig.to("09:45").recorder.session().stop("end");
    assertThat(rig.gaps("swing", "operator")).contains("09:40:00-09:45:00");
  }

  @Test
  void aHaltThatMissedNothingEndsAllTheSame() {
    rig.sampling("09:31:10");
    long gaps = rig.recorder.state().counters().get("gaps");
    rig.recorder.session().halt(TrackWord.SWING, true, "poll-x-swing");
    rig.to("09:31:10.200").recorder.session().halt(TrackWord.SWING, false, "poll-x-swing");
    assertThat(rig.gaps("swing", "operator")).containsExactly("09:31:10-09:31:10.200");
    rig.recorder.session().halt(TrackWord.SCALP, true, "observe-x-scalp");
    rig.recorder.session().halt(TrackWord.SCALP, false, "observe-x-scalp");
    rig.to("09:31:10.500").sample();
    assertThat(rig.gaps("scalp", "operator")).containsExactly("09:31:10-09:31:10.500");
    assertThat(rig.recorder.state().counters().get("gaps"))
        .as("of what was due nothing is missing")
        .isEqualTo(gaps);
  }

  @Test
  void aHaltWhileTheFeedIsLostIsNoGapOfItsOwnUntilTheFeedIsBack() {
    rig.sampling("09:31:10");
    rig.to("09:31:11").lost();
    rig.to("09:31:12").recorder.session().halt(TrackWord.SCALP, true, "observe-x-scalp");
    assertThat(rig.begun()).noneMatch(begun -> begun.startsWith("scalp operator"));
    rig.to("09:31:14").opened(1);
    rig.hear("ack A");
    assertThat(rig.begun()).contains("scalp operator 09:31:14");
    rig.to("09:31:16").recorder.session().halt(TrackWord.SCALP, false, "observe-x-scalp");
    rig.to("09:31:16.500").sample();
    assertThat(rig.gaps("scalp", "operator")).containsExactly("09:31:14-09:31:16.500");
  }

  @Test
  void aFeedThatIsLostWhileSamplesAreHaltedTakesTheirGapOver() {
    rig.sampling("09:31:10");
    rig.to("09:31:12").recorder.session().halt(TrackWord.SCALP, true, "observe-x-scalp");
    rig.to("09:31:15").lost();
    rig.to("09:31:16").recorder.session().halt(TrackWord.SCALP, false, "observe-x-scalp");
    assertThat(rig.gaps("scalp", "operator")).containsExactly("09:31:10-09:31:15");
  }

  private void missed(String at) {
    rig.recorder.note("swing", "sweep_missed", Map.of("at", rig.at(at), "why", "late"));
  }
}
