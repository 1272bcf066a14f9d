package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames may come between a sample of many slots and the last of its lines. */
class ManySlotsTest {
  private static final List<String> SLOTS =
      IntStream.range(100, 220).mapToObj(i -> "C" + i).toList();

  @TempDir Path root;
  private Rig rig;

  @BeforeEach
  void started() {
    rig = Rig.ofCoins(root, SLOTS.size());
    rig.to("09:29:50").recorder.session().start(Rig.SESSION, Map.of());
    rig.answer("universe", "/one", List.of(), 200, "list one " + each(",10000,900"));
    rig.answer("universe", "/two", List.of(), 200, "list two Z,1,1");
    rig.opened(0);
    rig.sayWhoIsWanted();
    SLOTS.forEach(symbol -> rig.hear("book " + symbol + ",99,101"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void everySlotHasItsLineWhenTheSampleIsOver() {
    rig.to("09:30").recorder.sample(rig.at("09:30"));
    assertThat(symbols(rig.scalp())).containsExactlyInAnyOrderElementsOf(SLOTS);
  }

  @Test
  void whatIsHeardMeanwhileChangesNoLineOfTheSampleBefore() {
    rig.to("09:30").sample();
    assertThat(rig.scalp()).as("the first lines; the feed need not wait for all").hasSize(50);
    SLOTS.forEach(symbol -> rig.hear("deal " + symbol + ",100,7,t1"));
    SLOTS.forEach(symbol -> rig.hear("book " + symbol + ",98,102"));
    rig.to("09:30:00.5").sample();
    rig.recorder.session().stop("test");
    List<JsonNode> lines = rig.scalp();
    assertThat(symbols(lines.subList(0, 120))).containsExactlyInAnyOrderElementsOf(SLOTS);
    assertThat(symbols(lines.subList(120, 240)))
        .containsExactlyElementsOf(symbols(lines.subList(0, 120)));
    assertThat(lines.subList(0, 120)).allMatch(line -> line.path("bid_price").asInt() == 99);
    assertThat(lines.subList(120, 240)).allMatch(line -> line.path("bid_price").asInt() == 98);
    assertThat(lines.subList(120, 240)).allMatch(line -> line.path("volume").asInt() == 7);
  }

  private static List<String> symbols(List<JsonNode> lines) {
    return lines.stream().map(line -> line.path("symbol").asText()).toList();
  }

  private static String each(String figures) {
    return SLOTS.stream().map(symbol -> symbol + figures).collect(Collectors.joining(" "));
  }
}
