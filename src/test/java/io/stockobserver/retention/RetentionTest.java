package io.stockobserver.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.Disk;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.DaysByHand;
import io.stockobserver.backup.MeddledDisk;
import io.stockobserver.evidence.Event;
import io.stockobserver.retention.RetentionPlan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real archive with packages and receipts made by hand. */
class RetentionTest {
  private static final LocalDate OLD = LocalDate.of(2026, 11, 16);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  @TempDir private Path dir;
  private DaysByHand made;
  private PackageId id;

  @BeforeEach
  void aProvenDayOfFourDaysAgo() throws IOException {
    made = new DaysByHand(dir, OLD);
    made.record("kis", OLD);
    made.record("kis", OLD.plusDays(1));
    made.clock.set(DaysByHand.at(TODAY, 1, 50));
    made.wake("kis");
    id = made.pack("kis", OLD, 2, true);
    made.prove(id, "pc");
    made.clock.set(DaysByHand.at(TODAY, 2, 0));
  }

  private Retention retention() {
    return retention(new LocalDisk());
  }

  private Retention retention(Disk disk) {
    return new Retention(
        made.archive, "kis", DaysByHand.SEOUL, RetentionSettings.DEFAULTS, disk, made.clock);
  }

  private RetentionPlan carryOut() throws IOException {
    return retention().carryOut(event -> made.tell("kis", event), 50);
  }

  private Planned old(RetentionPlan plan) {
    return plan.days().stream()
        .filter(day -> day.facts().day().equals(OLD))
        .findFirst()
        .orElseThrow();
  }

  private void refuses(String reason, String inDetail) throws IOException {
    List<String> before = made.names("20261116");
    Verdict verdict = old(carryOut()).verdict();
    assertThat(verdict.act() + " " + verdict.reason()).isEqualTo("REFUSE " + reason);
    assertThat(verdict.detail()).contains(inDetail);
    assertThat(made.names("20261116")).isEqualTo(before);
    assertThat(made.events("kis", "retention_refused", "\"day\":\"20261116\""))
        .singleElement()
        .asString()
        .contains("\"reason\":\"" + reason + "\"");
    assertThat(made.events("kis", "retention_deleted")).isEmpty();
  }

  @Test
  void whatIsProvenElsewhereGoesAndTheLedgerStays() throws IOException {
    Set<String> others = new TreeSet<>(made.names());
    others.removeAll(made.names("20261116"));
    assertThat(made.names("20261116", "tape/")).hasSize(2); // the tape, and the package's link

    assertThat(old(carryOut()).verdict().act()).isEqualTo(Verdict.Act.DELETE);

    assertThat(made.names("20261116"))
        .containsExactly(
            "manifest/kis/20261116.json",
            "package/kis/20261116/2/SUCCESS.marker",
            "package/kis/20261116/2/package.json",
            "package/kis/20261116/2/package.sig",
            "receipt/kis/20261116/2/drilled-pc.json",
            "receipt/kis/20261116/2/pulled-pc.json",
            "system/events/kis/20261116.jsonl",
            "system/overflow/kis/20261116_overflow.jsonl",
            "universe/kis/kr_stocks/20261116.json");
    assertThat(made.archive.resolve("tape/kis/kr_stocks/20261116")).doesNotExist();
    assertThat(made.archive.resolve("package/kis/20261116/2/tape")).doesNotExist();
    assertThat(new TreeSet<>(made.names())).containsAll(others);
    assertThat(made.events("kis", "retention_deleted"))
        .singleElement()
        .asString()
        .startsWith(
            "{\"event_type\":\"retention_deleted\",\"timestamp\":\"2026-11-19T17:00:00.000Z\"")
        .contains(
            "\"day\":\"20261116\",\"package\":\"kis/20261116/2\",\"package_sha256\":\""
                + DaysByHand.sha256(Files.readAllBytes(made.archive.resolve(id.manifest())))
                + "\",\"receipt\":\"receipt/kis/20261116/2/drilled-pc.json\",\"files\":4,\"bytes\":");

    assertThat(carryOut().days()).extracting(day -> day.facts().day()).doesNotContain(OLD);
    assertThat(made.events("kis", "retention_deleted")).hasSize(1);
    made.wake("kis"); // and the archive starts as ever
  }

  @Test
  void aPlanChangesNothing() throws IOException {
    List<String> before = made.names();
    assertThat(old(retention().plan()).verdict().reason()).isEqualTo("proven");
    assertThat(made.names()).isEqualTo(before);
  }

  @Test
  void noPackage() throws IOException {
    for (Path file : DaysByHand.below(made.archive.resolve("package"))) {
      Files.delete(file);
    }
    refuses("not_packaged", "./observer package");
  }

  @Test
  void onlyTheEveningsVersion() throws IOException {
    made.pack("kis", OLD, 3, false);
    refuses("not_complete", "kis/20261116/3");
  }

  @Test
  void aNewerVersionWithoutReceipts() throws IOException {
    made.pack("kis", OLD, 3, true);
    refuses("not_pulled", "kis/20261116/3");
  }

  @Test
  void aReceiptForAnotherTableOfContents() throws IOException {
    Files.delete(made.archive.resolve(id.folder()).resolve("SUCCESS.marker"));
    made.clock.set(DaysByHand.at(TODAY, 2, 1)); // created_at differs, so does its checksum
    for (Path file : DaysByHand.below(made.archive.resolve(id.folder()))) {
      Files.delete(file);
    }
    made.pack("kis", OLD, 2, true);
    refuses("not_pulled", "kis/20261116/2");
  }

  @Test
  void aReceiptOfWhichABitWasFlipped() throws IOException {
    Path receipt = made.archive.resolve("receipt/kis/20261116/2/drilled-pc.json");
    Files.writeString(receipt, Files.readString(receipt).replace("\"lines\":1", "\"lines\":2"));
    refuses("not_drilled", "drill it");
  }

  @Test
  void onlyAShareWasReadBack() throws IOException {
    made.receipt(id, Receipt.Kind.DRILLED, "pc", 0.5);
    refuses("not_drilled", "kis/20261116/2");
  }

  @Test
  void aReceiptThatWasTakenBack() throws IOException {
    made.receipt(id, Receipt.Kind.DRILLED, "pc", 0);
    refuses("withdrawn", "damaged");
  }

  @Test
  void aTableOfContentsOfWhichABitWasFlipped() throws IOException {
    Path manifest = made.archive.resolve(id.manifest());
    Files.writeString(manifest, Files.readString(manifest).replace("kr_stocks", "kr_stockz"));
    refuses("package_damaged", "package.json");
  }

  @Test
  void aSignatureOfSomethingElse() throws IOException {
    PackageId other = made.pack("kis", OLD.plusDays(1), 2, true);
    Files.copy(
        made.archive.resolve(other.folder()).resolve("package.sig"),
        made.archive.resolve(id.folder()).resolve("package.sig"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    refuses("package_damaged", "signature");
  }

  @Test
  void evidenceThatCameAfterTheLastVersion() throws IOException {
    made.open(
        "kis",
        (Archive open) -> {
          open.line(
              Lane.EVENTS,
              DaysByHand.at(OLD, 12, 0),
              Event.of("gap_marker", DaysByHand.at(OLD, 12, 0)).line("kis", "kr_stocks", "s"));
          open.append(new io.stockobserver.archive.ChannelAppender(made.archive));
          open.rotate(made.clock.instant());
          open.seal();
        });
    assertThat(made.names("manifest", "20261116.2.json")).hasSize(1);
    refuses("not_in_package", "system/events/kis/20261116.2.jsonl");
  }

  @Test
  void aFileThatNoManifestLists() throws IOException {
    Files.writeString(
        made.archive.resolve("scalp/kis/kr_stocks/20261116/11_00_00.jsonl"), "{\"a\":1}\n");
    List<String> before = made.names();
    Verdict verdict = old(retention().carryOut(event -> {}, 50)).verdict();
    assertThat(verdict.reason()).isEqualTo("not_sealed");
    assertThat(verdict.detail()).contains("11_00_00.jsonl");
    assertThat(made.names()).isEqualTo(before);
  }

  @Test
  void aFileThatGrewSince() throws IOException {
    Files.writeString(
        made.archive.resolve("swing/kis/kr_stocks/20261116/09_00.jsonl"),
        "{}\n",
        StandardOpenOption.APPEND);
    refuses("changed", "09_00.jsonl");
  }

  @Test
  void aFileWithOneOtherBitIsFoundBeforeAnythingIsTold() throws IOException {
    Path file = made.archive.resolve("swing/kis/kr_stocks/20261116/09_00.jsonl");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(old(retention().plan()).verdict().reason()).isEqualTo("proven");
    refuses("changed", "09_00.jsonl");
  }

  @Test
  void aDamagedManifest() throws IOException {
    Path manifest = made.archive.resolve("manifest/kis/20261116.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"lines\":1", "\"lines\":7"));
    List<String> before = made.names("20261116");
    List<Event> told = new ArrayList<>();
    Verdict verdict = old(retention().carryOut(told::add, 50)).verdict();
    assertThat(verdict.reason()).isEqualTo("manifest_damaged");
    assertThat(told).singleElement().matches(event -> event.type().equals("retention_refused"));
    assertThat(made.names("20261116")).isEqualTo(before);
  }

  @Test
  void aDamagedFileThatWasKeptAsideStaysWhereItIs() throws IOException {
    Path aside = made.archive.resolve("swing/kis/kr_stocks/20261116/09_00.jsonl.damaged-1");
    Files.writeString(aside, "x");
    carryOut();
    assertThat(made.names("20261116", "swing/"))
        .containsExactly("swing/kis/kr_stocks/20261116/09_00.jsonl.damaged-1");
  }

  @Test
  void whatCannotBeToldIsNotDone() throws IOException {
    List<String> before = made.names();
    assertThatThrownBy(
            () ->
                retention()
                    .carryOut(
                        event -> {
                          throw new IOException("No space left on device");
                        },
                        50))
        .hasMessageContaining("No space left");
    assertThat(made.names()).isEqualTo(before);
  }

  @Test
  void aCrashBetweenTheEventAndTheFirstUnlink() throws IOException {
    // As the process left it that told it and died.
    made.tell(
        "kis",
        Forgetting.event(old(retention().plan()).facts(), "0".repeat(64), made.clock.instant()));
    assertThat(old(retention().plan()).verdict().reason()).isEqualTo("begun");
    carryOut();
    assertThat(made.names("20261116", "kr_stocks", "jsonl")).isEmpty();
    assertThat(made.events("kis", "retention_deleted")).hasSize(1);
  }

  @Test
  void aCrashAfterEachUnlink() throws IOException {
    int deletions = 0;
    boolean done = false;
    while (!done) {
      Disk disk = crashing(1);
      try {
        retention(disk).carryOut(event -> made.tell("kis", event), 50);
        done = true;
      } catch (IOException crashed) {
        deletions++;
        assertThat(made.events("kis", "retention_deleted")).hasSize(1);
        made.wake("kis"); // the next start finds nothing to mend
      }
    }
    assertThat(deletions).isGreaterThan(8);
    assertThat(made.names("20261116", "kr_stocks", "jsonl")).isEmpty();
    assertThat(made.events("kis", "retention_deleted")).hasSize(1);
    assertThat(made.events("kis", "retention_refused")).isEmpty();
  }

  @Test
  void inTheMiddleABackupTakesItsWordBack() throws IOException {
    try {
      retention(crashing(2)).carryOut(event -> made.tell("kis", event), 50);
    } catch (IOException crashed) {
      made.receipt(id, Receipt.Kind.DRILLED, "pc", 0);
    }
    List<String> left = made.names("20261116");
    assertThat(old(carryOut()).verdict().reason()).isEqualTo("withdrawn");
    assertThat(made.names("20261116")).isEqualTo(left);
    made.receipt(id, Receipt.Kind.DRILLED, "pc", 1);
    carryOut();
    assertThat(made.names("20261116", "kr_stocks", "jsonl")).isEmpty();
  }

  @Test
  void aDayThatWasBroughtBackIsKeptAndThenToldAnew() throws IOException {
    Path file = made.archive.resolve("swing/kis/kr_stocks/20261116/09_00.jsonl");
    byte[] was = Files.readAllBytes(file);
    carryOut();
    Files.createDirectories(file.getParent());
    Files.write(file, was);
    made.tell(
        "kis",
        Event.of("day_restored", made.clock.instant().plusSeconds(1)).with("day", "20261116"));
    assertThat(old(carryOut()).verdict().reason()).isEqualTo("restored");
    for (int day = 1; day <= 4; day++) {
      made.clock.set(DaysByHand.at(TODAY.plusDays(day), 1, 50));
      made.wake("kis");
    }
    made.clock.set(DaysByHand.at(TODAY.plusDays(4), 2, 0));
    carryOut();
    assertThat(file).doesNotExist();
    assertThat(made.events("kis", "retention_deleted")).hasSize(2);
  }

  @Test
  void aRefusalIsToldOnceADayForEachReason() throws IOException {
    made.receipt(id, Receipt.Kind.DRILLED, "pc", 0);
    carryOut();
    carryOut();
    assertThat(made.events("kis", "retention_refused")).hasSize(1);
    Files.delete(made.archive.resolve("receipt/kis/20261116/2/pulled-pc.json"));
    Files.delete(made.archive.resolve("receipt/kis/20261116/2/drilled-pc.json"));
    carryOut();
    assertThat(made.events("kis", "retention_refused")).hasSize(2);
    made.clock.set(DaysByHand.at(TODAY.plusDays(1), 1, 50));
    made.wake("kis");
    made.clock.set(DaysByHand.at(TODAY.plusDays(1), 2, 0));
    carryOut();
    // The next day it is told again, and the day behind it is too old now as well.
    assertThat(made.events("kis", "retention_refused", "20261116")).hasSize(3);
    assertThat(made.events("kis", "retention_refused", "20261117")).hasSize(1);
  }

  @Test
  void fromTheTenthDayOnAnUnprovenDayIsAnAlarmEveryDay() throws IOException {
    Files.delete(made.archive.resolve("receipt/kis/20261116/2/drilled-pc.json"));
    for (int day = 9; day <= 11; day++) {
      made.clock.set(DaysByHand.at(OLD.plusDays(day), 1, 50));
      made.wake("kis");
      made.clock.set(DaysByHand.at(OLD.plusDays(day), 2, 0));
      carryOut();
      carryOut();
      assertThat(made.events("kis", "anomaly_marked", "unverified_days"))
          .hasSize(Math.max(0, day - 9));
    }
    assertThat(made.events("kis", "anomaly_marked").get(0)).contains("20261116 not_drilled");
    assertThat(made.names("20261116", "tape/")).hasSize(2);
  }

  @Test
  void aFullDiskIsAnAlarmOnceADayAndNeverAReason() throws IOException {
    Files.delete(made.archive.resolve("receipt/kis/20261116/2/drilled-pc.json"));
    List<String> before = made.names("20261116");
    retention().carryOut(event -> made.tell("kis", event), 80);
    assertThat(made.events("kis", "anomaly_marked")).isEmpty();
    retention().carryOut(event -> made.tell("kis", event), 80.1);
    retention().carryOut(event -> made.tell("kis", event), 99);
    assertThat(made.events("kis", "anomaly_marked"))
        .singleElement()
        .asString()
        .contains("\"reason\":\"disk_used\"", "80.1 %");
    assertThat(made.names("20261116")).isEqualTo(before);
  }

  @Test
  void aClockThatLeaptAheadWhileNobodyLooked() throws IOException {
    made.clock.set(made.clock.instant().plus(Duration.ofDays(1)));
    refuses("clock", "the archive's last word is of");
  }

  @Test
  void aClockThatLeaptAheadWhileTheObserverRan() throws IOException {
    made.clock.set(made.clock.instant().plus(Duration.ofDays(5)));
    made.tell(
        "kis",
        Event.of("clock_step", made.clock.instant())
            .with("step_ms", Duration.ofDays(5).toMillis()));
    refuses("clock", "set ahead");
    made.clock.set(made.clock.instant().plus(Duration.ofHours(23)));
    made.wake("kis");
    assertThat(old(carryOut()).verdict().reason()).isEqualTo("clock");
    made.clock.set(made.clock.instant().plus(Duration.ofHours(1)));
    assertThat(old(carryOut()).verdict().reason()).isEqualTo("proven");
  }

  @Test
  void aMachineThatStartsInTheWrongYear() throws IOException {
    made.clock.set(made.clock.instant().plus(Duration.ofDays(365)));
    made.wake("kis");
    assertThat(old(carryOut()).verdict().reason()).isEqualTo("clock");
    assertThat(made.names("20261116", "tape/")).hasSize(2);
  }

  @Test
  void providersAreIndependent() throws IOException {
    DaysByHand other = new DaysByHand(dir, OLD);
    other.record("upbit", OLD);
    other.record("upbit", OLD.plusDays(1));
    carryOut();
    assertThat(made.names("tape/kis", "20261116")).isEmpty();
    assertThat(made.names("tape/upbit", "20261116")).hasSize(1);
  }

  /** One on which the process dies after so many deletions. */
  private static Disk crashing(int deletions) {
    AtomicInteger left = new AtomicInteger(deletions);
    return MeddledDisk.before(
        "delete",
        file -> {
          if (left.getAndDecrement() == 0) {
            throw new IOException("killed");
          }
        });
  }

  @Test
  void aDayThatCouldNotBeLoadedIsKeptForLonger() throws IOException {
    made.tell(
        "kis",
        Event.of("etl_failed", made.clock.instant())
            .with("day", "20261115")
            .with("detail", "another day's"));
    assertThat(old(retention().plan()).verdict().act()).isEqualTo(Verdict.Act.DELETE);
    made.tell("kis", Event.of("etl_failed", made.clock.instant()).with("day", "20261116"));
    Planned kept = old(carryOut());
    assertThat(kept.facts().anomalies()).containsExactly("etl_failed");
    assertThat(kept.verdict().act() + " " + kept.verdict().reason()).isEqualTo("KEEP anomaly");
  }

  @Test
  void aDayIsProvenByTheSameWordForTheDatabase() throws IOException {
    PackageShelf shelf = new PackageShelf(made.archive);
    assertThat(shelf.isProven("kis", OLD)).isTrue();
    assertThat(shelf.isProven("upbit", OLD)).isFalse();
    assertThat(shelf.isProven("kis", OLD.plusDays(1))).as("no package").isFalse();
    made.receipt(id, Receipt.Kind.DRILLED, "pc", 0.5);
    assertThat(shelf.isProven("kis", OLD)).as("read in part").isFalse();
    made.prove(id, "pc");
    PackageId later = made.pack("kis", OLD, 3, true);
    assertThat(shelf.isProven("kis", OLD)).as("a later version that nobody has").isFalse();
    made.prove(later, "pc");
    assertThat(shelf.isProven("kis", OLD)).isTrue();
    made.prove(made.pack("kis", OLD, 4, false), "pc");
    assertThat(shelf.isProven("kis", OLD)).as("not complete").isFalse();
  }
}
