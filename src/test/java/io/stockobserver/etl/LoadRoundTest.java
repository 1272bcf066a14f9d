package io.stockobserver.etl;

import static org.assertj.core.api.Assertions.assertThat;

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
  @TempDir Path dir;
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-20T00:00:00Z");
  private Result answer = new Result(0, 3, 70, "");

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
        Runnable::run,
        (provider, day) -> {
          asked.add(provider + " " + day);
          return answer;
        },
        (Event event) ->
            told.add(new String(event.line("kis", "kr_stocks", "s"), StandardCharsets.UTF_8)));
  }

  @Test
  void theNewestFourDaysAreLoadedEverySoOften() {
    LoadRound round = every(Duration.ofMinutes(30));
    round.loadWhenDue();
    round.loadWhenDue();
    assertThat(asked)
        .containsExactly("kis 2026-11-17", "kis 2026-11-18", "kis 2026-11-19", "kis 2026-11-20");
    assertThat(told).hasSize(4);
    assertThat(told.get(3))
        .contains("\"etl_loaded\"", "\"day\":\"2026-11-20\"", "\"files\":3", "\"rows\":70");
    now = now.plus(Duration.ofMinutes(30));
    answer = new Result(0, 0, 0, "");
    round.loadWhenDue();
    assertThat(asked).hasSize(8);
    assertThat(told).as("nothing was new").hasSize(4);
  }

  @Test
  void aFailureIsToldOnceUntilItIsAnother() {
    LoadRound round = every(Duration.ofMinutes(1));
    answer = new Result(3, 0, 0, "not reachable");
    for (int i = 0; i < 3; i++) {
      round.loadWhenDue();
      now = now.plus(Duration.ofMinutes(1));
    }
    assertThat(told).hasSize(4);
    assertThat(told.get(0))
        .contains("\"etl_failed\"", "\"detail\":\"not reachable\"", "\"exit\":3");
    answer = new Result(0, 1, 1, "");
    round.loadWhenDue();
    now = now.plus(Duration.ofMinutes(1));
    answer = new Result(3, 0, 0, "not reachable");
    round.loadWhenDue();
    assertThat(told).hasSize(12);
  }

  @Test
  void zeroIsNever() {
    every(Duration.ZERO).loadWhenDue();
    assertThat(asked).isEmpty();
  }
}
