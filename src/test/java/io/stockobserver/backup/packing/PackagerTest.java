package io.stockobserver.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.Lane;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.evidence.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a package has in it, and what a version makes of the one before. */
class PackagerTest {
  @TempDir Path dir;

  private static PackageFile file(PackageManifest table, String path) {
    return table.files().stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow();
  }

  @Test
  void theEveningsPackageHasEveryFileOfTheDayOpenOnesAsFarAsTheyGo() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      day.threads = 3;
      day.verdict =
          new Verdict(List.of(Recorded.anomaly()), List.of("{\"event_type\":\"gap_marker\"}"));
      Packaged made = day.make();

      assertThat(made.id()).isEqualTo(PackageId.parse("kis/20261120/1"));
      assertThat(made.complete()).isFalse();
      assertThat(made.open()).first().isEqualTo("the day is not over");
      PackageManifest table = day.shelf().manifest(made.id());
      assertThat(Proof.wrongWith(day.folder(1), table.key())).isEmpty();
      assertThat(table.files())
          .extracting(PackageFile::stored)
          .containsExactly(
              "manifest/kis/20261120.json",
              "scalp/kis/kr_stocks/20261120/09_29_50.jsonl.zst",
              "scalp/kis/kr_stocks/20261120/09_30_00.jsonl.zst",
              "scalp/kis/kr_stocks/20261120/10_00_00.jsonl.zst",
              "scalp/kis/kr_stocks/20261120/20_55_00.jsonl.zst",
              "set_aside/kis/kr_stocks/20261120.jsonl.zst",
              "swing/kis/kr_stocks/20261120/09_00.jsonl.zst",
              "swing/kis/kr_stocks/20261120/10_00.jsonl.zst",
              "swing/kis/kr_stocks/20261120/20_00.jsonl.zst",
              "system/events/kis/20261120.jsonl.zst",
              "system/overflow/kis/20261120_overflow.jsonl.zst",
              "tape/kis/kr_stocks/20261120/09_29_50.jsonl.zst",
              "tape/kis/kr_stocks/20261120/09_30_00.jsonl.zst",
              "tape/kis/kr_stocks/20261120/10_00_00.jsonl.zst",
              "tape/kis/kr_stocks/20261120/20_50_00.jsonl.zst",
              "universe/kis/kr_stocks/20261120.json");
      assertThat(table.files().stream().filter(PackageFile::open))
          .extracting(PackageFile::path)
          .containsExactly(
              "manifest/kis/20261120.json",
              "set_aside/kis/kr_stocks/20261120.jsonl",
              "system/events/kis/20261120.jsonl",
              "system/overflow/kis/20261120_overflow.jsonl");
      assertThat(file(table, "system/events/kis/20261120.jsonl").lines()).isEqualTo(4);
      assertThat(table.anomalies()).containsExactly(Recorded.anomaly());
      assertThat(table.gaps()).containsExactly("{\"event_type\":\"gap_marker\"}");
      assertThat(day.events).extracting(Event::type).containsExactly("backup_packaged");
    }
  }

  @Test
  void whatIsZstdAlreadyIsALinkAndSoIsWhatTheVersionBeforeHas() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      day.make();
      day.saturday().make();

      Path tape = Path.of("tape/kis/kr_stocks/20261120/09_30_00.jsonl.zst");
      assertThat(Files.isSameFile(day.root.resolve(tape), day.folder(1).resolve(tape))).isTrue();
      Path scalp = Path.of("scalp/kis/kr_stocks/20261120/09_30_00.jsonl.zst");
      assertThat(Files.isSameFile(day.folder(1).resolve(scalp), day.folder(2).resolve(scalp)))
          .isTrue();
    }
  }

  @Test
  void theEndedDayIsTheNextVersionAndComplete() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      Packaged evening = day.make();
      day.until("20T21:00:01").lines("late").until("20T23:59:59");
      Packaged ended = day.saturday().make();

      assertThat(ended.id().version()).isEqualTo(2);
      assertThat(ended.open()).isEmpty();
      PackageManifest table = day.shelf().manifest(ended.id());
      assertThat(Proof.wrongWith(day.folder(2), table.key())).isEmpty();
      assertThat(table.complete()).isTrue();
      assertThat(table.files()).noneMatch(PackageFile::open);
      assertThat(file(table, "system/events/kis/20261120.jsonl").lines()).isEqualTo(5);
      assertThat(table.previous().orElseThrow().sha256()).isEqualTo(evening.sha256());
      PackageHead head =
          PackageHead.parse(Files.readAllBytes(day.root.resolve("package/kis/head.json")));
      assertThat(head.sha256()).isEqualTo(ended.sha256());
      assertThat(head.holds(table.key())).isTrue();
    }
  }

  @Test
  void withoutAnythingNewThereIsNoNewVersion() throws Exception {
    try (Recorded day = Recorded.evening(dir).saturday()) {
      Packaged first = day.make();
      Packaged again = day.make();

      assertThat(first.made()).isTrue();
      assertThat(again.made()).isFalse();
      assertThat(again.sha256()).isEqualTo(first.sha256());
      assertThat(day.shelf().all()).containsExactly(first.id());
      assertThat(day.events).hasSize(1);
    }
  }

  @Test
  void aDayWhoseManifestIsNotFinalIsNotComplete() throws Exception {
    try (Recorded day = Recorded.evening(dir).until("21T00:10:00")) {
      assertThat(day.make().open())
          .containsExactly("its manifest is not final: no later day has one yet");
      day.archive.begin(Recorded.FRIDAY.plusDays(1));
      assertThat(day.make().complete()).isTrue();
    }
  }

  @Test
  void evidenceThatComesLaterMakesAFurtherVersion() throws Exception {
    try (Recorded day = Recorded.evening(dir).saturday()) {
      assertThat(day.make().complete()).isTrue();
      assertThat(day.packager().isDone(Recorded.FRIDAY)).isTrue();
      day.line(Lane.EVENTS, Recorded.at("20T14:00:00"), "a gap of Friday");
      assertThat(day.make().open())
          .containsExactly("system/events/kis/20261120.2.jsonl is not sealed");
      day.until("21T00:11:00");
      assertThat(day.packager().isDone(Recorded.FRIDAY)).isFalse();
      Packaged third = day.make();

      assertThat(third.id().version()).isEqualTo(3);
      assertThat(third.complete()).isTrue();
      PackageManifest table = day.shelf().manifest(third.id());
      assertThat(Proof.wrongWith(day.folder(3), table.key())).isEmpty();
      assertThat(table.files())
          .extracting(PackageFile::path)
          .contains("manifest/kis/20261120.2.json", "system/events/kis/20261120.2.jsonl");
      assertThat(day.packager().isDone(Recorded.FRIDAY)).isTrue();
    }
  }

  @Test
  void aDayOfWhichThereIsNothingIsRefusedWithoutAnEvent() {
    try (Recorded day = Recorded.evening(dir)) {
      assertThatThrownBy(
              () -> day.packager().make(Recorded.FRIDAY.minusDays(1), Packager.Progress.NONE))
          .isInstanceOf(PackageRefused.class)
          .hasMessageContaining("has nothing of kis 20261119");
      assertThat(day.events).isEmpty();
    }
  }
}
