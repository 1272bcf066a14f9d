package io.stockobserver.backup.drilling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.DaysByHand;
import io.stockobserver.backup.KeptDisk;
import io.stockobserver.backup.pulling.PullException;
import io.stockobserver.backup.pulling.TreeLock;
import io.stockobserver.backup.pulling.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from reading a backup back. */
class DrillRoundTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir private Path dir;
  private final List<Receipt> delivered = new ArrayList<>();
  private final List<Drilled> told = new ArrayList<>();
  private final KeptDisk disk = new KeptDisk();
  private DaysByHand made;
  private PackageId id;

  @BeforeEach
  void aBackup() throws IOException {
    made = new DaysByHand(dir, DAY);
    made.record("kis", DAY);
    made.record("kis", DAY.plusDays(1));
    id = made.pack("kis", DAY, 2, true);
    made.pull(id);
  }

  private List<Drilled> drill(double share) throws IOException {
    DrillRound round =
        new DrillRound(made.backup, "pc", share, disk.disk(), made.clock, () -> 7, delivered::add);
    told.clear();
    round.run(round.tasks(each -> true), bytes -> {}, told::add);
    return told;
  }

  private void isFull(double share) {
    assertThatThrownBy(() -> drill(share))
        .isInstanceOfSatisfying(
            PullException.class, why -> assertThat(why.trouble()).isEqualTo(Trouble.TARGET))
        .hasMessageContaining(
            "cannot be written: No space left on device; make room or make it writable and try"
                + " again: nothing is lost");
  }

  private List<Receipt> kept() throws IOException {
    return new PackageShelf(made.backup).receipts(id);
  }

  private List<String> events() throws IOException {
    List<String> all = new ArrayList<>();
    for (Path file : DaysByHand.below(made.backup.resolve("system/backup"))) {
      all.addAll(Files.readAllLines(file));
    }
    return all;
  }

  @Test
  void theFirstTimeEverythingIsReadAndTheWordIsGivenAndThenAShare() throws IOException {
    assertThat(drill(0.01).get(0).files()).hasSize(8);
    assertThat(kept()).singleElement().matches(Receipt::proves);
    assertThat(delivered).isEqualTo(kept());
    assertThat(kept().get(0).files()).isEqualTo(8);
    assertThat(kept().get(0).by()).isEqualTo("pc");

    assertThat(drill(0.01).get(0).files()).hasSize(1);
    assertThat(kept()).singleElement().matches(Receipt::proves); // a share takes nothing from it
    assertThat(delivered).hasSize(1);
    assertThat(events()).hasSize(2).allMatch(line -> line.contains("\"backup_verified\""));
    assertThat(events().get(0)).contains("\"share\":1.0");
    assertThat(events().get(1)).contains("\"share\":0.125,\"seed\":7");
  }

  @Test
  void damageInTheFirstDrillLeavesNoReceipt() throws IOException {
    Path file = made.backup.resolve("swing/kis/kr_stocks/20261120/09_00.jsonl.zst");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 2;
    Files.write(file, bytes);
    assertThat(drill(0.01).get(0).ok()).isFalse();
    assertThat(kept()).isEmpty();
    assertThat(delivered).isEmpty();
    assertThat(events())
        .singleElement()
        .asString()
        .contains("\"backup_failed\"", "\"reason\":\"drill\"", "09_00.jsonl.zst");
    // Kept aside, so that the next pull fetches it; until then it is missing.
    assertThat(
            Files.readAllBytes(
                made.backup.resolve("damaged/" + made.backup.relativize(file) + ".1")))
        .isEqualTo(bytes);
    assertThat(drill(0.01).get(0).damage()).extracting(Damage::kind).containsExactly("missing");
    made.pull(id);
    assertThat(drill(0.01).get(0).ok()).isTrue();
    assertThat(kept()).singleElement().matches(Receipt::proves);
  }

  @Test
  void damageThatIsFoundLaterTakesTheWordBack() throws IOException {
    drill(0.01);
    Files.delete(made.backup.resolve("tape/kis/kr_stocks/20261120/09_30_00.jsonl.zst"));
    assertThat(drill(0.99).get(0).ok()).isFalse();
    assertThat(kept()).singleElement().matches(Receipt::withdraws);
    assertThat(delivered).hasSize(2).last().matches(Receipt::withdraws);
    assertThat(events()).last().asString().contains("\"withdrawn\":true");
    made.pull(id);
    assertThat(drill(0.01).get(0).files()).hasSize(8); // all of it again
    assertThat(kept()).singleElement().matches(Receipt::proves);
  }

  @Test
  void aFullBackupIsSaidAndGivesNoWordUntilThereIsRoom() throws IOException {
    disk.full = "receipt/";
    isFull(1);
    assertThat(told).singleElement().matches(Drilled::ok); // what was read is told nevertheless
    assertThat(kept()).isEmpty();
    assertThat(delivered).isEmpty();
    assertThat(events())
        .singleElement()
        .asString()
        .contains("\"backup_failed\"", "\"reason\":\"target\"", "No space left on device");

    disk.full = "";
    assertThat(drill(1).get(0).ok()).isTrue();
    assertThat(kept()).singleElement().matches(Receipt::proves);
    assertThat(disk.deleted).isEmpty();
  }

  @Test
  void onAFullBackupTheWordIsTakenBackWhereItWouldBeDeletedOn() throws IOException {
    drill(1);
    Files.delete(made.backup.resolve("tape/kis/kr_stocks/20261120/09_30_00.jsonl.zst"));
    disk.full = "drilled-pc.json";
    isFull(1);
    assertThat(delivered).last().matches(Receipt::withdraws);
    assertThat(kept()).isEmpty(); // aside: this backup does not give it once more
    assertThat(events()).anyMatch(line -> line.contains("\"withdrawn\":true"));
    assertThat(events()).last().asString().contains("\"reason\":\"target\"");

    disk.full = "";
    made.pull(id);
    assertThat(drill(0.01).get(0).files()).hasSize(8); // all of it again
    assertThat(kept()).singleElement().matches(Receipt::proves);
  }

  @Test
  void whilePullingNothingIsDrilled() throws IOException {
    try (TreeLock pulling = TreeLock.take(made.backup)) {
      assertThatThrownBy(() -> drill(1)).hasMessageContaining("is being written by process");
    }
    assertThat(kept()).isEmpty();
  }
}
