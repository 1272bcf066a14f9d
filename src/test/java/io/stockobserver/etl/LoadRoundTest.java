package io.stockobserver.etl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.etl.LoadRound.Day;
import io.stockobserver.etl.LoadRound.Result;
import io.stockobserver.evidence.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadRoundTest {
  private static final Result AWAY = new Result(3, 0, 0, "not reachable", List.of(), List.of());

  @TempDir Path dir;
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T00:00:00Z");
  private Result answer = in(3, 70);

  private static Result in(int files, long rows) {
    return new Result(0, files, rows, "", List.of(), List.of());
  }

  @BeforeEach
  void days() throws Exception {
    Files.createDirectories(dir.resolve("manifest/kis"));
    for (int day = 16; day <= 20; day++) {
      Files.createFile(dir.resolve("manifest/kis/202611" + day + ".json"));
    }
  }

  private LoadRound every(Duration every) {
    return new LoadRound(
        dir,
        "kis",
        every,
        () -> now,
        (provider, day) -> {
          asked.add(provider + " " + day);
          return answer;
        },
        (Event event) ->
            told.add(new String(event.line("kis", "kr_stocks", "s"), StandardCharsets.UTF_8)));
  }

  private static List<String> days(List<Day> due) {
    return due.stream().map(day -> day.date().toString()).toList();
  }

  @Test
  void theNewestFourDaysAreDueEverySoOften() throws Exception {
    LoadRound round = every(Duration.ofMinutes(30));
    assertThat(days(round.due()))
        .containsExactly("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20");
    assertThat(round.due()).isEmpty();
    now = now.plus(Duration.ofMinutes(30));
    assertThat(round.due()).hasSize(4);
    assertThat(asked).as("who is due is not loaded yet").isEmpty();
    assertThat(every(Duration.ZERO).due()).isEmpty();
  }

  @Test
  void aDayIsAnotherOnceItsManifestsSayMoreAndOnAnotherDate() throws Exception {
    LoadRound round = every(Duration.ofMinutes(1));
    List<String> first = keys(round);
    assertThat(keys(round)).isEqualTo(first).doesNotHaveDuplicates();
    Files.writeString(dir.resolve("manifest/kis/20261120.json"), "{}");
    Files.createFile(dir.resolve("manifest/kis/20261118.2.json"));
    List<String> second = keys(round);
    assertThat(second.get(0)).isEqualTo(first.get(0));
    assertThat(second.get(1)).as("an empty file more is no other word").isEqualTo(first.get(1));
    assertThat(second.get(3)).isNotEqualTo(first.get(3));
    now = now.plus(Duration.ofDays(1));
    assertThat(keys(round)).doesNotContainAnyElementsOf(second);
  }

  private List<String> keys(LoadRound round) throws Exception {
    now = now.plus(Duration.ofMinutes(1));
    return round.due().stream().map(Day::key).toList();
  }

  @Test
  void whatCameOfALoadIsTold() throws Exception {
    LoadRound round = every(Duration.ofMinutes(1));
    Day day = round.due().get(3);
    assertThat(round.load(day)).isEmpty();
    assertThat(asked).containsExactly("kis 2026-11-20");
    assertThat(told)
        .singleElement()
        .asString()
        .contains("\"etl_loaded\"", "\"day\":\"20261120\"", "\"files\":3", "\"rows\":70");
    answer = in(0, 0);
    round.load(day);
    assertThat(told).as("nothing was new").hasSize(1);
    answer = new Result(0, 0, 0, "", List.of(), List.of("20261020"));
    round.load(day);
    assertThat(told.get(1)).contains("\"etl_forgotten\"", "\"day\":\"20261020\"");
  }

  @Test
  void aFailureIsToldOnceUntilItIsAnother() throws Exception {
    LoadRound round = every(Duration.ofMinutes(1));
    List<Day> days = round.due();
    answer = AWAY;
    for (int i = 0; i < 3; i++) {
      for (Day day : days) {
        assertThatThrownBy(() -> round.load(day))
            .isInstanceOf(NotLoaded.class)
            .hasMessage("not reachable");
      }
    }
    assertThat(told).hasSize(4);
    assertThat(told.get(0))
        .contains("\"etl_failed\"", "\"day\":\"20261117\"", "\"exit\":3", "not reachable");
    answer = in(0, 0);
    round.load(days.get(0));
    answer = AWAY;
    assertThatThrownBy(() -> round.load(days.get(0))).isInstanceOf(NotLoaded.class);
    assertThat(told).as("it had gone well meanwhile").hasSize(5);
  }

  @Test
  void whatTheDatabaseRefusesIsNotTriedAgainButKept() throws Exception {
    LoadRound round = every(Duration.ofMinutes(1));
    answer = new Result(1, 2, 9, "2 files refused", List.of("{a}", "{b}"), List.of());
    assertThat(round.load(round.due().get(0))).isEqualTo("{a}\n{b}\n");
    assertThat(told).singleElement().asString().contains("\"etl_failed\"", "\"exit\":1");
  }
}
