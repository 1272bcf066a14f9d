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

/** A venue that tells an instrument in parts, confirms nothing and never closes. */
class CoinsTest {
  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void started() {
    rig = Rig.ofCoins(root);
    rig.to("09:29:50").started();
    rig.opened(0);
    assertThat(rig.recorder.wanted()).containsExactly("A", "B", "C");
    rig.sayWhoIsWanted();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  // ---- who has a place ----

  @Test
  void onlyDataProvesAPlaceAndOnlyOfWhoWasAskedFor() {
    rig.hear("tick A,100,1 B,100,1 C,100,1 D,100,1");
    assertThat(rig.events("slot_assigned")).as("tickers come of everybody").isEmpty();
    rig.hear("book A,99,101");
    rig.hear("deal B,100,0.5,t1");
    rig.hear("book D,99,101");
    assertThat(assigned()).containsExactly("A", "B");
    rig.hear("book A,99,101");
    assertThat(assigned()).as("proven once").containsExactly("A", "B");
  }

  @Test
  void whoeverIsAskedForAndNeverHeardIsToldAndLeftAloneForAMinute() {
    rig.hear("book A,99,101");
    rig.hear("book B,99,101");
    rig.to("09:30:00").plan();
    assertThat(rig.events("slot_refused")).as("ten seconds are not over").isEmpty();
    rig.to("09:30:01").plan();
    assertThat(rig.events("slot_refused"))
        .extracting(e -> e.path("symbol").asText() + ' ' + e.path("code").asText())
        .containsExactly("C no_data");
    assertThat(rig.recorder.wanted()).contains("A", "B").doesNotContain("C");
    rig.to("09:31:02").plan();
    assertThat(rig.recorder.wanted()).as("then it may be tried again").contains("C");
  }

  @Test
  void whatWasNotAskedForAgainHasNoPlaceAnyMore() {
    rig.hear("book A,99,101");
    rig.hear("book B,99,101");
    rig.to("09:30").sample();
    rig.to("09:30:00.2").recorder.sayOnFeed("trade", "only B C");
    rig.hear("book A,98,101");
    rig.to("09:30:00.5").sample();
    assertThat(rig.events("slot_released"))
        .extracting(e -> e.path("symbol").asText())
        .containsExactly("A");
    assertThat(rig.scalp("A")).as("what is on its way gives no place back").hasSize(1);
    assertThat(rig.scalp("B")).hasSize(2);
  }

  @Test
  void whoeverOfTheUniverseIsNeverToldOfIsNamedOnce() {
    rig.hear("tick A,100,1 B,100,1 C,100,1 E,100,1");
    rig.to("09:30:19").plan();
    assertThat(rig.events("symbols_unheard")).isEmpty();
    rig.to("09:30:20").plan();
    rig.to("09:30:25").plan();
    assertThat(rig.events("symbols_unheard")).hasSize(1);
    assertThat(rig.events("symbols_unheard").get(0).path("symbols"))
        .extracting(JsonNode::asText)
        .containsExactly("D");
  }

  // ---- what a line says ----

  @Test
  void aLineHasEveryPartAndItsVolumeIsTheSumOfTheTrades() {
    rig.hear("tick A,100,5000");
    rig.hear("book A,99,101");
    rig.to("09:30").sample();
    rig.to("09:30:00.1").hear("deal A,102,0.10,t1");
    rig.hear("tick A,102,5000.15");
    rig.to("09:30:00.2").hear("deal A,103,0.025,t2");
    rig.hear("book A,102.5,103.5");
    rig.to("09:30:00.5").sample();
    rig.to("09:30:01").sample();
    List<JsonNode> lines = rig.scalp("A");
    assertThat(lines).extracting(n -> n.path("volume").asText()).containsExactly("0", "0.125", "0");
    JsonNode line = lines.get(1);
    assertThat(line.path("last_price").asText()).isEqualTo("103");
    assertThat(line.path("bid_price").asText()).isEqualTo("102.5");
    assertThat(line.path("ask_price").asText()).isEqualTo("103.5");
    assertThat(line.path("acc_volume").asText()).isEqualTo("5000.15");
    assertThat(line.path("quality_flag").asText()).isEqualTo("normal");
    assertThat(line.path("provider_specific"))
        .isEqualTo(lines.get(2).path("provider_specific"))
        .hasToString("{\"tick\":\"102\",\"deal\":\"103\",\"book\":\"102.5\"}");
    assertThat(lines.get(0).path("last_price").asText()).as("the ticker knew it").isEqualTo("100");
  }

  @Test
  void theVenuesDayMayBeginAnewAndVolumesGoOn() {
    rig.hear("tick A,100,5000");
    rig.hear("deal A,100,1,t1");
    rig.to("09:30").sample();
    rig.to("09:30:00.1").hear("tick A,100,0.5");
    rig.hear("deal A,100,0.5,t2");
    rig.to("09:30:00.5").sample();
    assertThat(rig.scalp("A").get(1).path("volume").asText()).isEqualTo("0.5");
    assertThat(rig.scalp("A").get(1).path("acc_volume").asText()).isEqualTo("0.5");
    assertThat(rig.aside()).isEmpty();
    rig.balanced();
  }

  @Test
  void aTradeToldTwiceCountsOnceAlsoAfterAnInterruption() {
    rig.hear("deal A,100,1,t1");
    rig.hear("deal A,100,1,t1");
    rig.hear("deal A,100,1,t2");
    rig.to("09:30").sample();
    assertThat(rig.scalp("A").get(0).path("volume").asText()).isEqualTo("2");
    rig.lost();
    rig.opened(1);
    rig.sayWhoIsWanted();
    rig.hear("deal A,100,1,t2");
    assertThat(rig.aside())
        .extracting(n -> n.path("reason").asText())
        .containsExactly("state-repeated", "state-repeated");
    rig.balanced();
  }

  @Test
  void aSnapshotThatIsOlderThanWhatWeHoldIsSetAside() {
    rig.hear("book A,99,101,50");
    rig.hear("book A,98,101,51");
    rig.hear("tick A,100,7,50");
    rig.hear("tick A,100,6,51");
    assertThat(rig.aside())
        .extracting(n -> n.path("reason").asText())
        .containsExactly("state-backwards", "state-backwards");
  }

  @Test
  void whatHasNotChangedForLongIsNoWrongClock() {
    rig.hear("tick A,100,7,3600000");
    rig.hear("book A,99,101,3600000");
    rig.sampling("09:29:51");
    assertThat(rig.aside()).isEmpty();
    assertThat(rig.scalp("A").get(1).path("quality_flag").asText()).isEqualTo("degraded");
    rig.hear("book A,99,102");
    rig.sampling("09:29:51.500");
    assertThat(rig.scalp("A").get(2).path("quality_flag").asText()).isEqualTo("normal");
  }

  // ---- sweeps ----

  @Test
  void aSweepAsksForBooksFirstAndWritesALineForTheTicker() {
    rig.to("09:30").recorder.note("swing", "sweep_begin", Map.of("at", rig.at("09:30")));
    rig.answer("swing", "/books", List.of("A"), 200, "book A,99,101");
    rig.answer("swing", "/tickers", List.of("A"), 200, "tick A,100,7");
    rig.recorder.note("swing", "sweep_end", Map.of("at", rig.at("09:30"), "why", "x"));
    rig.to("09:40").recorder.note("swing", "sweep_begin", Map.of("at", rig.at("09:40")));
    rig.answer("swing", "/tickers", List.of("A"), 200, "tick A,100,9");
    assertThat(rig.swing()).hasSize(2);
    assertThat(rig.swing().get(0).path("bid_price").asText()).isEqualTo("99");
    assertThat(rig.swing().get(0).has("volume")).isFalse();
    assertThat(rig.swing().get(1).has("bid_price")).as("quotes of ten minutes ago").isFalse();
    assertThat(rig.swing().get(1).path("volume").asText()).isEqualTo("2");
    rig.to("09:50").recorder.note("swing", "sweep_begin", Map.of("at", rig.at("09:50")));
    rig.answer("swing", "/tickers", List.of("A"), 200, "tick A,100,1");
    assertThat(rig.swing().get(2).has("volume")).as("the venue's day began anew").isFalse();
  }

  // ---- midnight ----

  @Test
  void midnightIsNoGapAndTheUniverseOfYesterdayServesUntilTodaysIsFrozen() {
    rig.to("23:59:58").hear("tick A,100,1 B,100,1 C,100,1");
    rig.hear("deal A,100,1,t1");
    rig.hear("book B,99,101");
    rig.hear("book C,99,101");
    rig.sampling("23:59:59.5");
    rig.turn("2026-11-21");
    assertThat(rig.recorder.universeFrozen()).isFalse();
    assertThat(rig.recorder.universe()).contains("A", "B", "C");
    rig.sample();
    rig.hear("deal A,100,0.25,t2");
    rig.sampling("00:00:02");
    assertThat(rig.scalp("A")).hasSize(3 + 5);
    assertThat(rig.scalp("A").get(3).path("sample_time").asText())
        .isEqualTo("2026-11-20T15:00:00.000Z");
    assertThat(rig.scalp("A").get(4).path("volume").asText()).isEqualTo("0.25");
    assertThat(rig.gaps("scalp", "overload")).isEmpty();
    assertThat(rig.recorder.wanted()).containsExactly("A", "B", "C");
    rig.universe();
    assertThat(rig.recorder.universeFrozen()).isTrue();
    assertThat(rig.events("universe_created")).hasSize(2);
  }

  private List<String> assigned() {
    return rig.events("slot_assigned").stream().map(e -> e.path("symbol").asText()).toList();
  }
}
