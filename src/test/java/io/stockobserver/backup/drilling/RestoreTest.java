package io.stockobserver.backup.drilling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.FaultyDisk;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.Verification;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.backup.DaysByHand;
import io.stockobserver.backup.MeddledDisk;
import io.stockobserver.backup.pulling.PullException;
import io.stockobserver.backup.pulling.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a backup made by hand. */
class RestoreTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final String TAPE = "tape/kis/kr_stocks/20261120/09_30_00.jsonl.zst";
  private static final String SWING = "swing/kis/kr_stocks/20261120/09_00.jsonl";
  private static final String MANIFEST = "manifest/kis/20261120.json";

  @TempDir private Path dir;
  private DaysByHand made;
  private PackageId id;
  private Map<String, String> before;

  @BeforeEach
  void aDayAndItsBackup() throws IOException {
    made = new DaysByHand(dir, DAY);
    made.record("kis", DAY);
    made.record("kis", DAY.plusDays(1));
    id = made.pack("kis", DAY, 2, true);
    made.pull(id);
    before = day(made.archive);
    assertThat(before).hasSize(8);
  }

  /** The day's files, and what is in each. */
  private static Map<String, String> day(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (Path file : DaysByHand.below(root)) {
      String path = root.relativize(file).toString();
      if (path.contains("20261120")
          && !path.startsWith("package/")
          && !path.startsWith("receipt/")
          && !path.contains(".damaged-")) {
        all.put(path, DaysByHand.sha256(Files.readAllBytes(file)));
      }
    }
    return all;
  }

  private RestoreReport restore(Path from, Path into) throws IOException {
    return restore(from, into, new LocalDisk());
  }

  private RestoreReport restore(Path from, Path into, Disk disk) throws IOException {
    List<RestoreSource> found = RestoreSource.of(from, DAY);
    assertThat(found).hasSize(1);
    return new Restore(into, disk, bytes -> {}).restore(found.get(0));
  }

  @Test
  void anEmptyArchiveGetsTheDayByteForByte() throws IOException {
    Path empty = dir.resolve("new");
    RestoreReport report = restore(made.backup, empty);
    assertThat(report.problems()).isEmpty();
    assertThat(report.good()).isZero();
    assertThat(day(empty)).isEqualTo(before);
    assertThat(Verification.ofDay(empty, DAY).problems()).isEmpty();
    // Versions go on counting from here.
    assertThat(empty.resolve("package/kis/20261120/2/SUCCESS.marker")).exists();
    assertThat(DaysByHand.below(empty)).noneMatch(file -> file.toString().endsWith(".tmp"));
  }

  @Test
  void aPackagesFolderAloneIsEnough() throws IOException {
    Path empty = dir.resolve("new");
    assertThat(restore(made.archive.resolve(id.folder()), empty).ok()).isTrue();
    assertThat(day(empty)).isEqualTo(before);
  }

  @Test
  void whatIsMissingOrDamagedComesBackAndWhatIsGoodIsNotTouched() throws IOException {
    Files.delete(made.archive.resolve(TAPE));
    Path swing = made.archive.resolve(SWING);
    byte[] bytes = Files.readAllBytes(swing);
    bytes[5] ^= 1;
    Files.write(swing, bytes);
    Path scalp = made.archive.resolve("scalp/kis/kr_stocks/20261120/09_30_00.jsonl");
    Object same = Files.readAttributes(scalp, "unix:ino").get("ino");

    RestoreReport report = restore(made.backup, made.archive);

    assertThat(report.written()).containsExactly(SWING, TAPE);
    assertThat(report.aside()).containsExactly(SWING + " -> 09_00.jsonl.damaged-1");
    assertThat(report.good()).isEqualTo(6);
    assertThat(day(made.archive)).isEqualTo(before);
    assertThat(Files.readAllBytes(made.archive.resolve(SWING + ".damaged-1"))).isEqualTo(bytes);
    assertThat(Files.readAttributes(scalp, "unix:ino").get("ino")).isEqualTo(same);
    assertThat(Verification.of(made.archive).problems()).isEmpty();
    made.wake("kis"); // and the archive starts as ever

    assertThat(restore(made.backup, made.archive).written()).isEmpty();
  }

  @Test
  void aManifestThatIsMissingOrDamagedComesBackFirst() throws IOException {
    Path manifest = made.archive.resolve(MANIFEST);
    Files.writeString(manifest, Files.readString(manifest).replace("\"lines\":50", "\"lines\":51"));
    RestoreReport report = restore(made.backup, made.archive);
    assertThat(report.written()).containsExactly(MANIFEST);
    assertThat(report.aside()).hasSize(1);
    assertThat(day(made.archive)).isEqualTo(before);
    Files.delete(manifest);
    assertThat(restore(made.backup, made.archive).written()).containsExactly(MANIFEST);
    assertThat(Verification.of(made.archive).problems()).isEmpty();
  }

  @Test
  void whatAStartListedAnewGivesWayToWhatTheChainNames() throws IOException {
    Files.delete(made.archive.resolve(MANIFEST));
    Files.delete(made.archive.resolve(SWING));
    made.wake("kis"); // lists what it finds, and the 21st names another manifest
    assertThat(Files.readString(made.archive.resolve(MANIFEST))).doesNotContain(SWING);
    RestoreReport report = restore(made.backup, made.archive);
    assertThat(report.written()).contains(MANIFEST, SWING);
    assertThat(day(made.archive)).containsAllEntriesOf(before);
    // The start's own list was named too: that alone cannot be made good.
    assertThat(Verification.of(made.archive).problems())
        .extracting(Verification.Problem::kind)
        .containsOnly("chain");
  }

  @Test
  void whatIsDamagedInTheBackupIsToldAndTheRestComes() throws IOException {
    Path bad = made.backup.resolve(SWING + ".zst");
    byte[] bytes = Files.readAllBytes(bad);
    bytes[bytes.length / 2] ^= 16;
    Files.write(bad, bytes);
    Path empty = dir.resolve("new");
    RestoreReport report = restore(made.backup, empty);
    assertThat(report.problems()).singleElement().asString().startsWith(SWING + ": damaged");
    Map<String, String> rest = new TreeMap<>(before);
    rest.remove(SWING);
    assertThat(day(empty)).isEqualTo(rest);
    // The archive's own is not given up for it.
    bytes = Files.readAllBytes(made.archive.resolve(SWING));
    assertThat(restore(made.backup, made.archive).problems()).isEmpty();
    assertThat(Files.readAllBytes(made.archive.resolve(SWING))).isEqualTo(bytes);
  }

  @Test
  void aTableOfContentsThatDoesNotHoldBringsNothing() throws IOException {
    Path table = made.backup.resolve(id.manifest());
    Files.writeString(table, Files.readString(table).replace("kr_stocks", "kr_stockz"));
    assertThatThrownBy(() -> RestoreSource.of(made.backup, DAY)).hasMessageContaining("checksum");
    Files.delete(made.backup.resolve(id.folder()).resolve("SUCCESS.marker"));
    assertThat(RestoreSource.of(made.backup, DAY)).isEmpty();
    assertThat(RestoreSource.of(made.backup, DAY.plusDays(1))).isEmpty();
  }

  @Test
  void anEveningsVersionBringsWhatItHas() throws IOException {
    made.clock.set(DaysByHand.at(DAY.plusDays(1), 21, 0));
    PackageId evening = made.pack("kis", DAY.plusDays(1), 1, false);
    made.pull(evening);
    Path empty = dir.resolve("new");
    RestoreReport report =
        new Restore(empty, new LocalDisk(), bytes -> {})
            .restore(RestoreSource.of(made.backup, DAY.plusDays(1)).get(0));
    assertThat(report.problems()).isEmpty();
    String events = "system/events/kis/20261121.jsonl"; // open: what the package vouches for
    assertThat(Files.readString(made.archive.resolve(events)))
        .startsWith(Files.readString(empty.resolve(events)));
    assertThat(Verification.ofDay(empty, DAY.plusDays(1)).problems()).isEmpty();
  }

  @Test
  void aCrashAtAnyNameIsGoneOnWith() throws IOException {
    Path empty = dir.resolve("new");
    for (int at = 0; ; at++) {
      AtomicInteger left = new AtomicInteger(at % 4);
      Disk disk =
          MeddledDisk.before(
              "rename",
              file -> {
                if (left.getAndDecrement() == 0) {
                  throw new IOException("killed");
                }
              });
      String killed;
      try {
        RestoreReport report = restore(made.backup, empty, disk);
        if (report.ok()) {
          break;
        }
        killed = report.stopped().orElseThrow();
      } catch (PullException atTheManifest) {
        killed = atTheManifest.getMessage();
      }
      assertThat(killed).contains("cannot be written: killed; ");
      assertThat(before).containsAllEntriesOf(withoutBeside(day(empty)));
    }
    assertThat(day(empty)).isEqualTo(before);
  }

  @Test
  void aFullArchiveIsSaidNothingHalfIsLeftAndItGoesOnOnceThereIsRoom() throws IOException {
    Path empty = dir.resolve("new");
    FaultyDisk full = new FaultyDisk();
    full.fail("short", "09_30_00.jsonl");
    RestoreReport report = restore(made.backup, empty, full);
    assertThat(report.ok()).isFalse();
    assertThat(report.stopped())
        .contains(
            empty
                + " cannot be written: No space left on device; make room or make it writable and"
                + " try again: nothing is lost");
    assertThat(report.written()).contains(MANIFEST);
    assertThat(before).containsAllEntriesOf(day(empty)); // and no .tmp

    full.fail("", "");
    report = restore(made.backup, empty, full);
    assertThat(report.stopped()).isEmpty();
    assertThat(report.good()).isPositive(); // what had come is not written again
    assertThat(day(empty)).isEqualTo(before);
    assertThat(Verification.ofDay(empty, DAY).problems()).isEmpty();
  }

  @Test
  void whereNotEvenTheManifestIsTakenNothingElseIsTried() throws IOException {
    Path empty = dir.resolve("new");
    FaultyDisk full = new FaultyDisk();
    full.fail("write", "20261120.json");
    assertThatThrownBy(() -> restore(made.backup, empty, full))
        .isInstanceOfSatisfying(
            PullException.class, why -> assertThat(why.trouble()).isEqualTo(Trouble.TARGET))
        .hasMessageContaining("No space left on device; make room");
    assertThat(day(empty)).isEmpty();
    full.fail("", "");
    assertThat(restore(made.backup, empty, full).ok()).isTrue();
  }

  private static Map<String, String> withoutBeside(Map<String, String> files) {
    files.keySet().removeIf(path -> path.endsWith(".tmp"));
    return files;
  }
}
