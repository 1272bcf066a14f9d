package io.stockobserver.backup.pulling;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.LocalDisk;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a process that is a backup pulls. */
class NightlyPullTest {
  private static final PullServer GONE =
      new PullServer("gone", URI.create("http://127.0.0.1:1"), null, "x");

  @TempDir Path folder;
  private final AtomicReference<List<PullServer>> servers = new AtomicReference<>(List.of());
  private int pulls;
  private NightlyPull nightly;

  @BeforeEach
  void atTenPastNine() {
    Patience none = new Patience(Duration.ofSeconds(5), Duration.ofMillis(1), 1, 1);
    PullSettings settings =
        new PullSettings(folder.resolve("backup"), "pc", 1, Duration.ofHours(26), none);
    Puller puller = new Puller(settings, new LocalDisk(), () -> Instant.EPOCH);
    nightly =
        new NightlyPull(
            puller,
            servers::get,
            LocalTime.parse("21:10"),
            Duration.ofMinutes(30),
            report -> pulls++);
  }

  private int at(String seoul) {
    nightly.pullWhenDue(Instant.parse(seoul + "+09:00"));
    return pulls;
  }

  @Test
  void atTheStartAndThenEveryEveningInSeoul() {
    assertThat(at("2026-11-20T10:00:00")).isEqualTo(1);
    assertThat(at("2026-11-20T10:00:01")).isEqualTo(1);
    assertThat(at("2026-11-20T21:09:59")).isEqualTo(1);
    assertThat(at("2026-11-20T21:10:00")).isEqualTo(2);
    assertThat(at("2026-11-20T21:10:01")).isEqualTo(2);
    assertThat(at("2026-11-21T21:09:59")).isEqualTo(2);
    assertThat(at("2026-11-21T21:10:00")).isEqualTo(3);
    // A machine that slept over an evening pulls once when it wakes.
    assertThat(at("2026-11-25T08:00:00")).isEqualTo(4);
    assertThat(at("2026-11-25T08:00:01")).isEqualTo(4);
  }

  @Test
  void whatFailedIsTriedAgainUntilItIsDone() {
    servers.set(List.of(GONE));
    assertThat(at("2026-11-20T20:00:00")).isEqualTo(1);
    assertThat(at("2026-11-20T20:29:59")).isEqualTo(1);
    assertThat(at("2026-11-20T20:30:00")).isEqualTo(2);
    assertThat(at("2026-11-20T21:00:00")).isEqualTo(3);
    assertThat(at("2026-11-20T21:10:00")).isEqualTo(4); // the evening itself is not missed
    servers.set(List.of());
    assertThat(at("2026-11-20T21:40:00")).isEqualTo(5);
    assertThat(at("2026-11-21T21:09:59")).isEqualTo(5);
  }

  @Test
  void aTreeThatIsHeldIsTriedAgainToo() throws PullException {
    try (TreeLock held = TreeLock.take(folder.resolve("backup"))) {
      assertThat(at("2026-11-20T10:00:00")).isZero();
    }
    assertThat(at("2026-11-20T10:30:00")).isEqualTo(1);
  }

  @Test
  void aClockThatIsSetBackByWeeksWaitsForNoLongAgoEvening() {
    assertThat(at("2026-12-20T10:00:00")).isEqualTo(1);
    assertThat(at("2026-11-20T10:00:00")).isEqualTo(2);
  }
}
