package io.stockobserver.backup.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.FaultyDisk;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.backup.packing.PackageRefused.Reason;
import io.stockobserver.evidence.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage, full disks, lost power, keys that do not fit: no package, or a good one. */
class PackageTroubleTest {
  private static final String SCALP = "scalp/kis/kr_stocks/20261120/09_30_00.jsonl";
  private static final String TAPE = "tape/kis/kr_stocks/20261120/09_30_00.jsonl.zst";

  @TempDir Path dir;

  private static void flip(Path file, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    Path beside = file.resolveSibling("flipped");
    Files.write(beside, bytes);
    Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static void refused(ThrowingCallable made, Reason reason, String word) {
    assertThatThrownBy(made)
        .isInstanceOfSatisfying(
            PackageRefused.class, why -> assertThat(why.reason()).isEqualTo(reason))
        .hasMessageContaining(word);
  }

  private static void nothingIsThere(Recorded day) throws IOException {
    assertThat(day.shelf().all()).isEmpty();
    assertThat(Recorded.below(day.root.resolve("package"))).isEmpty();
  }

  private static String key(Recorded day) throws PackageRefused {
    return new PackageKeys(day.key).publicKey();
  }

  @ParameterizedTest
  @ValueSource(strings = {SCALP, TAPE, "universe/kis/kr_stocks/20261120.json"})
  void aDamagedFileIsNamedWithTheRemedyAndNoPackageIsMade(String path) throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      flip(day.root.resolve(path), 50);

      refused(day::make, Reason.DAMAGED, path.replace(".zst", ""));
      refused(day::make, Reason.DAMAGED, "./observer restore 20261120 --from DIR");
      nothingIsThere(day);
      assertThat(day.events).extracting(Event::type).containsOnly("backup_failed");
      assertThat(day.events.get(0).get("reason")).isEqualTo("damaged");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SCALP, TAPE, "universe/kis/kr_stocks/20261120.json"})
  void soIsOneThatIsMissing(String path) throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      Files.delete(day.root.resolve(path));

      refused(day::make, Reason.DAMAGED, path.replace(".zst", "") + ": it is not there");
      nothingIsThere(day);
    }
  }

  @Test
  void aSealedFileWithSomethingBehindItsEndIsDamaged() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      Files.writeString(day.root.resolve(SCALP), "{}\n", java.nio.file.StandardOpenOption.APPEND);

      refused(day::make, Reason.DAMAGED, SCALP);
    }
  }

  @Test
  void aDamagedManifestIsNamed() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      flip(day.root.resolve("manifest/kis/20261120.json"), 900);

      refused(day::make, Reason.DAMAGED, "manifest/kis/20261120.json is damaged");
    }
  }

  @Test
  void whatOnlyThePackageBeforeHasWellIsTakenFromThere() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      day.make();
      flip(day.root.resolve(SCALP), 50);

      assertThat(day.saturday().make().complete()).isTrue();
      assertThat(Proof.wrongWith(day.folder(2), key(day))).isEmpty();
    }
  }

  @Test
  void aDamagedPackageGivesNothingToTheNext() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      day.make();
      flip(day.folder(1).resolve(SCALP + ".zst"), 77);

      day.saturday().make();
      assertThat(Proof.wrongWith(day.folder(1), key(day))).contains(SCALP + ".zst: changed");
      assertThat(Proof.wrongWith(day.folder(2), key(day))).isEmpty();
    }
  }

  @Test
  void aFlippedBitAnywhereInAPackageIsFound() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      day.make();
      String key = key(day);
      assertThat(Proof.wrongWith(day.folder(1), key)).isEmpty();
      Random chance = new Random(4);
      List<String> names = Recorded.below(day.folder(1));
      for (int i = 0; i < 200; i++) {
        Path file = day.folder(1).resolve(names.get(i % names.size()));
        byte[] good = Files.readAllBytes(file);
        // The newline behind a signature is not part of it.
        int bits = (good.length - (file.endsWith("package.sig") ? 1 : 0)) * 8;
        flip(file, chance.nextInt(bits));
        assertThat(Proof.wrongWith(day.folder(1), key)).as("%s", file).isPresent();
        Files.write(file, good);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "short, .zst",
    "write, 10_00_00",
    "force, 10_00_00",
    "link, 09_30_00",
    "write, package.json",
    "force, package.sig",
    "force-dir, 20261120/1",
    "write, SUCCESS",
    "rename, SUCCESS"
  })
  void aFullDiskLeavesNothingHalfMadeAndTheNextIsWhole(String act, String file) throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      FaultyDisk full = new FaultyDisk();
      full.fail(act, file);
      day.disk = full;
      refused(day::make, Reason.DISK, "make room");
      nothingIsThere(day);
      assertThat(day.events.get(0).get("reason")).isEqualTo("disk");

      full.fail("", "");
      assertThat(day.make().id().version()).isEqualTo(1);
      assertThat(Proof.wrongWith(day.folder(1), key(day))).isEmpty();
    }
  }

  @Test
  void aHeadThatCouldNotBeWrittenIsWrittenNextTime() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      FaultyDisk full = new FaultyDisk();
      full.fail("rename", "head.json");
      day.disk = full;
      refused(day::make, Reason.DISK, "make room");
      full.fail("", "");
      Packaged made = day.make();

      assertThat(made.made()).isFalse();
      assertThat(head(day).sha256()).isEqualTo(made.sha256());
    }
  }

  private static PackageHead head(Recorded day) throws IOException {
    return PackageHead.parse(Files.readAllBytes(day.root.resolve("package/kis/head.json")));
  }

  @Test
  void thePowerMayFailAndWhatComesBackIsWholeOrNothing() throws Exception {
    cutAtEvery(5);
  }

  @Test
  @Tag("fault")
  void thePowerMayFailAtAnyAct() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      cutAtEvery(1);
      clear(dir);
      Files.createDirectories(dir);
    }
  }

  private void cutAtEvery(int step) throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      Path packages = day.root.resolve("package");
      String key = key(day);
      CutDisk whole = new CutDisk(Long.MAX_VALUE);
      day.disk = whole;
      day.make();
      Random chance = new Random(dir.hashCode());
      assertThat(whole.acts()).isGreaterThan(60);
      for (long act = 1; act <= whole.acts(); act += act < whole.acts() - 12 ? step : 1) {
        clear(packages);
        CutDisk cut = new CutDisk(act);
        day.disk = cut;
        assertThatThrownBy(day::make).isInstanceOf(PackageRefused.class);
        cut.comeBack(chance);
        for (PackageId there : day.shelf().all()) {
          assertThat(Proof.wrongWith(day.root.resolve(there.folder()), key))
              .as("cut at %d", act)
              .isEmpty();
        }
        day.disk = new CutDisk(Long.MAX_VALUE);
        day.make();
        assertThat(day.shelf().all()).as("cut at %d", act).hasSize(1);
        assertThat(Proof.wrongWith(day.folder(1), key)).isEmpty();
        assertThat(head(day).id().version()).isEqualTo(1);
        assertThat(head(day).holds(key)).isTrue();
      }
    }
  }

  private static void clear(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void theKeyIsMadeOnceReadableByItsOwnerOnlyWithItsPublicHalfBeside() throws Exception {
    PackageKeys keys = new PackageKeys(dir.resolve("keys/package.key"));
    String open = keys.publicKey();

    Path file = dir.resolve("keys/package.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(Files.readString(dir.resolve("keys/package.key.pub")).replaceAll("-.*-|\\s", ""))
        .isEqualTo(open);
    assertThat(new PackageKeys(file).publicKey()).isEqualTo(open);
  }

  @Test
  void aKeyThatOthersCanReadOrThatIsNoneIsRefused() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      key(day);
      Files.setPosixFilePermissions(day.key, PosixFilePermissions.fromString("rw-r-----"));
      refused(day::make, Reason.KEY, "chmod 600 " + day.key);
      Files.setPosixFilePermissions(day.key, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(day.key, "");
      refused(day::make, Reason.KEY, "is no Ed25519 key");
      nothingIsThere(day);
    }
  }

  @Test
  void withAnotherKeyTheChainIsNotGoneOnWithUnlessSomebodyWantsIt() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      Packaged first = day.make();
      day.key = dir.resolve("keys/another.key");
      day.saturday();
      refused(day::make, Reason.KEY, "put back the key that signed it");

      Files.delete(day.root.resolve("package/kis/head.json"));
      PackageManifest anew = day.shelf().manifest(day.make().id());
      assertThat(anew.id().version()).isEqualTo(2);
      assertThat(anew.previous()).isEmpty();
      assertThat(anew.key()).isNotEqualTo(day.shelf().manifest(first.id()).key());
    }
  }

  @Test
  void packagesAreChainedInTheOrderOfMakingAcrossVersionsAndDays() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      Packaged evening = day.make();
      Packaged ended = day.saturday().make();
      Packaged saturday = day.packager().make(Recorded.FRIDAY.plusDays(1), Packager.Progress.NONE);
      Files.delete(day.root.resolve("package/kis/head.json")); // what nobody follows is the last
      day.line(io.stockobserver.archive.Lane.EVENTS, Recorded.at("20T14:00:00"), "late");
      Packaged late = day.until("21T00:11:00").make();

      assertThat(List.of(before(day, ended), before(day, saturday), before(day, late)))
          .containsExactly(evening.sha256(), ended.sha256(), saturday.sha256());
      assertThat(late.id().version()).isEqualTo(3);
      assertThat(head(day).id()).isEqualTo(late.id());
    }
  }

  private static String before(Recorded day, Packaged made) throws IOException {
    return day.shelf().manifest(made.id()).previous().orElseThrow().sha256();
  }

  @Test
  void aVersionsNumberIsNeverUsedAgainAndAForgottenDayStaysForgotten() throws Exception {
    try (Recorded day = Recorded.evening(dir)) {
      day.make();
      Files.createDirectories(day.root.resolve("receipt/kis/20261120/4"));
      assertThat(day.saturday().make().id().version()).isEqualTo(5);

      clear(day.root.resolve("package/kis/20261120"));
      refused(day::make, Reason.FORGOTTEN, "the backup has it");
      assertThat(day.packager().isDone(Recorded.FRIDAY)).isTrue();
    }
  }
}
