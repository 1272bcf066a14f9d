package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.tape.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 4: no bit of what is sealed changes unseen. */
class BitFlipTest {
  @TempDir Path root;

  /** Two days, each ended cleanly, so that one manifest is final and one is not. */
  private void twoDays() {
    HandClock clock = new HandClock(START);
    for (int day = 0; day < 2; day++) {
      try (Archive archive = Archive.open(Given.settings(root), clock)) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          drafts.add(Given.frame(clock.instant(), "frame " + i + " 005930^092950^70100^" + i * i));
        }
        archive.number(drafts);
        for (int i = 0; i < 20; i++) {
          archive.line(Lane.SCALP, clock.instant(), Given.snapshot(clock.instant(), "s" + i));
          archive.line(Lane.SWING, clock.instant(), Given.snapshot(clock.instant(), "s" + i));
          archive.line(Lane.EVENTS, clock.instant(), Given.event(clock.instant(), "metrics"));
        }
        archive.append(new ChannelAppender(root));
        clock.pass(Duration.ofDays(1));
        archive.rotate(clock.instant());
        archive.seal();
      }
    }
  }

  private void flip(int times, long seed) throws IOException {
    twoDays();
    assertThat(Verification.of(root).problems()).isEmpty();
    List<String> files = Given.files(root);
    assertThat(files).hasSize(10);
    Random random = new Random(seed);
    int located = 0;
    for (int i = 0; i < times; i++) {
      Path file = root.resolve(files.get(i % files.size()));
      byte[] sound = Files.readAllBytes(file);
      byte[] damaged = sound.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);

      Verification.Report report = Verification.of(root);
      assertThat(report.ok()).as("%s bit in byte %d", file, at).isFalse();
      String name = files.get(i % files.size()).replace(".zst", "");
      assertThat(report.problems()).extracting(Problem::path).contains(name);
      located += report.problems().stream().anyMatch(problem -> problem.line() > 0) ? 1 : 0;
      Files.write(file, sound);
    }
    assertThat(Verification.of(root).problems()).isEmpty();
    System.out.printf("%d of %d flips detected, %d located to a line%n", times, times, located);
  }

  @Test
  void aHundredFlips() throws IOException {
    flip(100, 4);
  }

  @Test
  @Tag("fault")
  void aThousandFlips() throws IOException {
    flip(1_000, 44);
  }

  @Test
  void truncatedAndLengthenedFilesAreNoticed() throws IOException {
    twoDays();
    for (String name : Given.files(root)) {
      Path file = root.resolve(name);
      byte[] sound = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(sound, sound.length - 1));
      assertThat(Verification.of(root).ok()).as("%s cut", name).isFalse();
      Files.write(file, java.util.Arrays.copyOf(sound, sound.length + 1));
      assertThat(Verification.of(root).ok()).as("%s lengthened", name).isFalse();
      Files.delete(file);
      // Of the newest manifest nothing but the files that it listed is left to tell.
      if (!name.equals("manifest/kis/20261121.json")) {
        assertThat(Verification.of(root).ok()).as("%s deleted", name).isFalse();
      }
      Files.write(file, sound);
    }
    assertThat(Verification.of(root).ok()).isTrue();
  }

  @Test
  void aDamagedManifestDoesNotStopAStartAndStaysVisible() throws IOException {
    twoDays();
    Path old = root.resolve("manifest/kis/20261120.json");
    byte[] damaged = Files.readAllBytes(old);
    damaged[damaged.length / 2] ^= 4;
    Files.write(old, damaged);
    HandClock clock = new HandClock(START.plus(Duration.ofDays(2)));
    try (Archive archive = Archive.open(Given.settings(root), clock)) {
      assertThat(archive.recovery().findings())
          .extracting(Finding::kind)
          .contains("manifest_damaged");
      assertThat(archive.recovery().lastSeq()).isEqualTo(400);
    }
    assertThat(Given.files(root)).contains("manifest/kis/20261120.json.damaged-1");
    assertThat(Verification.of(root).problems())
        .extracting(Problem::path, Problem::kind)
        .extracting(Object::toString)
        .contains("(\"manifest/kis/20261120.json\", \"missing\")");
  }

  @Test
  void aLostNewestManifestIsRebuiltFromTheFiles() throws IOException {
    twoDays();
    Path newest = root.resolve("manifest/kis/20261121.json");
    Files.writeString(newest, "{\"provider\":");
    HandClock clock = new HandClock(START.plus(Duration.ofDays(2)));
    Archive.open(Given.settings(root), clock).close();
    assertThat(Verification.of(root).problems()).isEmpty();
    assertThat(Manifest.read(newest).files()).hasSize(4);
  }
}
