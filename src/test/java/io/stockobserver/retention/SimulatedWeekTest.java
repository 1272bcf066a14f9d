package io.stockobserver.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.DaysByHand;
import io.stockobserver.backup.drilling.DrillRound;
import io.stockobserver.backup.packing.PackageKeys;
import io.stockobserver.backup.packing.PackageRefused;
import io.stockobserver.backup.packing.Packager;
import io.stockobserver.backup.packing.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seven market days, the 16th to the 22nd: recorded, packaged at night, fetched, drilled, and at
 * two in the morning retention. Nobody fetched the 17th; the 18th had an anomaly.
 */
class SimulatedWeekTest {
  private static final LocalDate UNPULLED = LocalDate.of(2026, 11, 17);
  private static final LocalDate MARKED = LocalDate.of(2026, 11, 18);

  @TempDir private Path dir;
  private DaysByHand made;

  @Test
  void exactlyTheDaysStayThatThePolicySaysAndTheEventsSayWhy() throws Exception {
    made = new DaysByHand(dir, LocalDate.of(2026, 11, 16));
    for (int date = 16; date <= 22; date++) {
      LocalDate day = LocalDate.of(2026, 11, date);
      made.record("kis", day);
      night(day.plusDays(1));
    }

    // On the 23rd: kept are three days, the marked one, and the one that nobody has.
    assertThat(days("tape"))
        .containsExactly("20261117", "20261118", "20261120", "20261121", "20261122");
    assertThat(days("scalp")).isEqualTo(days("tape"));
    assertThat(days("swing")).isEqualTo(days("tape"));
    assertThat(events("retention_deleted"))
        .containsExactly("20261119 20261116", "20261122 20261119");
    // The 17th was four days old on the 21st; told every day since.
    assertThat(events("retention_refused"))
        .containsExactly("20261120 20261117", "20261121 20261117", "20261122 20261117");
    assertThat(made.events("kis", "retention_refused"))
        .allMatch(line -> line.contains("\"reason\":\"not_pulled\""));
    assertThat(made.events("kis", "anomaly_marked")).isEmpty();
    // The ledger of all seven days is there.
    for (int date = 16; date <= 22; date++) {
      assertThat(made.archive.resolve("manifest/kis/202611" + date + ".json")).exists();
      assertThat(made.names("system/events/kis/202611" + date)).isNotEmpty();
      assertThat(made.archive.resolve("universe/kis/kr_stocks/202611" + date + ".json")).exists();
      assertThat(made.names("package/kis/202611" + date, "package.json")).isNotEmpty();
    }

    // Days without recording: the marked one goes after seven, the unfetched one never.
    for (int date = 24; date <= 29; date++) {
      night(LocalDate.of(2026, 11, date));
    }
    assertThat(days("tape")).containsExactly("20261117");
    assertThat(events("retention_deleted"))
        .containsExactly(
            "20261119 20261116",
            "20261122 20261119",
            "20261123 20261120",
            "20261124 20261121",
            "20261125 20261118",
            "20261125 20261122");
    assertThat(made.events("kis", "anomaly_marked"))
        .hasSize(3) // the 27th, 28th, 29th: from its tenth day on, every day
        .allMatch(line -> line.contains("20261117 not_pulled"));

    // Somebody fetches it at last.
    PackageId late = newest(UNPULLED);
    fetch(late);
    made.clock.set(DaysByHand.at(LocalDate.of(2026, 11, 29), 2, 30));
    retention();
    assertThat(days("tape")).isEmpty();
  }

  /** What happens between two days. */
  private void night(LocalDate today) throws Exception {
    made.clock.set(DaysByHand.at(today, 0, 10));
    made.wake("kis");
    LocalDate yesterday = today.minusDays(1);
    if (!made.names("tape/kis/kr_stocks/" + yesterday.format(PackageId.DAY)).isEmpty()) {
      freeze(yesterday);
      if (!yesterday.equals(UNPULLED)) {
        fetch(newest(yesterday));
      }
    }
    made.clock.set(DaysByHand.at(today, 2, 0));
    retention();
  }

  private void freeze(LocalDate day) throws IOException {
    made.open(
        "kis",
        open -> {
          Verdict verdict =
              new Verdict(
                  day.equals(MARKED)
                      ? List.of(new PackageManifest.Anomaly("reconnects", "23 reconnections"))
                      : List.of(),
                  List.of());
          Packager packager =
              new Packager(
                  open,
                  new LocalDisk(),
                  new PackageKeys(dir.resolve("keys/package.key")),
                  any -> verdict,
                  event -> {},
                  made.clock,
                  1);
          try {
            assertThat(packager.make(day, Packager.Progress.NONE).complete()).isTrue();
          } catch (PackageRefused refused) {
            throw new IOException(refused);
          }
        });
  }

  private PackageId newest(LocalDate day) throws IOException {
    return new io.stockobserver.archive.packages.PackageShelf(made.archive)
        .all().stream().filter(id -> id.date().equals(day)).reduce((a, b) -> b).orElseThrow();
  }

  /** A backup fetches it, reads all of it back, and gives the server its word. */
  private void fetch(PackageId id) throws IOException {
    made.pull(id);
    made.receipt(id, Receipt.Kind.PULLED, "pc", 0);
    DrillRound round =
        new DrillRound(
            made.backup,
            "pc",
            0.01,
            new LocalDisk(),
            made.clock,
            () -> 1,
            receipt -> {
              try {
                Files.write(made.archive.resolve(receipt.path()), receipt.write());
                return true;
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    round.run(
        round.tasks(id::equals), bytes -> {}, drilled -> assertThat(drilled.damage()).isEmpty());
  }

  private void retention() throws IOException {
    new Retention(
            made.archive,
            "kis",
            DaysByHand.SEOUL,
            RetentionSettings.DEFAULTS,
            new LocalDisk(),
            made.clock)
        .carryOut(event -> made.tell("kis", event), 50);
  }

  private Set<String> days(String lane) throws IOException {
    Set<String> days = new TreeSet<>();
    for (String name : made.names(lane + "/kis/kr_stocks/")) {
      if (name.startsWith(lane)) {
        days.add(name.split("/", -1)[3]);
      }
    }
    return days;
  }

  /** The day (UTC) on which each was told, and the day that it is about. */
  private List<String> events(String type) throws IOException {
    return made.events("kis", "\"" + type + "\"").stream()
        .map(
            line ->
                line.replaceFirst(".*\"timestamp\":\"(\\d{4})-(\\d\\d)-(\\d\\d).*", "$1$2$3")
                    + " "
                    + line.replaceFirst(".*\"day\":\"(\\d{8})\".*", "$1"))
        .toList();
  }
}
