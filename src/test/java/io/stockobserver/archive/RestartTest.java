package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 7: a day of restarts costs no byte. */
class RestartTest {
  @TempDir Path root;

  @Test
  void fiftyRestartsInADayKeepEveryEarlierByte() throws IOException {
    HandClock clock = new HandClock(START);
    Map<String, byte[]> earlier = new TreeMap<>();
    for (int session = 0; session < 50; session++) {
      Archive archive = Archive.open(Given.settings(root), clock, FaultyDisk.withoutForcing());
      archive.number(
          List.of(Given.frame(clock.instant(), "a" + session), Given.frame(clock.instant(), "b")));
      archive.line(Lane.SWING, clock.instant(), Given.snapshot(clock.instant(), "s" + session));
      archive.line(Lane.SCALP, clock.instant(), Given.snapshot(clock.instant(), "s" + session));
      archive.line(Lane.EVENTS, clock.instant(), Given.event(clock.instant(), "e" + session));
      archive.append(new ChannelAppender(root));
      if (session % 3 == 1) {
        archive.rotate(clock.instant());
        archive.seal();
      }
      if (session % 3 != 2) {
        archive.close(); // every third is killed
      }
      for (var before : earlier.entrySet()) {
        assertThat(content(before.getKey()))
            .as("%s after session %d", before.getKey(), session)
            .startsWith(before.getValue());
      }
      remember(earlier);
      clock.pass(session % 5 == 0 ? Duration.ofMinutes(17) : Duration.ofMillis(300));
    }
    Archive.open(Given.settings(root), clock, FaultyDisk.withoutForcing()).close();

    assertThat(Given.tape(root)).extracting(Entry::seq).hasSize(100).doesNotHaveDuplicates();
    assertThat(Verification.of(root).problems()).isEmpty();
    assertThat(Files.readAllLines(root.resolve("system/events/kis/20261120.jsonl"))).hasSize(50);
  }

  @Test
  void aStartKnowsTheLastSampleThatAKillLeft() {
    Archive killed = Archive.open(Given.settings(root), () -> START, FaultyDisk.withoutForcing());
    killed.number(List.of(Given.frame(START.plusSeconds(3), "a")));
    String sample =
        "{\"receive_time\":\"2026-11-20T00:29:51.000Z\",\"sample_time\":\"2026-11-20T00:29:52.500Z\"}";
    killed.line(Lane.SCALP, START.plusSeconds(2), sample.getBytes(StandardCharsets.UTF_8));
    killed.append(new ChannelAppender(root));
    Archive next = Archive.open(Given.settings(root), () -> START, FaultyDisk.withoutForcing());
    assertThat(next.recovery().lastHeardAt()).contains(START.plusSeconds(3));
    assertThat(next.recovery().lastSampleAt()).contains(Instant.parse("2026-11-20T00:29:52.500Z"));
    next.close();
  }

  private void remember(Map<String, byte[]> earlier) throws IOException {
    for (String name : Given.files(root)) {
      if (!name.startsWith("manifest/")) {
        String path = name.replace(".zst", "");
        earlier.put(path, content(path));
      }
    }
  }

  /** The uncompressed content, wherever it is now. */
  private byte[] content(String path) throws IOException {
    Path plain = root.resolve(path);
    if (Files.exists(plain)) {
      return Files.readAllBytes(plain);
    }
    try (var in =
        new com.github.luben.zstd.ZstdInputStream(
            Files.newInputStream(root.resolve(path + ".zst")))) {
      return in.readAllBytes();
    }
  }
}
