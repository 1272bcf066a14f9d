package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.MemoryDesk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KisUniverseTest {
  private final MemoryDesk desk = new MemoryDesk().at("08:00");
  private final KisUniverse universe =
      new KisUniverse(desk, List.of(KisBoard.KOSPI, KisBoard.KOSDAQ));

  @Test
  void everyBoardsFileIsFetchedAnHourBeforeTheOpen() {
    desk.at("07:59:59");
    assertThat(universe.more()).as("the files of the night are not there yet").isFalse();
    desk.at("08:00");
    assertThat(round()).containsExactly("/kospi_code.mst.zip", "/kosdaq_code.mst.zip");
    assertThat(desk.tape).hasSize(2).allMatch(line -> line.startsWith("hear 200"));
  }

  @Test
  void onceFrozenNothingIsFetchedUntilTheNextDay() {
    round();
    desk.universe = List.of("005930");
    desk.pass(Duration.ofHours(1));
    assertThat(universe.more()).isFalse();
    desk.turn(MemoryDesk.day("2026-11-21", true));
    desk.universe = List.of();
    desk.at("08:30");
    assertThat(round()).hasSize(2);
  }

  @Test
  void aUniverseThatIsFrozenInTheMiddleEndsTheRound() {
    assertThat(universe.more()).isTrue();
    universe.take(new Answer(universe.next(), 1, 200, new byte[] {'x'}, Map.of()));
    desk.universe = List.of("005930");
    assertThat(universe.more()).isFalse();
  }

  @Test
  void asLongAsItIsNotFrozenItIsTriedAgainEveryHalfMinute() {
    round();
    desk.pass(Duration.ofSeconds(29));
    assertThat(universe.more()).isFalse();
    desk.pass(Duration.ofSeconds(1));
    assertThat(round()).hasSize(2);
  }

  @Test
  void aClosedDayNeedsNone() {
    desk.turn(MemoryDesk.day("2026-11-21", false));
    desk.at("10:00");
    assertThat(universe.more()).isFalse();
  }

  private List<String> round() {
    List<String> paths = new ArrayList<>();
    while (universe.more()) {
      var call = universe.next();
      paths.add(call.path());
      universe.take(new Answer(call, 1, 200, new byte[] {'x'}, Map.of()));
    }
    return paths;
  }
}
