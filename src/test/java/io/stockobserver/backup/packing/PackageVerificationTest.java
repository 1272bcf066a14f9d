package io.stockobserver.backup.packing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Verification;
import io.stockobserver.archive.Verification.Means;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.Verification.Report;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.archive.packages.Receipt.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What verification says of an archive with packages, of a package's folder and of a backup: sound,
 * until anything at all is not as it was.
 */
class PackageVerificationTest {
  private static final String FOLDER = "package/kis/20261120/2";
  private static final String SCALP = "scalp/kis/kr_stocks/20261120/09_30_00.jsonl";
  private static final String TAPE = "tape/kis/kr_stocks/20261120/09_30_00.jsonl";

  @TempDir Path dir;
  private Path archive;
  private Path single;
  private Path backup;
  private String key = "";

  /** Friday packaged in the evening and when it had ended, Saturday in the evening; receipts. */
  @BeforeEach
  void twoDays() throws Exception {
    Path source = dir.resolve("source");
    try (Recorded day = Recorded.evening(source)) {
      day.make();
      day.until("20T21:00:01").lines("late").until("20T23:59:59");
      Packaged ended = day.saturday().make();
      day.packager().make(Recorded.FRIDAY.plusDays(1), Packager.Progress.NONE);
      key = new PackageKeys(day.key).publicKey();
      for (Kind kind : Kind.values()) {
        Receipt receipt =
            new Receipt(kind, ended.id(), ended.sha256(), "desk-pc", day.now(), 1, 1, 1, 1);
        Path file = day.root.resolve(receipt.path());
        Files.createDirectories(file.getParent());
        Files.write(file, receipt.write());
      }
    }
    archive = Copies.whole(source.resolve("data"), dir.resolve("archive"));
    single = Copies.whole(archive.resolve(FOLDER), dir.resolve("single"));
    backup = Copies.backup(archive, dir.resolve("backup"));
    Copies.whole(archive.resolve("receipt"), backup.resolve("receipt"));
  }

  private Report verify(Path what) {
    return Verification.of(what, new Means(2, Optional.of(key), true, bytes -> {}));
  }

  private void sound(Path what) {
    assertThat(verify(what).problems()).as(what.toString()).isEmpty();
  }

  private List<String> told(Path what) {
    return verify(what).problems().stream().map(p -> p.path() + " " + p.kind()).toList();
  }

  @Test
  void allThreeAreSound() {
    sound(archive);
    sound(single);
    sound(backup);
    assertThat(verify(archive).files()).isGreaterThan(60);
  }

  @Test
  void aPackageNeedsNoPredecessorThatItsListVouchesFor() throws IOException {
    Path saturday = Copies.whole(archive.resolve("package/kis/20261121/1"), dir.resolve("sat"));
    assertThat(verify(saturday).problems()).isEmpty();
    assertThat(verify(saturday).notes())
        .extracting(Problem::path, Problem::kind)
        .extracting(Object::toString)
        .contains("(\"manifest/kis/20261121.json\", \"chain\")");
    Files.delete(saturday.resolve("package.json"));
    assertThat(told(saturday)).contains("manifest/kis/20261120.json missing");
  }

  @Test
  void aBackupMayBeginWithAnyDay() throws IOException {
    delete(backup.resolve("manifest/kis/20261120.json"));
    assertThat(told(backup)).contains("manifest/kis/20261120.json missing");
    delete(backup.resolve("package/kis/20261120"));
    delete(backup.resolve("receipt"));
    for (String name : Recorded.below(backup)) {
      if (name.contains("20261120") && !name.contains("manifest")) {
        Files.delete(backup.resolve(name));
      }
    }
    sound(backup);
    // An archive never loses a manifest.
    delete(archive.resolve("package/kis/20261120"));
    delete(archive.resolve("manifest/kis/20261120.json"));
    assertThat(told(archive)).contains("manifest/kis/20261120.json missing");
  }

  @Test
  void anEveningsVersionWithoutItsFilesIsFineWhereTheEndedDayIs() throws IOException {
    delete(backup.resolve("package/kis/20261120/1"));
    sound(backup); // it was never fetched
  }

  private void delete(Path what) throws IOException {
    for (String name : Recorded.below(what)) {
      Files.delete(what.resolve(name));
    }
    Files.deleteIfExists(what.toFile().isDirectory() ? what.resolve("none") : what);
    if (Files.isDirectory(what)) {
      try (var all = Files.walk(what)) {
        for (Path folder : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(folder);
        }
      }
    }
  }

  private void flip(int times, long seed) throws IOException {
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    for (Path tree : List.of(archive, single, backup)) {
      for (String name : Recorded.below(tree)) {
        files.add(tree.resolve(name));
      }
    }
    for (int i = 0; i < times; i++) {
      Path file =
          times < files.size()
              ? files.get(random.nextInt(files.size()))
              : files.get(i % files.size());
      Path tree = file.startsWith(archive) ? archive : file.startsWith(single) ? single : backup;
      byte[] sound = Files.readAllBytes(file);
      byte[] damaged = sound.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);

      Report report = verify(tree);
      String name = tree.relativize(file).toString();
      String plain = name.endsWith(".zst") ? name.substring(0, name.length() - 4) : name;
      assertThat(report.problems())
          .as("bit in byte %d of %s", at, file)
          .extracting(Problem::path)
          .contains(plain);
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged); // nothing repairs it silently
      Files.write(file, sound);
    }
    sound(archive);
    sound(single);
    sound(backup);
    System.out.printf("%d of %d flips detected%n", times, times);
  }

  @Test
  void sixtyFlips() throws IOException {
    flip(60, 7);
  }

  @Test
  @Tag("fault")
  void aThousandFlips() throws IOException {
    flip(1_000, 77);
  }

  @Test
  void cutLengthenedMissingAndExtraFilesAreNamed() throws IOException {
    for (Path tree : List.of(archive.resolve(FOLDER), single)) {
      for (String name : Recorded.below(tree)) {
        Path file = tree.resolve(name);
        Path root = tree.equals(single) ? single : archive;
        String path = root.relativize(file).toString().replaceFirst("\\.zst$", "");
        byte[] sound = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(sound, sound.length - 1));
        assertThat(verify(root).problems())
            .as("%s cut", file)
            .extracting(Problem::path)
            .contains(path);
        Files.write(file, Arrays.copyOf(sound, sound.length + 1));
        assertThat(verify(root).problems())
            .as("%s lengthened", file)
            .extracting(Problem::path)
            .contains(path);
        Files.delete(file);
        if (!name.equals("SUCCESS.marker") && !path.equals("package.json")) {
          assertThat(verify(root).problems())
              .as("%s deleted", file)
              .extracting(Problem::path)
              .contains(path);
        } else {
          assertThat(verify(root).ok())
              .as("%s deleted", file)
              .isEqualTo(path.equals("package.json"));
        }
        Files.write(file, sound);
      }
      Files.writeString(tree.resolve("extra.jsonl"), "{}\n");
      assertThat(told(tree.equals(single) ? single : archive))
          .containsExactly((tree.equals(single) ? "" : FOLDER + "/") + "extra.jsonl unlisted");
      Files.delete(tree.resolve("extra.jsonl"));
    }
  }

  @Test
  void aMessageNamesTheFileAndTheByte() throws IOException {
    Path file = single.resolve(SCALP + ".zst");
    byte[] sound = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(sound, sound.length - 3));
    assertThat(verify(single).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(SCALP);
              assertThat(problem.what())
                  .contains("the file ends within a zstd frame")
                  .contains((sound.length - 3) + " bytes at 0 of the file cannot be read");
            });
    Path table = archive.resolve(FOLDER + "/package.json");
    Files.writeString(table, Files.readString(table) + "more");
    assertThat(verify(table).problems())
        .extracting(Problem::what)
        .contains("4 bytes stand behind its end, from byte " + (Files.size(table) - 4) + " on");
  }

  @Test
  void aChainThatIsCutReorderedOrSignedBySomebodyElseIsNoticed() throws Exception {
    // The last package taken away: the head still names it.
    delete(archive.resolve("package/kis/20261121"));
    assertThat(told(archive)).containsExactly("package/kis/head.json chain");
    // And the head with it: then nothing tells.
    byte[] head = Files.readAllBytes(archive.resolve("package/kis/head.json"));
    Files.delete(archive.resolve("package/kis/head.json"));
    assertThat(told(archive)).containsExactly("package/kis/head.json missing");
    Files.write(archive.resolve("package/kis/head.json"), head);

    // One taken out of the middle.
    Path copy = Copies.whole(dir.resolve("source/data"), dir.resolve("middle"));
    delete(copy.resolve("package/kis/20261120/1"));
    assertThat(told(copy)).containsExactly("package/kis/20261120/1/package.json missing");

    // Two that changed places.
    Path swapped = Copies.whole(dir.resolve("source/data"), dir.resolve("swapped"));
    Path friday = swapped.resolve("package/kis/20261120");
    Files.move(friday.resolve("1"), friday.resolve("3"));
    Files.move(friday.resolve("2"), friday.resolve("1"));
    Files.move(friday.resolve("3"), friday.resolve("2"));
    assertThat(told(swapped))
        .contains(
            "package/kis/20261120/1/package.json package",
            "package/kis/20261120/2/package.json package");

    // All of it made again with another key: whole, and not this server's.
    Path forged = dir.resolve("forged");
    try (Recorded day = Recorded.evening(forged)) {
      day.make();
    }
    assertThat(Verification.of(forged.resolve("data")).problems()).isEmpty();
    assertThat(Verification.of(forged.resolve("data")).notes())
        .extracting(Problem::kind)
        .contains("signature");
    assertThat(told(forged.resolve("data")))
        .contains("package/kis/20261120/1/package.sig signature");
  }

  /** What a backup remembers of its server, after the head of the chain that the archive has. */
  private String server() throws IOException {
    String head = Files.readString(archive.resolve("package/kis/head.json")).strip();
    return "{\"server\":\"tokyo\",\"url\":\"http://tokyo:1\",\"key\":\"%s\",\"heads\":{\"kis\":%s},\"days\":[\"kis/20261120\",\"kis/20261121\"]}\n"
        .formatted(key, head);
  }

  private List<String> noted(Path what) {
    return verify(what).notes().stream().map(p -> p.path() + " " + p.kind()).toList();
  }

  @Test
  void aBackupsHeadsAreThoseThatItSawOfItsServers() throws IOException {
    assertThat(noted(backup)).contains("package/kis/head.json missing"); // copied by hand
    Path servers = Files.createDirectories(backup.resolve("servers"));
    Path tokyo = servers.resolve("tokyo.json");
    Files.writeString(tokyo, server());
    sound(backup);
    assertThat(noted(backup)).noneMatch(note -> note.contains("head.json"));
    assertThat(verify(tokyo).files()).isEqualTo(1);

    // Seen, and not fetched yet.
    Path copy = Copies.whole(backup, dir.resolve("behind"));
    delete(copy.resolve("package/kis/20261121"));
    assertThat(told(copy)).noneMatch(problem -> problem.startsWith("servers/"));
    assertThat(noted(copy)).contains("servers/tokyo.json chain");

    // Stored otherwise with the same content: damage, but where more is on its way.
    Path open = backup.resolve("scalp/kis/kr_stocks/20261121/00_10_00.jsonl.zst");
    byte[] stored = Files.readAllBytes(open);
    stored[5] ^= 1; // of the frame's header: the content stays
    for (Path tree : List.of(backup, copy)) {
      Files.write(tree.resolve(backup.relativize(open)), stored);
    }
    assertThat(told(backup)).containsExactly("scalp/kis/kr_stocks/20261121/00_10_00.jsonl differs");
    assertThat(told(copy)).noneMatch(problem -> problem.contains("00_10_00.jsonl"));

    Files.writeString(tokyo, server().replace("tokyo\"", "osaka\""));
    assertThat(told(backup)).contains("servers/tokyo.json chain");
  }

  @Test
  void aBitFlippedInAHeadThatABackupSawIsFound() throws IOException {
    String good = server();
    Path small = dir.resolve("small"); // all that the heads are compared with
    Copies.whole(backup.resolve("package"), small.resolve("package"));
    Path there = Files.createDirectories(small.resolve("servers")).resolve("tokyo.json");
    Random random = new Random(5);
    for (int at = good.indexOf("{\"package\""); at <= good.indexOf("\"}"); at += 7) {
      byte[] damaged = good.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(there, damaged);
      assertThat(verify(there).problems())
          .as("bit in byte %d", at)
          .extracting(Problem::path)
          .containsExactly("servers/tokyo.json");
    }
    Files.writeString(there, good);
    assertThat(verify(there).problems()).isEmpty();
  }

  @Test
  void aSignatureOfAnotherPackageDoesNotHold() throws IOException {
    Files.copy(
        archive.resolve("package/kis/20261120/1/package.sig"),
        archive.resolve(FOLDER + "/package.sig"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(told(archive)).containsExactly(FOLDER + "/package.sig signature");
  }

  @Test
  void aReceiptIsOfAPackageThatIsHere() throws IOException {
    Path receipts = archive.resolve("receipt/kis/20261120");
    Files.createDirectories(receipts.resolve("7"));
    Files.move(
        receipts.resolve("2/pulled-desk-pc.json"), receipts.resolve("7/pulled-desk-pc.json"));
    assertThat(told(archive)).containsExactly("receipt/kis/20261120/7/pulled-desk-pc.json receipt");
    Receipt other =
        new Receipt(
            Kind.PULLED,
            PackageId.parse("kis/20261120/7"),
            "0".repeat(64),
            "desk-pc",
            Recorded.at("21T01:00:00"),
            1,
            1,
            1,
            1);
    Files.write(archive.resolve(other.path()), other.write());
    assertThat(verify(archive).problems())
        .extracting(Problem::what)
        .containsExactly("is of kis/20261120/7, which is not here or not whole");
  }

  /** As retention does it: told first, then the raw files and what the packages hold are gone. */
  private Path forgotten(String receipt, String sha256) throws Exception {
    Path source = dir.resolve("old");
    try (Recorded day = Recorded.evening(source)) {
      day.make();
      day.until("20T21:00:01").lines("late").until("20T23:59:59");
      Packaged ended = day.saturday().make();
      Receipt proof =
          new Receipt(Kind.DRILLED, ended.id(), ended.sha256(), "desk-pc", day.now(), 1, 1, 1, 1);
      Files.createDirectories(day.root.resolve(proof.path()).getParent());
      Files.write(day.root.resolve(proof.path()), proof.write());
      String event =
          "{\"event_type\":\"retention_deleted\",\"timestamp\":\"%s\",\"provider\":\"kis\",\"market\":\"kr_stocks\",\"session_id\":\"s\",\"day\":\"20261120\",\"package\":\"%s\",\"package_sha256\":\"%s\",\"receipt\":\"%s\",\"files\":1,\"bytes\":1}"
              .formatted(
                  day.now(),
                  ended.id(),
                  sha256.isEmpty() ? ended.sha256() : sha256,
                  receipt.isEmpty() ? proof.path() : receipt);
      day.archive.line(Lane.EVENTS, day.now(), event.getBytes(UTF_8));
      day.archive.append(new io.stockobserver.archive.ChannelAppender(day.root));
    }
    Path root = source.resolve("data");
    key = new PackageKeys(source.resolve("keys/package.key")).publicKey();
    for (String lane : List.of("swing", "scalp", "tape")) {
      delete(root.resolve(lane + "/kis/kr_stocks/20261120"));
    }
    delete(root.resolve("set_aside/kis/kr_stocks/20261120.jsonl"));
    for (int version = 1; version <= 2; version++) {
      for (String name : Recorded.below(root.resolve("package/kis/20261120/" + version))) {
        if (name.contains("/")) {
          Files.delete(root.resolve("package/kis/20261120/" + version + "/" + name));
        }
      }
      for (String name :
          List.of("swing", "scalp", "tape", "set_aside", "manifest", "system", "universe")) {
        delete(root.resolve("package/kis/20261120/" + version + "/" + name));
      }
    }
    return root;
  }

  @Test
  void whatWasForgottenAfterAProofIsNotMissing() throws Exception {
    Path root = forgotten("", "");
    sound(root);
    assertThat(verify(root).notes())
        .filteredOn(note -> note.kind().equals("forgotten"))
        .singleElement()
        .satisfies(
            note ->
                assertThat(note.what())
                    .startsWith("15 files of the day were deleted after a backup")
                    .contains("receipt/kis/20261120/2/drilled-desk-pc.json"));

    // What is never forgotten has to be there.
    delete(root.resolve("system/overflow/kis/20261120_overflow.jsonl"));
    assertThat(told(root)).containsExactly("system/overflow/kis/20261120_overflow.jsonl missing");
  }

  @Test
  void withoutAReceiptThatProvesEveryFileIsMissing() throws Exception {
    Path root = forgotten("", "");
    Path receipt = root.resolve("receipt/kis/20261120/2/drilled-desk-pc.json");
    byte[] sound = Files.readAllBytes(receipt);
    Receipt whole = Receipt.parse(sound);
    PackageManifest table = PackageManifest.read(root.resolve(FOLDER + "/package.json"));
    assertThat(table.complete()).isTrue();

    Files.delete(receipt);
    assertThat(told(root))
        .contains(TAPE + " missing", SCALP + " missing", FOLDER + "/package.json forgotten");
    byte[] damaged = sound.clone();
    damaged[20] ^= 1;
    Files.write(receipt, damaged);
    assertThat(told(root)).contains(TAPE + " missing");
    Receipt part =
        new Receipt(
            Kind.DRILLED, whole.id(), whole.packageSha256(), "desk-pc", whole.at(), 1, 1, 1, 0.5);
    Files.write(receipt, part.write());
    assertThat(told(root)).contains(TAPE + " missing");
    Files.write(receipt, sound);
    sound(root);

    Files.delete(root.resolve(FOLDER + "/package.sig"));
    assertThat(told(root)).contains(TAPE + " missing", FOLDER + "/package.sig missing");
  }

  @Test
  void anEventOfSomethingElseExcusesNothing() throws Exception {
    Path root = forgotten("", "0".repeat(64));
    assertThat(told(root)).contains(TAPE + " missing");
  }

  @Test
  void aReceiptElsewhereExcusesNothing() throws Exception {
    Path root = forgotten("../outside.json", "");
    assertThat(told(root)).contains(TAPE + " missing");
  }
}
