package io.stockobserver.backup.drilling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.Lane;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.backup.DaysByHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a backup made by hand. */
class DrillTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  @TempDir private Path dir;
  private DaysByHand made;
  private PackageId id;
  private PackageManifest table;

  @BeforeEach
  void aBackup() throws IOException {
    made = new DaysByHand(dir, DAY);
    made.record("kis", DAY);
    made.open(
        "kis",
        open -> {
          for (String line : List.of("no JSON", "{}")) {
            open.line(Lane.SET_ASIDE, DaysByHand.at(DAY, 21, 0), line.getBytes(UTF_8));
          }
        });
    made.record("kis", DAY.plusDays(1));
    id = made.pack("kis", DAY, 2, true);
    made.pull(id);
    table = PackageManifest.read(made.backup.resolve(id.manifest()));
  }

  private Drill drill() {
    return new Drill(made.backup, bytes -> {});
  }

  @Test
  void everythingIsReadBack() throws IOException {
    long[] read = {0};
    Drilled drilled = new Drill(made.backup, bytes -> read[0] += bytes).all(id);
    assertThat(drilled.damage()).isEmpty();
    assertThat(drilled.share()).isEqualTo(1.0);
    assertThat(drilled.files()).hasSize(8).hasSize(table.files().size());
    // By hand: 50 lines of tape and of scalp, one of swing and of overflow, three of set aside (one
    // was no JSON when it was sealed), one of the universe, the events, the manifest.
    long small =
        table.files().stream()
            .filter(f -> f.path().startsWith("system/events") || f.path().startsWith("manifest"))
            .mapToLong(PackageFile::lines)
            .sum();
    assertThat(drilled.lines()).isEqualTo(50 + 50 + 1 + 1 + 3 + 1 + small);
    assertThat(read[0]).isEqualTo(table.storedBytes());
  }

  @Test
  void anyFlippedBitIsFoundAndItsFileNamed() throws IOException {
    Random random = new Random(20);
    for (int i = 0; i < 200; i++) {
      PackageFile file = table.files().get(random.nextInt(table.files().size()));
      Path stored = made.backup.resolve(file.stored());
      byte[] good = Files.readAllBytes(stored);
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(stored, bad);
      Drilled drilled = drill().all(id);
      assertThat(drilled.ok()).isFalse();
      assertThat(drilled.damage()).extracting(Damage::path).contains(file.stored());
      Files.write(stored, good);
    }
    assertThat(drill().all(id).ok()).isTrue();
  }

  @Test
  void anyFlippedBitOfThePapersIsFound() throws IOException {
    Random random = new Random(4);
    for (int i = 0; i < 100; i++) {
      String name = i % 2 == 0 ? "package.json" : "package.sig";
      Path paper = made.backup.resolve(id.folder()).resolve(name);
      byte[] good = Files.readAllBytes(paper);
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length - 1)] ^= (byte) (1 << random.nextInt(7));
      Files.write(paper, bad);
      assertThat(drill().all(id).damage()).extracting(Damage::kind).containsExactly("package");
      Files.write(paper, good);
    }
  }

  @Test
  void damageIsToldWithItsPlace() throws IOException {
    PackageFile tape = file("tape/");
    Path stored = made.backup.resolve(tape.stored());
    byte[] bytes = Files.readAllBytes(stored);
    bytes[bytes.length - 20] ^= 4;
    Files.write(stored, bytes);
    Damage damage = drill().all(id).damage().get(0);
    assertThat(damage.path()).isEqualTo(tape.stored());
    assertThat(damage.kind()).isEqualTo("differs");
    assertThat(damage.line()).isEqualTo(1); // one frame holds all of it
    assertThat(damage.at()).isEqualTo(0);
    assertThat(damage.words()).startsWith(tape.stored() + ":1 at byte 0: differs, ");
  }

  @Test
  void whatWasCutIsMissingOrHasMoreBehindItIsFound() throws IOException {
    Path tape = made.backup.resolve(file("tape/").stored());
    byte[] good = Files.readAllBytes(tape);
    for (int cut : new int[] {0, 1, good.length / 2, good.length - 1}) {
      Files.write(tape, java.util.Arrays.copyOf(good, cut));
      assertThat(drill().all(id).ok()).isFalse();
    }
    Files.write(tape, good);
    Files.write(tape, good, StandardOpenOption.APPEND); // the same lines once more
    assertThat(drill().all(id).ok()).isFalse();
    Files.write(tape, good);
    Files.write(tape, new byte[] {0}, StandardOpenOption.APPEND);
    assertThat(drill().all(id).ok()).isFalse();
    Files.delete(tape);
    assertThat(drill().all(id).damage())
        .singleElement()
        .satisfies(damage -> assertThat(damage.kind()).isEqualTo("missing"));
  }

  @Test
  void aShareIsAtLeastOneFileAndTheSameOnesForTheSameSeed() throws IOException {
    Drilled one = drill().share(id, 0.01, 7);
    assertThat(one.files()).hasSize(1);
    assertThat(one.share()).isEqualTo(1.0 / 8);
    assertThat(drill().share(id, 0.01, 7).files()).isEqualTo(one.files());
    assertThat(drill().share(id, 0.5, 7).files()).hasSize(4).containsAll(one.files());
    Set<String> all = new TreeSet<>();
    Random seeds = new Random(5);
    for (int night = 0; night < 100; night++) {
      all.addAll(drill().share(id, 0.01, seeds.nextLong()).files());
    }
    assertThat(all).hasSize(8); // sooner or later each
  }

  @Test
  void aPackageThatIsNotThere() {
    assertThatThrownBy(() -> drill().all(new PackageId("kis", DAY, 9)))
        .isInstanceOf(NoSuchFileException.class);
  }

  private PackageFile file(String lane) {
    return table.files().stream().filter(f -> f.path().startsWith(lane)).findFirst().orElseThrow();
  }
}
