package io.stockobserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stockobserver.HomeCopy;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Verification;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.backup.DaysByHand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 20: {@code drill} and {@code restore} onto a disk that is full or read-only. */
class FullTargetIT {
  private static final String HOME = "observer.home";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final String MAKE_ROOM =
      "make room or make it writable and try again: nothing is lost";

  @TempDir Path dir;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private DaysByHand made;
  private Path small;

  @BeforeEach
  void aBackupAndASmallDisk() throws Exception {
    made = new DaysByHand(dir, DAY);
    made.record("kis", DAY);
    made.open("kis", this::manyLines);
    made.record("kis", DAY.plusDays(1));
    PackageId id = made.pack("kis", DAY, 2, true);
    made.pull(id);
    Path home = Files.createDirectories(dir.resolve("home"));
    assertThat(HomeCopy.in(home)).isNotNull();
    small = Files.createDirectories(dir.resolve("small"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString())).isZero();
    System.setProperty(HOME, home.toString());
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, UTF_8));
    System.setErr(new PrintStream(complained, true, UTF_8));
  }

  /** Of the last minute of the evening: more than fits where there is little room. */
  private void manyLines(Archive open) {
    Instant at = made.clock.instant();
    for (int i = 0; i < 4_000; i++) {
      String line = "{\"symbol\":\"005930\",\"receive_time\":\"%s\",\"n\":%d}".formatted(at, i);
      open.line(Lane.SWING, at, line.getBytes(UTF_8));
    }
  }

  @AfterEach
  void giveBack() throws Exception {
    System.setOut(out);
    System.setErr(err);
    System.clearProperty(HOME);
    run("umount", "-l", small.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private int observer(String... words) {
    complained.reset();
    return ObserverCommand.run(words);
  }

  private String complaint() {
    return complained.toString(UTF_8).strip();
  }

  /** Leaves so many bytes of room, of whole pages. */
  private void fill(int room) throws IOException {
    byte[] page = new byte[4096];
    Path ballast = small.resolve("ballast");
    try (var to = Files.newOutputStream(ballast)) {
      while (true) {
        to.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
    try (var channel =
        java.nio.channels.FileChannel.open(ballast, java.nio.file.StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - room);
    }
  }

  private static List<Path> without(List<Path> files, String... names) {
    List<Path> left = new ArrayList<>(files);
    for (String name : names) {
      left.removeIf(file -> file.toString().contains(name));
    }
    return left;
  }

  private Path backup() throws IOException {
    Path backup = small.resolve("backup");
    for (Path file : DaysByHand.below(made.backup)) {
      Path to = backup.resolve(made.backup.relativize(file));
      Files.createDirectories(to.getParent());
      Files.copy(file, to);
    }
    return backup;
  }

  private static List<String> restored(Path archive) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : DaysByHand.below(archive.resolve("system/events/kis"))) {
      Files.readAllLines(file).stream()
          .filter(line -> line.contains("\"day_restored\""))
          .forEach(found::add);
    }
    return found;
  }

  @Test
  void aDrillOfAFullBackupSaysSoAndGoesOnOnceThereIsRoom() throws Exception {
    Path backup = backup();
    List<Path> before = DaysByHand.below(backup);
    fill(0);

    assertThat(observer("drill", "--data", backup.toString())).isEqualTo(3);
    assertThat(complaint())
        .startsWith("observer: " + backup)
        .contains("cannot be written: No space left on device; " + MAKE_ROOM);
    assertThat(without(DaysByHand.below(backup), "backup.lock")).isEqualTo(before);

    Files.delete(small.resolve("ballast"));
    int exit = observer("drill", "--data", backup.toString());
    assertThat(exit).as(complaint()).isZero();
    assertThat(backup.resolve("receipt/kis/20261120/2")).isNotEmptyDirectory();
  }

  @Test
  void aDrillOfAReadOnlyBackupSaysSo() throws Exception {
    Path backup = backup();
    assumeThat(run("mount", "-o", "remount,ro", small.toString())).isZero();

    assertThat(observer("drill", "--data", backup.toString())).isEqualTo(3);
    assertThat(complaint()).contains("cannot be written: Read-only file system; " + MAKE_ROOM);

    assumeThat(run("mount", "-o", "remount,rw", small.toString())).isZero();
    assertThat(observer("drill", "--data", backup.toString())).isZero();
  }

  @Test
  void aDayBroughtBackOntoAFullDiskStopsIsToldAndGoesOnOnceThereIsRoom() throws Exception {
    Path archive = small.resolve("data");
    fill(120 * 1024); // the day has about 300 KB
    int exit =
        observer(
            "restore", "20261120", "--from", made.backup.toString(), "--data", archive.toString());
    assertThat(exit).isEqualTo(3);
    assertThat(complaint())
        .contains("observer: " + archive)
        .contains("cannot be written: No space left on device; " + MAKE_ROOM);
    assertThat(DaysByHand.below(archive)).noneMatch(file -> file.toString().endsWith(".tmp"));
    assertThat(restored(archive))
        .singleElement()
        .asString()
        .contains("\"day\":\"20261120\"", "\"stopped\":\"", "No space left on device");

    Files.delete(small.resolve("ballast"));
    exit =
        observer(
            "restore", "20261120", "--from", made.backup.toString(), "--data", archive.toString());
    assertThat(exit).as(complaint()).isZero();
    assertThat(Verification.ofDay(archive, DAY).problems()).isEmpty();
    assertThat(restored(archive)).hasSize(2).last().asString().doesNotContain("stopped");
    for (Path file : DaysByHand.below(made.archive.resolve("scalp/kis/kr_stocks/20261120"))) {
      assertThat(archive.resolve(made.archive.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void aReadOnlyArchiveIsLeftAsItIs() throws Exception {
    Path archive = Files.createDirectories(small.resolve("data"));
    assumeThat(run("mount", "-o", "remount,ro", small.toString())).isZero();

    int exit =
        observer(
            "restore", "20261120", "--from", made.backup.toString(), "--data", archive.toString());
    assertThat(exit).isEqualTo(3);
    assertThat(complaint()).contains("Read-only file system; make it a writable directory");

    assumeThat(run("mount", "-o", "remount,rw", small.toString())).isZero();
    exit =
        observer(
            "restore", "20261120", "--from", made.backup.toString(), "--data", archive.toString());
    assertThat(exit).as(complaint()).isZero();
    assertThat(Verification.ofDay(archive, DAY).problems()).isEmpty();
  }
}
