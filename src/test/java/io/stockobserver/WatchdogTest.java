package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {
  @TempDir Path dir;

  /** Writes its words down, as systemd-notify would send them. */
  private List<String> notifier() {
    return List.of("/bin/sh", "-c", "echo \"$0\" >> " + dir.resolve("told"));
  }

  private List<String> told() throws IOException {
    Path told = dir.resolve("told");
    return Files.exists(told) ? Files.readAllLines(told) : List.of();
  }

  @Test
  void itSaysReadyOnceAndThenThatItLivesWhileItDoes() {
    AtomicBoolean well = new AtomicBoolean(true);
    AtomicInteger looks = new AtomicInteger();
    Map<String, String> systemd = Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", "60000");
    try (Watchdog watchdog =
        Watchdog.begin(
            systemd,
            notifier(),
            () -> {
              looks.incrementAndGet();
              if (!well.get()) {
                throw new IllegalStateException("stuck");
              }
            })) {
      Awaitility.await().until(() -> told().size() >= 4);
      well.set(false);
      int from = looks.get();
      Awaitility.await().until(() -> looks.get() > from + 3);
      assertThat(watchdog).isNotNull();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              List<String> words = told();
              assertThat(words.get(0)).isEqualTo("READY=1");
              assertThat(words.subList(1, words.size())).containsOnly("WATCHDOG=1");
              assertThat(words.size()).as("a look that fails feeds nobody").isLessThan(looks.get());
            });
  }

  @Test
  void withoutSystemdNobodyIsTold() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    try (Watchdog watchdog = Watchdog.begin(Map.of(), notifier(), looks::incrementAndGet)) {
      assertThat(watchdog).isNotNull();
    }
    assertThat(told()).isEmpty();
    assertThat(looks).hasValue(0);
  }
}
