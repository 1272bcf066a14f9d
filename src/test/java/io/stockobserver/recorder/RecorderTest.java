package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Sha256;
import io.stockobserver.track.SlotAct;
import io.stockobserver.universe.Universe;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recorder writes of what it hears; design, sections 2, 4 and 8. */
class RecorderTest {
  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void rig() {
    rig = new Rig(root);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  // ---- tape and balance ----

  @Test
  void everythingIsOnTheTapeInOneOrder() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5");
    rig.sample();
    rig.recorder.session().stop("done");
    List<JsonNode> tape = rig.tape();
    for (int i = 0; i < tape.size(); i++) {
      assertThat(tape.get(i).path("seq").asInt()).isEqualTo(i + 1);
    }
    assertThat(tape)
        .extracting(n -> n.path("feed").asText() + ' ' + n.path("dir").asText())
        .startsWith("session note", "universe out", "universe in", "universe out", "universe in")
        .containsSubsequence("trade note", "trade out", "trade in", "sample note", "session note");
    assertThat(tape.get(2).path("re").asInt()).as("the answer to the request").isEqualTo(2);
    assertThat(tape.get(2).path("status").asInt()).isEqualTo(200);
  }

  @Test
  void declaredIsParsedIsKeptAndSetAside() {
    rig.started().connected();
    rig.to("09:30");
    rig.hear("rows A,10000,5,5 B,10000,1,1 UNKNOWN,10000,5,5 C,0,5,5");
    rig.hear("rows A,10000,4,1");
    rig.hear("garbage \0\1\2");
    rig.hear("throw 3 1");
    rig.hear("throw 0 0");
    rig.hear("throw 2 2");
    rig.hear("nonsense");
    rig.answer("swing", "/q", List.of("A"), 500, "fail rate-limited");
    Map<String, Long> c = rig.balanced();
    assertThat(c.get("declared")).isEqualTo(6 + 4 + 1 + 2 + 3 + 1 + 2 + 1);
    assertThat(rig.aside())
        .extracting(n -> n.path("reason").asText())
        .containsExactly(
            "unknown-symbol",
            "price-not-positive",
            "state-backwards",
            "malformed",
            "reader-failed",
            "reader-failed",
            "reader-failed");
    assertThat(rig.aside().stream().mapToInt(n -> n.path("record").path("records").asInt()).sum())
        .isEqualTo(c.get("set_aside").intValue());
  }

  @Test
  void whatIsSetAsideNamesItsReasonItsStageAndItsPlaceOnTheTape() {
    rig.started().connected();
    rig.to("09:30").hear("rows UNKNOWN,10000,5,5");
    rig.hear("rows A,-1,5,5");
    rig.hear("garbage here");
    rig.hear("throw 1 0");
    List<String> said =
        List.of("rows UNKNOWN,10000,5,5", "rows A,-1,5,5", "garbage here", "throw 1 0");
    List<String> stages = List.of("guard", "validate", "read", "read");
    List<JsonNode> aside = rig.aside();
    assertThat(aside).hasSize(4);
    for (int i = 0; i < 4; i++) {
      JsonNode line = aside.get(i);
      assertThat(line.path("stage").asText()).isEqualTo(stages.get(i));
      JsonNode tape = rig.pointedTo(line.path("tape_ref").asText());
      assertThat(tape.path("body").asText()).isEqualTo(said.get(i));
    }
    assertThat(rig.text("set_aside").get(0))
        .startsWith(
            "{\"at\":\"2026-11-20T00:30:00.000Z\",\"reason\":\"unknown-symbol\","
                + "\"stage\":\"guard\",\"tape_ref\":\"tape/kis/kr_stocks/20261120/")
        .contains("\",\"symbol\":\"UNKNOWN\",\"record\":{");
  }

  @Test
  void aReaderThatFailsCostsTheNextMessageNothing() {
    rig.started().connected();
    rig.to("09:30").hear("throw 5 0");
    rig.hear("rows A,10000,5,5");
    rig.sample();
    assertThat(rig.scalp("A")).hasSize(1);
    rig.balanced();
  }

  @Test
  void aNoteThatCannotBeReadIsSetAsideUnderItsOwnPlace() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5 B,10000,5,5");
    rig.recorder.note("sample", "sample", Map.of("at", "whenever"));
    rig.balanced();
    assertThat(rig.aside()).hasSize(1);
    JsonNode tape = rig.pointedTo(rig.aside().get(0).path("tape_ref").asText());
    assertThat(tape.path("body").asText()).contains("whenever");
  }

  @Test
  void aSampleThatEndsInHalfACharacterIsStillALine() {
    rig.started().connected();
    String text = "garbage " + "x".repeat(247) + "😀".repeat(20);
    rig.hear(text);
    rig.hear("drift " + "y".repeat(255) + "😀".repeat(200));
    rig.balanced();
    assertThat(rig.aside().get(0).path("record").path("sample").asText())
        .hasSize(255)
        .isEqualTo(text.substring(0, 255));
    assertThat(rig.events("schema_drift")).hasSize(1);
  }

  @Test
  void anAnswerToNoRequestIsSetAside() {
    rig.started();
    byte[] body = "rows A,10000,5".getBytes(StandardCharsets.UTF_8);
    Call call = Call.get("swing", "/q", "A", Map.of(), List.of("A"));
    rig.recorder.hear(new Answer(call, 4711, 200, body, Map.of()), body);
    assertThat(rig.aside().get(0).path("reason").asText()).isEqualTo("answer-without-request");
    rig.balanced();
  }

  @Test
  void driftIsEvidencedOnceAShape() {
    rig.started().connected();
    rig.hear("drift 48-fields");
    rig.hear("drift 48-fields");
    rig.hear("drift 49-fields");
    assertThat(rig.events("schema_drift"))
        .extracting(n -> n.path("shape").asText())
        .containsExactly("48-fields", "49-fields");
    JsonNode first = rig.events("schema_drift").get(0);
    assertThat(rig.pointedTo(first.path("tape_ref").asText()).path("body").asText())
        .isEqualTo("drift 48-fields");
  }

  // ---- swing ----

  @Test
  void aSweepLeavesALineForEachAndSaysWhoIsMissingAndWhy() {
    rig.started();
    rig.to("09:30");
    rig.recorder.note("swing", "sweep_begin", Map.of("at", rig.at("09:30")));
    rig.answer("swing", "/q", List.of("A", "B"), 200, "rows A,10000,50 B,99999,50");
    rig.answer("swing", "/q", List.of("C"), 500, "fail rate-limited");
    rig.answer("swing", "/q", List.of("D"), 200, "rows D,10000,70");
    rig.to("09:30:06");
    rig.recorder.note("swing", "sweep_end", Map.of("at", rig.at("09:30"), "why", "missing-row"));
    assertThat(rig.swing()).extracting(n -> n.path("symbol").asText()).containsExactly("A", "D");
    assertThat(rig.gaps("api_error")).containsExactly("09:30:00-09:40:00 B", "09:30:00-09:40:00 E");
    assertThat(rig.gaps("rate_limit")).containsExactly("09:30:00-09:40:00 C");
    assertThat(rig.events("gap_marker"))
        .extracting(n -> n.path("detail").asText())
        .containsExactly("beyond-limit", "missing-row", "rate-limited");
    assertThat(rig.events("gap_marker")).allMatch(n -> n.path("scope").asText().equals("swing"));
    rig.balanced();
  }

  @Test
  void aSweepThatNeverWasIsAGapOfEverybody() {
    rig.started();
    rig.to("09:45");
    rig.recorder.note("swing", "sweep_missed", Map.of("at", rig.at("09:30"), "why", "late"));
    rig.recorder.note("swing", "sweep_missed", Map.of("at", rig.at("09:40"), "why", "no-token"));
    assertThat(rig.gaps("rate_limit")).containsExactly("09:30:00-09:40:00", "09:40:00-09:50:00");
  }

  @Test
  void theVolumeOfASwingLineIsUnknownAtFirstAndThenWhatTradedInBetween() {
    rig.started();
    rig.to("09:30").sweep("09:30", "A,10000,50");
    rig.to("09:40").sweep("09:40", "A,10000,75 B,10000,30");
    List<JsonNode> swing = rig.swing();
    assertThat(swing.get(0).has("volume")).isFalse();
    assertThat(swing.get(1).path("volume").asInt()).isEqualTo(25);
    assertThat(swing.get(2).path("symbol").asText()).isEqualTo("B");
    assertThat(swing.get(2).has("volume")).as("its first, though not the first sweep").isFalse();
  }

  @Test
  void everyLineOfATrackPointsToItsFrameOnTheTape() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5");
    rig.sample();
    rig.to("09:40").sweep("09:40", "A,10000,50");
    for (JsonNode line : List.of(rig.scalp("A").get(0), rig.swing().get(0))) {
      assertThat(rig.pointedTo(line.path("tape_ref").asText()).path("body").asText())
          .contains("A,10000");
      assertThat(line.path("session_id").asText()).isEqualTo(Rig.SESSION);
    }
  }

  // ---- scalp ----

  @Test
  void aSlotWritesOneLineASampleInstantWhileTheFeedIsAlive() {
    rig.started().connected();
    for (int i = 0; i < 10; i++) {
      rig.to(rig.at("09:30").plusMillis(500L * i));
      if (i % 4 == 0) {
        rig.hear("rows A,10000," + (10 + i) + ",1 B,10000,7,1 C,10000,7,1");
      }
      rig.sample();
    }
    for (String symbol : List.of("A", "B", "C")) {
      List<JsonNode> lines = rig.scalp(symbol);
      assertThat(lines).hasSize(10);
      assertThat(lines).extracting(n -> n.path("sample_time").asText()).doesNotHaveDuplicates();
      assertThat(lines).allMatch(n -> n.path("quality_flag").asText().equals("normal"));
    }
    assertThat(rig.scalp("A"))
        .extracting(n -> n.path("volume").asInt())
        .containsExactly(1, 0, 0, 0, 4, 0, 0, 0, 4, 0);
    assertThat(rig.scalp("D")).as("no slot").isEmpty();
    assertThat(rig.events("gap_marker")).isEmpty();
  }

  @Test
  void outsideTheWindowThereIsNoLine() {
    rig.started().connected();
    rig.to("09:29:59").hear("rows A,10000,5,5");
    rig.sample();
    rig.to("15:00").hear("rows A,10000,6,1");
    rig.sample();
    assertThat(rig.scalp()).isEmpty();
  }

  @Test
  void beforeItsFirstFrameASlotCarriesTheLastSweepsStateDegraded() {
    rig.started();
    rig.to("09:30").sweep("09:30", "A,10000,50 B,10000,40");
    rig.connected();
    rig.to("09:30:01").sample();
    JsonNode line = rig.scalp("A").get(0);
    assertThat(line.path("quality_flag").asText()).isEqualTo("degraded");
    assertThat(line.path("last_price").asInt()).isEqualTo(10000);
    assertThat(line.path("receive_time").asText()).isEqualTo("2026-11-20T00:30:00.000Z");
    assertThat(line.path("sample_time").asText()).isEqualTo("2026-11-20T00:30:01.000Z");
    assertThat(line.has("volume")).isFalse();
    rig.hear("rows A,10100,55,5");
    rig.to("09:30:01.500").sample();
    assertThat(rig.scalp("A").get(1).path("quality_flag").asText()).isEqualTo("normal");
  }

  @Test
  void withNoSweepEitherTheSecondsAreExplainedAsAwaitingTheFirstFrame() {
    rig.started().to("09:30");
    rig.connected();
    rig.to("09:30:00.500").sample();
    rig.to("09:30:01").sample();
    rig.to("09:30:01.200").hear("rows A,10000,5,5 B,10000,5,5");
    rig.to("09:30:01.500").sample();
    assertThat(rig.gaps("awaiting_first_frame")).containsExactly("09:30:00-09:30:01.500 A,B");
    assertThat(rig.scalp("A")).hasSize(1);
    rig.to("09:30:09");
    rig.recorder.session().stop("done");
    assertThat(rig.gaps("awaiting_first_frame"))
        .as("C heard nothing until the end")
        .containsExactly("09:30:00-09:30:01.500 A,B", "09:30:00-09:30:09 C");
  }

  @Test
  void whatWasAwaitedBeforeTheWindowIsNoGapInIt() {
    rig.started().to("09:25");
    rig.connected();
    rig.to("09:30:02").sample();
    rig.hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.to("09:30:03").sample();
    assertThat(rig.gaps("awaiting_first_frame")).containsExactly("09:30:00-09:30:03 A,B,C");
  }

  @Test
  void aFeedThatHasSaidNothingForTooLongHasOldStates() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5");
    rig.sampling("09:30:30.500").hear("beat");
    rig.sampling("09:30:31").hear("rows A,10000,6,1");
    rig.sampling("09:30:31.500");
    assertThat(rig.scalp("A"))
        .extracting(n -> n.path("quality_flag").asText())
        .as("a heartbeat is no data")
        .hasSize(63)
        .endsWith("normal", "degraded", "degraded", "normal");
  }

  // ---- candidates, slots and the ledger ----

  @Test
  void aCandidateSweepLeavesNoSwingLineAndNoGap() {
    rig.started().connected();
    rig.to("09:31");
    rig.answer("candidates", "/q", List.of("A", "B"), 200, "rows A,10000,50 B,0,50");
    rig.answer("candidates", "/q", List.of("C"), 500, "fail rate-limited");
    rig.answer("candidates", "/rank", List.of(), 200, "rows A,10000,51 ELSEWHERE,10000,5");
    assertThat(rig.swing()).isEmpty();
    assertThat(rig.events("gap_marker")).isEmpty();
    assertThat(rig.events("rate_limited")).hasSize(1);
    assertThat(rig.aside()).extracting(n -> n.path("symbol").asText()).containsExactly("B");
    rig.balanced();
  }

  @Test
  void whoIsMoreTradedTakesASlotAndTheDisplacedIsInTheLedger() {
    rig.started().connected();
    assertThat(rig.events("slot_assigned"))
        .extracting(n -> n.path("symbol").asText() + ' ' + n.path("trigger").asText())
        .containsExactly("A traded_value", "B traded_value", "C traded_value");
    rig.to("09:31");
    rig.answer(
        "candidates",
        "/q",
        List.of("A", "B", "C", "D", "E"),
        200,
        "rows A,10000,9 B,10000,8 D,10000,9 E,10000,1");
    rig.plan();
    // B and A are ahead by the margin, E is the next best; C has nothing left.
    assertThat(rig.ledger())
        .containsExactly(
            "09:31:00 E low_score", "09:31:00 C low_score", "09:31:00 D not_acknowledged");
    rig.confirmAll();
    assertThat(rig.events("slot_released"))
        .extracting(n -> n.path("symbol").asText() + ' ' + n.path("reason").asText())
        .containsExactly("C outranked");
    rig.to("09:31:10").plan();
    assertThat(rig.ledger())
        .filteredOn(l -> l.startsWith("09:31:10"))
        .noneMatch(l -> l.contains("D"));
    JsonNode line = rig.lines("system/overflow/kis").get(0);
    assertThat(line.properties())
        .extracting(Map.Entry::getKey)
        .startsWith(
            "timestamp",
            "provider",
            "market",
            "symbol",
            "candidate_score",
            "cutoff_rank",
            "mitigation_level",
            "decision_reason",
            "session_id");
    assertThat(line.path("cutoff_rank").asInt()).isEqualTo(3);
  }

  @Test
  void outsideTheWindowNobodyIsInTheLedger() {
    rig.started().connected();
    rig.plan();
    rig.to("15:00").plan();
    assertThat(rig.ledger()).isEmpty();
  }

  @Test
  void aWantedSymbolThatTheVenueDoesNotConfirmIsNotReceiving() {
    rig.started();
    rig.opened(0);
    rig.to("09:30").plan();
    rig.to("09:30:05").hear("ack A");
    rig.hear("rows A,10000,5,5");
    rig.to("09:30:19").plan();
    assertThat(rig.events("slot_silent")).isEmpty();
    rig.to("09:30:20").plan();
    rig.to("09:30:30").plan();
    assertThat(rig.events("slot_silent"))
        .extracting(n -> n.path("symbol").asText() + ' ' + n.path("why").asText())
        .as("once each")
        .containsExactly("B not_acknowledged", "C not_acknowledged");
    assertThat(rig.recorder.state().notReceiving()).containsExactly("B", "C");
    rig.hear("ack B");
    rig.to("09:30:40").plan();
    assertThat(rig.events("slot_receiving"))
        .extracting(n -> n.path("symbol").asText())
        .containsExactly("B");
    assertThat(rig.recorder.state().notReceiving()).containsExactly("C");
  }

  @Test
  void aConfirmedSymbolThatTradesBySweepsOnlyIsNotReceivingAndItsLinesAreDegraded() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.answer(
        "candidates",
        "/q",
        List.of("A", "B", "C", "D", "E"),
        200,
        "rows A,10000,5 B,10000,5 C,10000,5");
    rig.to("09:30:10");
    rig.answer(
        "candidates",
        "/q",
        List.of("A", "B", "C", "D", "E"),
        200,
        "rows A,10000,9 B,10000,9 C,10000,5");
    rig.to("09:30:15").hear("rows B,10000,9,4");
    rig.to("09:30:29.500").sample();
    rig.to("09:30:30").plan();
    rig.sample();
    assertThat(rig.events("slot_silent"))
        .extracting(n -> n.path("symbol").asText() + ' ' + Rig.local(n, "since"))
        .containsExactly("A 09:30:00");
    assertThat(rig.scalp())
        .filteredOn(n -> Rig.local(n, "sample_time").equals("09:30:30"))
        .extracting(n -> n.path("symbol").asText() + ' ' + n.path("quality_flag").asText())
        .containsExactly("A degraded", "B normal", "C normal");
  }

  @Test
  void whileTheFeedIsDownNobodyIsToldToBeSilent() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5");
    rig.to("09:30:05").lost();
    rig.to("09:31").plan();
    rig.to("09:32").plan();
    assertThat(rig.events("slot_silent")).isEmpty();
    assertThat(rig.ledger())
        .as("but they are in the ledger")
        .contains("09:31:00 A not_acknowledged");
  }

  @Test
  void anOperatorsPinTakesASlotAtOnceAndIsEvidence() {
    rig.started().connected();
    rig.to("09:31").recorder.session().operator(SlotWord.PIN, "E", "alice", "earnings call");
    rig.confirmAll();
    JsonNode pinned = rig.events("slot_pinned").get(0);
    assertThat(pinned.path("actor").asText()).isEqualTo("alice");
    assertThat(pinned.path("reason").asText()).isEqualTo("earnings call");
    assertThat(rig.events("slot_assigned"))
        .last()
        .matches(n -> n.path("symbol").asText().equals("E"))
        .matches(n -> n.path("trigger").asText().equals("manual_override"));
    rig.recorder.session().operator(SlotWord.EXCLUDE, "A", "alice", "tests with it");
    rig.confirmAll();
    assertThat(rig.events("slot_released"))
        .extracting(n -> n.path("symbol").asText() + ' ' + n.path("reason").asText())
        .containsExactly("C outranked", "A operator");
    assertThat(rig.ledger()).contains("09:31:00 A manual_exclude");
    assertThatThrownBy(
            () -> rig.recorder.session().operator(SlotWord.PIN, "ELSEWHERE", "alice", "why not"))
        .hasMessageContaining("ELSEWHERE");
    assertThatThrownBy(() -> rig.recorder.session().operator(SlotWord.PIN, "A", "alice", " "))
        .hasMessageContaining("reason");
  }

  // ---- the feed's interruptions ----

  @Test
  void aLostFeedLeavesNoLinesOneMarkerAndAFlagOnTheFirstLineAfterIt() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.sample();
    rig.sampling("09:30:05").lost();
    rig.sampling("09:30:08").opened(1);
    rig.to("09:30:09");
    rig.confirmAll();
    rig.hear("rows A,10000,905,5 B,10000,5,5 C,10000,5,5");
    rig.to("09:30:09.500").sample();
    rig.to("09:30:10").sample();
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:30:00-09:30:09");
    assertThat(rig.events("gap_marker")).hasSize(1);
    List<JsonNode> a = rig.scalp("A");
    assertThat(a)
        .extracting(n -> Rig.local(n, "sample_time"))
        .endsWith("09:30:04.500", "09:30:05", "09:30:09.500", "09:30:10");
    assertThat(a)
        .extracting(n -> n.path("quality_flag").asText())
        .endsWith("normal", "normal", "gap", "normal");
    assertThat(a.get(a.size() - 2).path("volume").asInt()).as("it spans the gap").isEqualTo(900);
  }

  @Test
  void aGapBeginsWithTheLastGoodMessageAndGarbageIsNone() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5");
    rig.to("09:31:02").hear("beat");
    rig.to("09:31:04").hear("garbage");
    rig.to("09:31:05").lost();
    rig.opened(1);
    rig.to("09:31:06").hear("garbage");
    rig.to("09:31:07").hear("beat");
    rig.to("09:31:08");
    rig.confirmAll();
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:31:02-09:31:08");
  }

  @Test
  void aFeedWhoseRouteSomebodyStoppedIsAnOperatorsGap() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5");
    rig.to("09:31:05").lost("1000 route stopped");
    rig.to("09:31:30").opened(0);
    rig.confirmAll();
    assertThat(rig.gaps("operator")).containsExactly("09:31:00-09:31:30");
    assertThat(rig.gaps("ws_disconnect")).isEmpty();
  }

  @Test
  void severalLossesInARowAreOneGap() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5");
    rig.to("09:31:05").lost();
    rig.to("09:31:07").opened(1);
    rig.to("09:31:08").lost();
    rig.to("09:31:10").opened(2);
    rig.to("09:31:11");
    rig.confirmAll();
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:31:00-09:31:11");
    assertThat(rig.events("reconnection_event"))
        .extracting(n -> n.path("attempt_no").asInt() + n.path("result").asText())
        .containsExactly("1FAIL", "2SUCCESS");
  }

  @Test
  void afterAGapNobodyCarriesTheStateFromBeforeIt() {
    rig.started();
    rig.to("09:30").sweep("09:30", "A,10500,50");
    rig.connected();
    rig.to("09:31").hear("rows A,10000,55,5");
    rig.to("09:31:05").lost();
    rig.to("09:31:06").opened(1);
    rig.confirmAll();
    rig.to("09:31:06.500").sample();
    JsonNode first = rig.scalp("A").get(0);
    assertThat(first.path("last_price").asInt()).as("the sweep's").isEqualTo(10500);
    assertThat(first.path("quality_flag").asText()).isEqualTo("degraded");
    rig.hear("rows A,10100,95,5");
    rig.to("09:31:07").sample();
    assertThat(rig.scalp("A").get(1).path("quality_flag").asText()).isEqualTo("gap");
  }

  /** Promise 1: per symbol, every second is recorded or explained. */
  @Test
  void whoIsConfirmedLaterThanOthersAfterAGapIsExplainedUntilThen() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.to("09:31:05").lost();
    rig.to("09:31:06").opened(1);
    rig.to("09:31:07").hear("ack A");
    rig.hear("rows A,10000,6,1");
    rig.to("09:31:07.500").sample();
    rig.to("09:31:11").hear("ack B");
    rig.hear("rows B,10000,6,1");
    rig.to("09:31:11.500").sample();
    rig.to("09:31:20");
    rig.recorder.session().stop("done");
    assertThat(rig.gaps("ws_disconnect")).containsExactly("09:31:00-09:31:07");
    assertThat(rig.gaps("awaiting_first_frame"))
        .containsExactly("09:31:07-09:31:11.500 B", "09:31:07-09:31:20 C");
  }

  @Test
  void whoHadAPlaceOnALostConnectionAndIsNotWantedAgainIsReleased() {
    rig.started().connected();
    rig.to("09:31").hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.to("09:31:05").lost();
    rig.to("09:31:06").opened(1);
    rig.to("09:31:07").hear("ack A");
    rig.sweep("09:30", "A,10000,900 B,10000,800 D,10000,700 E,10000,1");
    rig.to("09:31:08").recorder.note("plan", "plan", Map.of());
    assertThat(rig.events("slot_released"))
        .extracting(n -> n.path("symbol").asText())
        .containsExactly("C");
  }

  @Test
  void aSessionThatBeginsInsideTheWindowExplainsTheTimeUntilTheFeedIsThere() {
    rig.to("10:00").started();
    rig.to("10:00:04").opened(0);
    rig.to("10:00:05");
    rig.confirmAll();
    assertThat(rig.gaps("not_connected")).containsExactly("10:00:00-10:00:05");
  }

  @Test
  void aFeedThatNeverOpensIsExplainedToo() {
    rig.started();
    rig.to("09:40");
    rig.recorder.session().stop("done");
    assertThat(rig.gaps("not_connected")).containsExactly("09:30:00-09:40:00");
  }

  @Test
  void whatHappensOutsideTheWindowIsNoGap() {
    rig.started().connected();
    rig.to("09:29:55").lost();
    rig.to("09:29:58").opened(1);
    rig.to("09:29:59");
    rig.confirmAll();
    rig.to("14:59:50").hear("rows A,10000,5,5");
    rig.to("15:00:01").lost();
    rig.to("15:10");
    rig.recorder.session().stop("done");
    assertThat(rig.gaps("ws_disconnect"))
        .as("from the last good message to the window's end")
        .containsExactly("14:59:50-15:00:00");
    assertThat(rig.begun()).as("told as begun, and nobody would tell their end").isEmpty();
  }

  @Test
  void aFeedThatIsNotThereWhenTheWindowBeginsIsToldThen() {
    rig.started();
    assertThat(rig.begun()).isEmpty();
    rig.to("09:30").sample();
    rig.to("09:30:00.500").sample();
    assertThat(rig.begun()).containsExactly("scalp not_connected 09:29:50");
    rig.to("09:30:01").opened(0);
    rig.confirmAll();
    assertThat(rig.gaps("not_connected")).containsExactly("09:30:00-09:30:01");
  }

  @Test
  void aCleanStopLeavesNoGap() {
    rig.started().connected();
    rig.to("09:30").sweep("09:30", "A,10000,9 B,10000,9 C,10000,9 D,10000,9 E,10000,9");
    rig.hear("rows A,10000,5,5 B,10000,5,5 C,10000,5,5");
    rig.sample();
    rig.sampling("09:30:01").recorder.session().stopping("done");
    rig.to("09:30:01.300").lost();
    rig.to("09:30:01.500").recorder.session().stop("done");
    assertThat(rig.events("gap_marker")).isEmpty();
    JsonNode stopped = rig.events("session_stopped").get(0);
    assertThat(stopped.path("reason").asText()).isEqualTo("done");
    assertThat(stopped.path("counters").path("scalp_lines").asInt()).isEqualTo(9);
  }

  @Test
  void aStopInTheMiddleOfASweepSaysWhoIsMissingUntilThen() {
    rig.started().connected();
    rig.to("09:30").recorder.note("swing", "sweep_begin", Map.of("at", rig.at("09:30")));
    rig.answer("swing", "/q", List.of("A"), 200, "rows A,10000,50");
    rig.to("09:30:02").recorder.session().stop("done");
    assertThat(rig.gaps("swing", "stopped")).containsExactly("09:30:00-09:30:02 B,C,D,E");
  }

  @Test
  void aSweepThatWasDueAndNeverBeganIsToldAtTheStop() {
    rig.started().connected();
    rig.to("09:45").recorder.session().stop("done");
    assertThat(rig.gaps("swing", "stopped"))
        .containsExactly("09:30:00-09:40:00", "09:40:00-09:45:00");
  }

  // ---- days and universes ----

  @Test
  void anotherDayBeginsWithNothing() throws IOException {
    rig.started().connected();
    rig.to("09:30").sweep("09:30", "A,10000,900");
    rig.to("14:59:50").hear("rows A,10000,905,5");
    rig.to("14:59:55").lost();
    rig.turn("2026-11-23");
    assertThat(rig.recorder.universe()).isEmpty();
    assertThat(rig.recorder.state().sweepsDone()).isZero();
    rig.to("09:20");
    rig.universe();
    rig.opened(1);
    rig.confirmAll();
    rig.to("09:30").hear("rows A,10000,3,3");
    rig.sample();
    JsonNode line = rig.scalp("A").get(0);
    assertThat(line.path("volume").asInt()).as("of this day alone").isEqualTo(3);
    assertThat(line.path("quality_flag").asText()).isEqualTo("normal");
    List<String> friday = Files.readAllLines(root.resolve("system/events/kis/20261120.jsonl"));
    assertThat(friday)
        .as("the interruption is told to the day that it belongs to")
        .anyMatch(
            l ->
                l.contains("\"gap_start_ts\":\"2026-11-20T05:59:50.000Z\"")
                    && l.contains("\"gap_end_ts\":\"2026-11-20T06:00:00.000Z\""));
    assertThat(rig.gaps("ws_disconnect")).containsExactly("14:59:50-15:00:00");
    rig.balanced();
  }

  @Test
  void aCalendarThatLearnsBetterForgetsNothing() {
    rig.started().connected();
    rig.to("09:30").hear("rows A,10000,5,5");
    rig.recorder.session().turn(Rig.day("2026-11-20"));
    rig.sample();
    assertThat(rig.recorder.universe()).hasSize(5);
    assertThat(rig.scalp("A")).hasSize(1);
  }

  @Test
  void theUniverseIsFrozenOnceAllItsSourcesAreReadAndThenStays() throws IOException {
    rig.recorder.session().start(Rig.SESSION, Map.of());
    rig.answer("universe", "/one", List.of(), 200, "list one A,10000,900");
    assertThat(rig.recorder.universe()).isEmpty();
    rig.answer("universe", "/two", List.of(), 200, "list two B,10000,800 CHEAP,3999,1");
    assertThat(rig.recorder.universe()).containsExactly("A", "B");
    rig.answer("universe", "/one", List.of(), 200, "list one Z,10000,900");
    assertThat(rig.recorder.universe()).containsExactly("A", "B");
    assertThat(rig.events("universe_created")).hasSize(1);
    Universe kept =
        Universe.parse(Files.readAllBytes(root.resolve("universe/kis/kr_stocks/20261120.json")));
    assertThat(kept.symbols()).extracting(Universe.Member::name).contains("name of A");
    assertThat(kept.counts()).containsEntry("listed", 3).containsEntry("below_price", 1);
    assertThat(kept.sources()).extracting(Universe.Source::name).containsExactly("one", "two");
    rig.balanced();
  }

  @Test
  void aSecondRunOfTheDayUsesTheFrozenOne() throws IOException {
    rig.started();
    rig.to("09:30:30").recorder.session().stop("done");
    rig.close();
    String path = "universe/kis/kr_stocks/20261120.json";
    byte[] frozen = Files.readAllBytes(root.resolve(path));
    try (Rig second = new Rig(root)) {
      second.to("09:31").recorder.session().start("sess_20261120_093100", Map.of());
      second.recorder.session().useUniverse(path, Sha256.of(frozen));
      assertThat(second.recorder.universe()).containsExactly("A", "B", "C", "D", "E");
      second.answer("universe", "/one", List.of(), 200, "list one Z,10000,900");
      second.answer("universe", "/two", List.of(), 200, "list two Y,10000,900");
      assertThat(second.recorder.universe()).containsExactly("A", "B", "C", "D", "E");
    }
    assertThat(Files.readAllBytes(root.resolve(path))).isEqualTo(frozen);
  }

  @Test
  void aFrozenUniverseThatIsDamagedIsToldAndTheDayIsObservedAllTheSame() throws IOException {
    String path = "universe/kis/kr_stocks/20261120.json";
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), "{\"date\":");
    rig.recorder.session().start(Rig.SESSION, Map.of());
    rig.recorder.session().useUniverse(path, "cafe");
    assertThat(rig.recorder.universe()).isEmpty();
    rig.universe();
    assertThat(rig.recorder.universe()).hasSize(5);
    assertThat(rig.events("validation_failed"))
        .extracting(n -> n.path("reason").asText())
        .containsExactly("universe-unreadable", "universe-not-kept");
    assertThat(Files.readString(root.resolve(path))).isEqualTo("{\"date\":");
  }

  // ---- slots ----

  @Test
  void slotsAreTheMostTradedOfYesterdayAndAfterASweepThoseOfToday() {
    rig.started();
    rig.recorder.note("plan", "plan", Map.of());
    rig.connected();
    assertThat(rig.events("slot_assigned"))
        .extracting(n -> n.path("symbol").asText())
        .containsExactly("A", "B", "C");
    rig.to("09:31").sweep("09:30", "B,10000,900 C,10000,800 D,10000,2 E,10000,700");
    rig.plan();
    SlotAct act = rig.recorder.nextAct();
    assertThat(act).as("somebody leaves first").isEqualTo(new SlotAct("A", false));
    rig.confirmAll();
    assertThat(rig.events("slot_released"))
        .extracting(n -> n.path("symbol").asText())
        .containsExactly("A");
    assertThat(rig.recorder.state().slotsAcknowledged()).isEqualTo(3);
  }

  @Test
  void whileTheFeedIsDownThereIsNothingToSay() {
    rig.started();
    assertThat(rig.recorder.nextAct()).isNull();
    rig.opened(0);
    assertThat(rig.recorder.nextAct()).isNotNull();
  }

  // ---- a disk that takes nothing ----

  @Test
  void aDiskThatFailsForAWhileCostsNothingAndKeepsTheOrder() {
    rig.close();
    int[] failures = {0};
    int[] pauses = {0};
    ChannelAppender good = new ChannelAppender(root);
    Rig[] self = new Rig[1];
    Rig failing =
        new Rig(
            root,
            batch -> {
              if (failures[0] > 0) {
                failures[0]--;
                if (failures[0] % 2 == 0) {
                  // Half a write, as a full disk leaves it.
                  Files.write(
                      root.resolve(batch.path()),
                      java.util.Arrays.copyOf(batch.bytes(), batch.bytes().length / 2),
                      java.nio.file.StandardOpenOption.APPEND);
                }
                throw new IOException("No space left on device");
              }
              good.append(batch);
            },
            () -> {
              pauses[0]++;
              Rig me = self[0];
              assertThat(me).isNotNull();
              assertThat(me.recorder.state().diskTrouble()).contains("No space left on device");
            });
    self[0] = failing;
    try (failing) {
      failing.started().connected();
      failing.to("09:30");
      for (int i = 0; i < 20; i++) {
        failing.to(failing.at("09:30").plusMillis(500L * i));
        failures[0] = i % 3;
        failing.hear("rows A,10000," + (5 + i) + ",1");
        failing.sample();
      }
      assertThat(pauses[0]).isGreaterThan(10);
      assertThat(failing.recorder.state().diskTrouble()).isNull();
      assertThat(failing.scalp("A"))
          .extracting(n -> n.path("acc_volume").asInt())
          .hasSize(20)
          .isSorted()
          .doesNotHaveDuplicates();
      List<JsonNode> tape = failing.tape();
      for (int i = 0; i < tape.size(); i++) {
        assertThat(tape.get(i).path("seq").asInt()).isEqualTo(i + 1);
      }
      failing.balanced();
    }
  }

  @Test
  void howItStandsIsAnsweredWhileTheDiskTakesNothing() throws Exception {
    rig.close();
    var full = new java.util.concurrent.atomic.AtomicBoolean();
    var waiting = new java.util.concurrent.CountDownLatch(1);
    var go = new java.util.concurrent.CountDownLatch(1);
    ChannelAppender good = new ChannelAppender(root);
    try (Rig failing =
        new Rig(
            root,
            batch -> {
              if (full.get()) {
                throw new IOException("No space left on device");
              }
              good.append(batch);
            },
            () -> {
              waiting.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      failing.started();
      full.set(true);
      Thread stuck = new Thread(() -> failing.recorder.note("plan", "plan", Map.of()));
      stuck.start();
      waiting.await();
      long began = System.nanoTime();
      RecorderState state = failing.recorder.state();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
      assertThat(state.diskTrouble()).contains("No space left");
      assertThat(failing.recorder.universe()).as("never waits").hasSize(5);
      assertThat(failing.recorder.today().open()).isTrue();
      full.set(false);
      go.countDown();
      stuck.join(5000);
      assertThat(failing.recorder.state().diskTrouble()).isNull();
    }
  }
}
