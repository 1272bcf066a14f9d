package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fails at any act of appending, sealing or keeping costs nothing but time. */
class FullDiskTest {
  @TempDir Path root;
  private final HandClock clock = new HandClock(START);
  private final FaultyDisk disk = new FaultyDisk();

  private Archive open() {
    return Archive.open(Given.settings(root), clock, disk);
  }

  private Appender appender() {
    return new ChannelAppender(root);
  }

  @ParameterizedTest
  @CsvSource({
    "force, .zst.tmp",
    "short, .zst.tmp",
    "write, .zst.tmp",
    "rename, .jsonl.zst",
    "write, 20261120.json.tmp",
    "short, 20261120.json.tmp",
    "force, 20261120.json.tmp",
    "rename, manifest",
    "force-dir, manifest",
    "force-dir, tape",
    "delete, 09_29_50.jsonl"
  })
  void aSealThatFailsIsToldLosesNothingAndIsDoneLater(String act, String file) throws IOException {
    Archive archive = open();
    archive.number(List.of(Given.frame(START, "one")));
    archive.append(appender());
    archive.rotate(START.plusSeconds(10));

    disk.fail(act, file);
    archive.seal();
    assertThat(archive.trouble()).as("%s of %s", act, file).isPresent();
    assertThat(Given.tape(root)).extracting(Entry::text).contains("one");
    archive.number(List.of(Given.frame(START.plusSeconds(11), "two"))); // appends go on
    disk.fail("", "");
    archive.append(appender());
    archive.seal();
    assertThat(archive.trouble()).isEmpty();
    archive.close();

    open().close(); // finishes an unlink that failed
    assertThat(Given.tape(root)).extracting(Entry::text).containsExactly("one", "two");
    assertThat(Verification.of(root).problems()).isEmpty();
    assertThat(Given.files(root)).noneMatch(name -> name.endsWith(".tmp"));
  }

  @ParameterizedTest
  @CsvSource({
    "force, .zst.tmp",
    "short, .zst.tmp",
    "rename, .jsonl.zst",
    "short, 20261120.json.tmp",
    "rename, manifest",
    "force-dir, manifest",
    "delete, 09_29_50.jsonl"
  })
  void aProcessThatDiesInASealIsFollowedByOneThatFinishesIt(String act, String file)
      throws IOException {
    Archive killed = open();
    killed.number(List.of(Given.frame(START, "one")));
    killed.append(appender());
    killed.rotate(START.plusSeconds(10));
    disk.fail(act, file);
    killed.seal();

    disk.fail("", "");
    open().close();
    assertThat(Given.tape(root)).extracting(Entry::text).containsExactly("one");
    assertThat(Verification.of(root).problems()).isEmpty();
    assertThat(Given.files(root))
        .containsExactly(
            "manifest/kis/20261120.json", "tape/kis/kr_stocks/20261120/09_29_50.jsonl.zst");
  }

  @Test
  void aSealIsDurableBeforeItUnlinks() {
    try (Archive archive = open()) {
      archive.number(List.of(Given.frame(START, "one")));
      archive.append(appender());
      archive.rotate(START.plusSeconds(10));
      List<String> before = disk.takeActs();
      assertThat(before)
          .containsSubsequence(
              "create 09_29_50.jsonl", "force-dir 20261120", "sync 09_29_50.jsonl");
      archive.seal();
      assertThat(disk.takeActs())
          .containsExactly(
              "force 09_29_50.jsonl",
              "write 09_29_50.jsonl.zst.tmp",
              "force 09_29_50.jsonl.zst.tmp",
              "rename 09_29_50.jsonl.zst",
              "force-dir 20261120",
              "write 20261120.json.tmp",
              "force 20261120.json.tmp",
              "rename 20261120.json",
              "force-dir kis",
              "delete 09_29_50.jsonl",
              "force-dir 20261120");
    }
  }

  @Test
  void whileTheDiskIsFullEvenSetAsideWaitsAndNothingIsLost() throws IOException {
    Archive archive = open();
    archive.number(List.of(Given.frame(START, "one")));
    archive.append(appender());
    archive.number(List.of(Given.frame(START, "two")));
    Appender full =
        batch -> {
          Files.write(
              root.resolve(batch.path()),
              Arrays.copyOf(batch.bytes(), 9),
              StandardOpenOption.APPEND);
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> archive.append(full)).isInstanceOf(ArchiveException.class);
    disk.fail("short", ".bin");
    for (int i = 0; i < 3; i++) {
      archive.number(List.of(Given.frame(START, "more " + i)));
      assertThatThrownBy(() -> archive.append(appender()))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("No space left");
    }
    disk.fail("", "");
    archive.append(appender());
    archive.append(appender());
    archive.close();
    assertThat(Given.tape(root))
        .extracting(Entry::text)
        .containsExactly("one", "two", "more 0", "more 1", "more 2");
    assertThat(Given.files(root))
        .contains("set_aside/kis/kr_stocks/20261120/tape-09_29_50.torn-1.bin");
    assertThat(Verification.of(root).problems()).isEmpty();
  }

  @Test
  void aForceThatFailsIsRememberedAndTheFileWrittenAnew() throws IOException {
    Archive archive = open();
    disk.fail("sync", "09_00.jsonl");
    archive.line(Lane.SWING, START, Given.snapshot(START, "005930"));
    archive.append(appender());
    assertThat(archive.force()).isFalse();
    assertThat(archive.forcing().failures()).isPositive();
    assertThat(archive.forcing().lastFailure()).contains("09_00.jsonl");
    assertThat(archive.forcing().unforcedBytes()).isPositive();
    disk.fail("", "");
    archive.force();
    assertThat(archive.forcing().unforcedBytes()).as("not believed again").isPositive();

    clock.pass(Duration.ofHours(1));
    archive.rotate(clock.instant());
    disk.takeActs();
    assertThat(archive.seal()).hasSize(1);
    assertThat(disk.takeActs())
        .containsSubsequence(
            "write 09_00.jsonl.tmp", "force 09_00.jsonl.tmp", "rename 09_00.jsonl");
    archive.close();
    assertThat(Verification.of(root).problems()).isEmpty();
  }

  @Test
  void aKeptFileIsThereWholeOrNotAtAll() throws IOException {
    String path = "universe/kis/kr_stocks/20261120.json";
    Archive archive = open();
    disk.fail("short", "universe");
    assertThatThrownBy(() -> archive.keep(path, new byte[100])).isInstanceOf(IOException.class);
    assertThat(root.resolve(path)).doesNotExist();
    disk.fail("", "");
    archive.keep(path, new byte[100]);
    archive.close();
    assertThat(Verification.of(root).problems()).isEmpty();
  }

  @Test
  void aDirectoryThatCannotBeUsedIsRefusedInOneLine() throws IOException {
    Path file = root.resolve("file");
    Files.writeString(file, "not a directory");
    assertThatThrownBy(() -> Archive.open(Given.settings(file), clock))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> ArchiveLock.take(file, clock))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(file.toString());
  }
}
