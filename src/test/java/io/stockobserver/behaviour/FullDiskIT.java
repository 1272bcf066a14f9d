package io.stockobserver.behaviour;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 5 in small: on a full disk recording waits, counts, and goes on by itself. */
class FullDiskIT {
  @TempDir Path dir;

  @Test
  @Tag("fault")
  void aFullDiskIsWaitedForAndWhatMemoryCannotHoldIsCounted() throws Exception {
    Path disk = Files.createDirectories(dir.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString())).isZero();
    try (Observatory o =
        new Observatory(dir, "10:01:00")
            .set("archive.dir", disk.resolve("data").toString())
            .set("provider.kis.feed.queue", "1MB")) {
      o.observe();
      o.awaitSlots(41);
      o.awaitSamples(2);
      Path ballast = disk.resolve("ballast");
      fill(ballast);
      Awaitility.await("full").atMost(1, SECONDS).until(() -> o.state().diskTrouble() != null);
      assertThat(o.venue().flood(8_000)).succeedsWithin(Duration.ofSeconds(20));
      o.pass(Duration.ofSeconds(3));
      Files.delete(ballast);
      Observatory.await("well", () -> o.state().diskTrouble() == null);
      o.awaitSamples(2);
      o.hushAndEnd();
      Books books = new Books(disk.resolve("data"));
      books.verified();
      long shed =
          books.events("frames_shed").stream()
              .peek(e -> assertThat(e.path("reason").asText()).isEqualTo("disk_full"))
              .mapToLong(e -> e.path("frames").asLong())
              .sum();
      assertThat(shed).as("the memory was small").isPositive();
      assertThat(books.tape().stream().filter(e -> e.text().startsWith("0|")).count() + shed)
          .as("heard = on the tape + shed")
          .isEqualTo(o.venue().traffic().framesSent());
      assertThat(books.events("archive_stalled"))
          .anyMatch(e -> e.path("reason").asText().equals("disk_full"));
      assertThat(books.gaps("scalp", "disk_full")).isNotEmpty();
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static void fill(Path ballast) throws IOException {
    byte[] some = new byte[4096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
