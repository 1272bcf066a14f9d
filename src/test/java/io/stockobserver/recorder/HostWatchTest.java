package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pause of the host and a step of its clock leave in the archive. */
class HostWatchTest {
  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void rig() {
    rig = new Rig(root).started().connected();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aPauseIsOneMarkerFromTheLastSampleToTheFirstAfter() {
    rig.to("09:29:59.500").sampling("09:31").hear("rows A,10000,5,5");
    rig.to("09:31:00.500").sample();
    paused("09:31:00.610", "09:32:30.740");
    rig.hear("rows A,10010,9,4");
    rig.to("09:32:31").sample();
    rig.to("09:32:31.500").sample();
    assertThat(rig.gaps("host_pause")).containsExactly("09:31:00.500-09:32:31");
    JsonNode marker =
        rig.events("gap_marker").stream().filter(HostWatchTest::isPause).toList().get(0);
    assertThat(marker.path("scope").asText()).isEqualTo("all");
    assertThat(marker.path("gap_seconds").asInt()).isEqualTo(91);
    assertThat(rig.scalp("A"))
        .extracting(n -> n.path("quality_flag").asText() + n.path("volume").asText())
        .as("the first line after it spans it")
        .containsExactly("normal5", "gap4", "normal0");
    assertThat(rig.gaps("clock_step")).isEmpty();
    assertThat(rig.gaps("overload")).as("and no other says it too").isEmpty();
  }

  private static boolean isPause(JsonNode marker) {
    return marker.path("reason").asText().equals("host_pause");
  }

  @Test
  void aPauseIsToldOnlyForTheWindowsAndEndsWithTheSession() {
    rig.to("15:30:30");
    paused("15:30:30", "15:40");
    rig.to("15:41").recorder.session().stop("done");
    assertThat(rig.gaps("host_pause"))
        .as("until the closing sweep")
        .containsExactly("15:30:30-15:31:00");
  }

  @Test
  void aFeedThatWasLostInThePauseHasItsOwnMarkerToo() {
    rig.to("09:31").hear("rows A,10000,5,5");
    rig.sample();
    paused("09:31:00.400", "09:41");
    rig.lost();
    rig.to("09:41:00.500").sample();
    rig.to("09:41:01").opened(1);
    rig.confirmAll();
    assertThat(rig.gaps("host_pause")).containsExactly("09:31:00-09:41:00.500");
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:31:00-09:41:01");
    assertThat(rig.events("anomaly_marked")).as("nobody had tried in the pause").isEmpty();
  }

  @Test
  void aStepAheadIsAnEventAndAMarkerOfWhatWasPassedOver() {
    rig.to("09:29:59.500").sampling("09:59:59.500").to("10:00").hear("rows A,10000,5,5");
    rig.sample();
    stepped("10:00:00.300", Duration.ofHours(1));
    rig.to("11:00:00.500").sample();
    assertThat(rig.gaps("clock_step")).containsExactly("10:00:00-11:00:00.500");
    assertThat(steps()).containsExactly("10:00:00.300 11:00:00.300 3600000");
    assertThat(rig.scalp("A"))
        .extracting(n -> n.path("quality_flag").asText())
        .as("the hour was none: what was known a moment ago is not old")
        .containsExactly("normal", "gap");
  }

  /** The sample's word may come behind the one of the step, though its instant lies before. */
  @Test
  void anInstantJustBeforeTheEndOfAStepIsOfItWhereNobodyListens() {
    rig.to("09:29:59.500").sampling("10:00").hear("rows A,10000,5,5");
    rig.to("10:00:00.200").lost();
    stepped("10:00:01.007", Duration.ofSeconds(31));
    rig.to("10:00:32.015").sample("10:00:32");
    assertThat(rig.gaps("clock_step")).containsExactly("10:00:00-10:00:32.007");
    rig.to("10:00:33").opened(1);
    rig.confirmAll();
    assertThat(rig.gaps("ws_disconnect"))
        .containsExactly("10:00:00-10:00:01.007", "10:00:32.007-10:00:33");
  }

  @Test
  void aStepBackIsAnEventAndSamplesComeAgain() {
    rig.to("10:00").hear("rows A,10000,5,5");
    rig.sample();
    stepped("10:00:00.300", Duration.ofSeconds(-5));
    rig.to("09:59:55.500").sample();
    rig.hear("rows A,10000,6,1");
    rig.to("10:00").sample();
    assertThat(rig.gaps("clock_step")).isEmpty();
    assertThat(steps()).containsExactly("10:00:00.300 09:59:55.300 -5000");
    assertThat(rig.scalp("A"))
        .extracting(n -> Rig.local(n, "sample_time") + ' ' + n.path("volume").asText())
        .containsExactly("10:00:00 5", "09:59:55.500 0", "10:00:00 1");
  }

  /** Row 9: no negative coverage, and none that is lost. */
  @Test
  void anInterruptionOverAStepIsToldInBothTimes() {
    rig.to("10:00").hear("rows A,10000,5,5");
    rig.to("10:00:02").lost();
    stepped("10:00:04", Duration.ofHours(-1).plusMinutes(15));
    rig.to("09:15:10").opened(1);
    stepped("09:15:11", Duration.ofHours(1));
    rig.to("10:15:12");
    rig.confirmAll();
    assertThat(rig.gaps("ws_disconnect"))
        .as("before the window there is nothing to tell")
        .containsExactly("10:00:00-10:00:04", "10:15:11-10:15:12");
    assertThat(rig.events("gap_marker"))
        .allMatch(
            n ->
                !Instant.parse(n.path("gap_end_ts").asText())
                    .isBefore(Instant.parse(n.path("gap_start_ts").asText())));
  }

  @Test
  void whatIsAwaitedOverAStepIsToldInBothTimes() {
    rig.to("10:00").sample();
    rig.to("10:00:01").sample();
    stepped("10:00:02", Duration.ofMinutes(-10));
    rig.to("09:50:03").hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.sample();
    assertThat(rig.gaps("awaiting_first_frame"))
        .containsExactly("09:30:00-10:00:02 A,B,C", "09:50:02-09:50:03 A,B,C");
  }

  @Test
  void aSweepThatWasPassedOverBlamesTheClock() {
    rig.to("10:00").sample();
    stepped("10:00:00.300", Duration.ofMinutes(25));
    rig.recorder.note("swing", "sweep_missed", Map.of("at", rig.at("10:10"), "why", "late"));
    assertThat(rig.gaps("clock_step"))
        .as("the marker of the step itself waits for the next sample")
        .containsExactly("10:10:00-10:20:00");
  }

  @Test
  void aStepIntoAnotherDayIsToldToBoth() {
    rig.to("14:59:58").hear("rows A,10000,5,5");
    rig.sample();
    Instant later = Instant.parse("2026-11-23T00:45:00Z");
    note("14:59:58.200", later, 200, false, Duration.between(rig.at("14:59:58.200"), later));
    rig.turn("2026-11-23");
    rig.to("09:45:00.500").sample();
    assertThat(rig.gaps("clock_step"))
        .containsExactly("14:59:58-15:31:00", "09:00:00-09:45:00.500");
  }

  private List<String> steps() {
    return rig.events("clock_step").stream()
        .map(
            n ->
                Rig.local(n, "before")
                    + ' '
                    + Rig.local(n, "after")
                    + ' '
                    + n.path("step_ms").asLong())
        .toList();
  }

  private void paused(String from, String to) {
    rig.to(to);
    note(
        from,
        rig.at(to),
        Duration.between(rig.at(from), rig.at(to)).toMillis(),
        true,
        Duration.ZERO);
  }

  private void stepped(String at, Duration step) {
    rig.to(rig.at(at).plus(step));
    note(at, rig.now(), 0, false, step);
  }

  private void note(String from, Instant to, long elapsed, boolean paused, Duration step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from", rig.at(from));
    fields.put("to", to);
    fields.put("elapsed_ms", elapsed);
    fields.put("paused", paused);
    fields.put("step_ms", step.toMillis());
    rig.recorder.note("pulse", "pulse", fields);
  }
}
