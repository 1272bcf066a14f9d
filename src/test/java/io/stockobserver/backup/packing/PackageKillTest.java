package io.stockobserver.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Verification;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.backup.Killed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of a whole process that packages: the next round makes the package whole. */
class PackageKillTest {
  @TempDir Path dir;
  private final Map<PackageId, String> made = new TreeMap<>();

  private void kills(int times) throws Exception {
    try (Recorded day = Recorded.evening(dir).saturday()) {
      assertThat(day.shelf().all()).isEmpty();
    }
    Random random = new Random(11);
    int midway = 0;
    for (int i = 0; i < times; i++) {
      Process packager = Killed.start(KilledPackager.class, dir.toString(), time(i, 0));
      // Not a wait for something: the moment of death is what is tried.
      boolean ended = packager.waitFor(50 + random.nextInt(1_200), TimeUnit.MILLISECONDS);
      assertThat(ended).isFalse();
      packager.destroyForcibly().waitFor();
      midway += isHalf() ? 1 : 0;
      noNumberTwice();
      goesOn(i);
    }
    assertThat(Verification.of(dir.resolve("data")).problems()).isEmpty();
    System.out.printf(
        "%d kills, %d of them within a package, %d made%n", times, midway, made.size());
  }

  /** Ten minutes for each. */
  private static String time(int kill, int minute) {
    int all = 20 + kill * 10 + minute;
    return "21T%02d:%02d:00".formatted(all / 60, all % 60);
  }

  private PackageShelf shelf() {
    return new PackageShelf(dir.resolve("data"));
  }

  /** Whether an attempt lies there. */
  private boolean isHalf() throws IOException {
    Path versions = dir.resolve("data/package/kis/20261120");
    if (!Files.isDirectory(versions)) {
      return false;
    }
    try (var all = Files.list(versions)) {
      return all.anyMatch(version -> !Files.exists(version.resolve(PackageShelf.MARKER)));
    }
  }

  /** What was whole once stays the very package. */
  private void noNumberTwice() throws IOException {
    assertThat(shelf().all()).containsAll(made.keySet());
    for (PackageId id : shelf().all()) {
      String sha256 = shelf().sha256(id);
      String before = made.put(id, sha256);
      assertThat(before == null || before.equals(sha256)).as(id.toString()).isTrue();
    }
  }

  private void goesOn(int kill) throws Exception {
    try (Recorded day = new Recorded(dir, time(kill, 5))) {
      day.until(time(kill, 6));
      KilledPackager.round(day).makeWhenDue();
      String key = new PackageKeys(day.key).publicKey();
      PackageId newest = shelf().all().last();
      assertThat(newest.date()).isEqualTo(Recorded.FRIDAY);
      assertThat(shelf().manifest(newest).complete()).isTrue();
      assertThat(day.packager().isDone(Recorded.FRIDAY)).isTrue();
      assertThat(Proof.wrongWith(day.folder(newest.version()), key)).isEmpty();
      assertThat(day.make().made()).as("nothing is left to be packaged").isFalse();
      assertThat(isHalf()).isFalse();
      assertThat(day.events).extracting("type").doesNotContain("backup_failed");
    }
    noNumberTwice();
  }

  @Test
  void fourKills() throws Exception {
    kills(4);
  }

  @Test
  @Tag("fault")
  void fiftyKills() throws Exception {
    kills(50);
  }
}
