package io.stockobserver.backup.pulling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.backup.HandMade;
import io.stockobserver.backup.KeptDisk;
import io.stockobserver.health.Health;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup and its servers, which behave or do not; whatever happens, nothing is deleted. */
class PullerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DAY = "20261120";
  private static final String TAPE = "tape/kis/kr_stocks/20261120/09_00_00.jsonl";
  private static final String SCALP = "scalp/kis/kr_stocks/20261120/09_30_00.jsonl";
  private static final String MANIFEST = "manifest/kis/20261120.json";
  private static final PackageId ONE = PackageId.parse("kis/20261120/1");
  private static final PackageId TWO = PackageId.parse("kis/20261120/2");

  @TempDir Path folder;
  private final KeptDisk disk = new KeptDisk();
  private HandMade made;
  private Shop shop;
  private Path backup;
  private Instant now = Instant.parse("2026-11-20T15:10:00Z");

  @BeforeEach
  void aDay() {
    made = new HandMade(folder.resolve("data")).day(DAY, 1);
    made.write("kis/20261120/2", "2026-11-20T15:00:04.000Z");
    shop = new Shop(made.root());
    backup = folder.resolve("backup");
  }

  @AfterEach
  void nothingWasDeleted() {
    shop.close();
    assertThat(disk.deleted).isEmpty();
  }

  private PullReport pull(PullServer... servers) throws PullException {
    Patience patience = new Patience(Duration.ofMillis(700), Duration.ofMillis(1), 3, 2);
    PullSettings settings = new PullSettings(backup, "desk-pc", 3, Duration.ofHours(26), patience);
    return new Puller(settings, disk.disk(), () -> now)
        .pull(
            servers.length == 0 ? List.of(shop.as("tokyo")) : List.of(servers),
            PullProgress.unseen());
  }

  private PullReport.Row row() throws PullException {
    return pull().servers().get(0);
  }

  private static List<Trouble> troubles(PullReport.Row row) {
    return row.faults().stream().map(PullReport.Fault::trouble).distinct().toList();
  }

  private void refuses(Trouble trouble, int exit) throws PullException {
    PullReport report = pull();
    assertThat(troubles(report.servers().get(0))).containsExactly(trouble);
    assertThat(report.exit()).isEqualTo(exit);
    assertThat(events("backup_failed"))
        .anySatisfy(event -> assertThat(event.path("reason").asText()).isEqualTo(trouble.word()));
  }

  private List<JsonNode> events(String type) {
    List<JsonNode> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(backup.resolve("system/backup"))) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          JsonNode event = JSON.readTree(line);
          if (event.path("event_type").asText().equals(type)) {
            all.add(event);
          }
        }
      }
    } catch (IOException none) {
      return all;
    }
    return all;
  }

  private Path here(String path) {
    return backup.resolve(path);
  }

  private boolean isPackage(PackageId id) {
    return Files.exists(here(id.folder() + "/SUCCESS.marker"));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Files.createDirectories(here(path).getParent());
    Files.write(here(path), bytes);
  }

  @Test
  void aDayIsFetchedProvenAndAcknowledged() throws IOException {
    PullReport report = pull();
    PullReport.Row row = report.servers().get(0);
    assertThat(report.exit()).isZero();
    assertThat(row.health()).isEqualTo(Health.HEALTHY);
    assertThat(row.newest()).isEqualTo(TWO);
    assertThat(row.files()).isEqualTo(6);
    assertThat(made.isIn(backup)).isTrue();
    for (String file : List.of("package.json", "package.sig", "SUCCESS.marker")) {
      assertThat(Files.readAllBytes(here(TWO.folder() + "/" + file)))
          .isEqualTo(made.get(TWO.folder() + "/" + file));
    }
    assertThat(here(TWO.folder() + "/tape")).doesNotExist();
    String receipt = "receipt/kis/20261120/2/pulled-desk-pc.json";
    assertThat(Files.readString(here(receipt)))
        .contains("\"receipt\":\"pulled\"")
        .contains("\"lines\":25012"); // 20,000 + 3,000 + 2,000 + 10, and two of JSON
    assertThat(made.get(receipt)).isEqualTo(Files.readAllBytes(here(receipt)));
    assertThat(events("backup_verified"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.path("package").asText()).isEqualTo("kis/20261120/2");
              assertThat(event.path("by").asText()).isEqualTo("desk-pc");
              assertThat(event.path("market").asText()).isEqualTo("kr_stocks");
            });
    try (Stream<Path> all = Files.walk(backup)) {
      assertThat(all.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void whatIsHereIsNotFetchedAgain() throws IOException {
    pull();
    shop.asked.clear();
    PullReport.Row row = row();
    assertThat(shop.asked).containsExactly("packages");
    assertThat(row.files()).isZero();
    assertThat(shop.receipts).hasSize(1);
  }

  @Test
  void oneManifestOfTheDayNamesEveryPackage() throws IOException {
    pull();
    List<String> lines = Files.readAllLines(here("aggregate/20261120.json"));
    JsonNode all = JSON.readTree(String.join("\n", lines));
    JsonNode one = all.path("packages").path(0);
    assertThat(one.path("provider").asText()).isEqualTo("kis");
    assertThat(one.path("server").asText()).isEqualTo("tokyo");
    assertThat(one.path("package").asText()).isEqualTo("kis/20261120/2");
    assertThat(one.path("sha256").asText()).isEqualTo(HandMade.sha256(made.get(TWO.manifest())));
    assertThat(one.path("files").asInt()).isEqualTo(6);
    assertThat(one.path("state").asText()).isEqualTo("whole");
    String body = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
    assertThat(all.path("check").asText()).isEqualTo(HandMade.sha256(body.getBytes(UTF_8)));
  }

  @Test
  void aConnectionThatBreaksIsTakenUpWhereItBroke() throws IOException {
    shop.when(TAPE + ".zst", Shop.breaksOff(5000, 2));
    assertThat(row().faults()).isEmpty();
    List<String> asked = shop.asked.stream().filter(a -> a.startsWith("09_00_00.jsonl")).toList();
    assertThat(asked).hasSize(3);
    // A client may lose what it had not read when the connection broke: then it is asked for again.
    assertThat(asked.get(0)).isEqualTo("09_00_00.jsonl.zst");
    assertThat(asked.get(2)).matches("09_00_00\\.jsonl\\.zst( bytes=(5000|10000)-)?");
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void whatAnEarlierAttemptLeftIsNotFetchedAgain() throws IOException {
    byte[] stored = made.get(TWO.folder() + "/" + TAPE + ".zst");
    write(TAPE + ".zst.part", Arrays.copyOf(stored, 7777));
    assertThat(row().faults()).isEmpty();
    assertThat(shop.asked).contains("09_00_00.jsonl.zst bytes=7777-");
    assertThat(shop.asked).doesNotContain("09_00_00.jsonl.zst");
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void whatAnEarlierAttemptLeftOfSomethingElseIsNotBuiltOn() throws IOException {
    byte[] stored = made.get(TWO.folder() + "/" + TAPE + ".zst");
    for (byte[] left :
        List.of("rubbish".repeat(500).getBytes(UTF_8), Arrays.copyOf(stored, stored.length + 9))) {
      backup = folder.resolve("backup" + left.length);
      write(TAPE + ".zst.part", left);
      assertThat(row().faults()).isEmpty();
      assertThat(made.isIn(backup)).isTrue();
    }
  }

  @Test
  void aServerThatKnowsNoRangesIsReadFromTheBegin() throws IOException {
    byte[] stored = made.get(TWO.folder() + "/" + TAPE + ".zst");
    write(TAPE + ".zst.part", Arrays.copyOf(stored, 7777));
    shop.when(TAPE + ".zst", Shop.says(200, stored));
    assertThat(row().faults()).isEmpty();
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void aServerThatStallsIsGivenUpAndTheNextPullGoesOn() throws IOException {
    shop.when(TAPE + ".zst", shop.stalls(3000));
    refuses(Trouble.STALLED, 3);
    assertThat(isPackage(TWO)).isFalse();
    assertThat(shop.receipts).isEmpty();
    assertThat(here(SCALP + ".zst")).exists();
    assertThat(Files.size(here(TAPE + ".zst.part"))).isGreaterThanOrEqualTo(3000);
    shop.behave();
    assertThat(row().faults()).isEmpty();
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void aServerThatDiesInTheMiddleOfAFileIsOutOfReach() throws IOException {
    shop.when(TAPE + ".zst", Shop.breaksOff(0, 1000));
    refuses(Trouble.UNREACHABLE, 3);
    assertThat(isPackage(TWO)).isFalse();
    shop.close();
    refuses(Trouble.UNREACHABLE, 3);
  }

  @Test
  void aFlippedBitOnTheWayIsNoticedAndNothingIsPut() throws IOException {
    byte[] stored = made.get(TWO.folder() + "/" + TAPE + ".zst");
    for (int at : List.of(0, 5, stored.length / 2, stored.length - 1)) {
      shop.when(TAPE + ".zst", Shop.flips(at));
      refuses(Trouble.DAMAGED, 1);
      assertThat(here(TAPE + ".zst")).doesNotExist();
      assertThat(isPackage(TWO)).isFalse();
    }
    assertThat(shop.receipts).isEmpty();
    shop.behave();
    assertThat(row().faults()).isEmpty();
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void rubbishAWrongRangeAndAWrongLengthAreNoFile() throws IOException {
    byte[] stored = made.get(TWO.folder() + "/" + TAPE + ".zst");
    shop.when(TAPE + ".zst", Shop.says(200, "<html>".getBytes(UTF_8)));
    refuses(Trouble.BAD_ANSWER, 1);
    shop.when(TAPE + ".zst", Shop.says(200, Arrays.copyOf(stored, stored.length + 1)));
    refuses(Trouble.BAD_ANSWER, 1);
    shop.when(TAPE + ".zst", Shop.says(204, new byte[0]));
    refuses(Trouble.BAD_ANSWER, 1);
    write(TAPE + ".zst.part", Arrays.copyOf(stored, 100));
    byte[] rest = Arrays.copyOfRange(stored, 200, stored.length);
    shop.when(
        TAPE + ".zst",
        Shop.says(
            206, rest, "Content-Range", "bytes 200-" + (stored.length - 1) + "/" + stored.length));
    refuses(Trouble.BAD_ANSWER, 1);
    shop.when("/packages", Shop.says(200, "<html>".getBytes(UTF_8)));
    refuses(Trouble.BAD_ANSWER, 1);
    assertThat(here(TAPE + ".zst")).doesNotExist();
    shop.behave();
    assertThat(row().faults()).isEmpty();
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void aServerThatIsBusyIsAskedLater() throws IOException {
    int[] left = {3};
    shop.when(
        TAPE + ".zst",
        (exchange, body, answered) ->
            left[0]-- > 0
                && Shop.says(429, new byte[0], "Retry-After", "0").play(exchange, body, answered));
    assertThat(row().faults()).isEmpty();
    assertThat(made.isIn(backup)).isTrue();
    backup = folder.resolve("other");
    shop.when("/packages", Shop.says(429, new byte[0], "Retry-After", "3600"));
    refuses(Trouble.BUSY, 3);
  }

  @Test
  void aWrongTokenIsExitTwo() throws PullException {
    PullReport report = pull(new PullServer("tokyo", shop.url(), null, "guess"));
    assertThat(troubles(report.servers().get(0))).containsExactly(Trouble.REFUSED);
    assertThat(report.exit()).isEqualTo(2);
  }

  @Test
  void aPackageThatChangesWhileItIsPulledIsNotAcknowledged() throws IOException {
    shop.when(
        MANIFEST, Shop.meanwhile(() -> made.day(DAY, 77).write("kis/20261120/2", made(15, 30))));
    PullReport.Row row = row();
    assertThat(troubles(row)).containsExactly(Trouble.PACKAGE_CHANGED);
    assertThat(isPackage(TWO)).isFalse();
    assertThat(shop.receipts).isEmpty();
  }

  private static String made(int hour, int minute) {
    return "2026-11-20T%02d:%02d:04.000Z".formatted(hour, minute);
  }

  @Test
  void aPackageThatIsNotWhatItWasIsRefusedAndOursStays() throws IOException {
    pull();
    byte[] before = Files.readAllBytes(here(TAPE + ".zst"));
    byte[] table = Files.readAllBytes(here(TWO.manifest()));
    made.forgetChain();
    made.day(DAY, 5).write("kis/20261120/2", made(15, 30));
    PullReport.Row row = row();
    assertThat(troubles(row)).contains(Trouble.CHAIN_CUT);
    assertThat(Files.readAllBytes(here(TAPE + ".zst"))).isEqualTo(before);
    assertThat(Files.readAllBytes(here(TWO.manifest()))).isEqualTo(table);
    assertThat(shop.receipts).hasSize(1);
  }

  @Test
  void theEndedDayTakesThePlaceOfItsEvening() throws IOException {
    HandMade other = new HandMade(folder.resolve("grown"));
    byte[] all = HandMade.lines(5000, 9);
    other.contents.put(TAPE, Arrays.copyOf(all, endOfLine(all, 30_000)));
    other.contents.put("system/events/kis/20261120.jsonl", new byte[0]);
    other.contents.put(MANIFEST, "{\"n\":1}\n".getBytes(UTF_8));
    other.write("kis/20261120/1", made(12, 0));
    try (Shop grown = new Shop(other.root())) {
      assertThat(pull(grown.as("osaka")).exit()).isZero();
      assertThat(other.isIn(backup)).isTrue();
      other.contents.put(TAPE, all);
      other.contents.put("system/events/kis/20261120.jsonl", HandMade.lines(3, 1));
      other.contents.put(MANIFEST, "{\"n\":2}\n".getBytes(UTF_8));
      other.contents.put(SCALP, HandMade.lines(10, 1));
      other.write("kis/20261120/2", made(15, 0));
      PullReport report = pull(grown.as("osaka"));
      assertThat(report.servers().get(0).faults()).isEmpty();
      assertThat(other.isIn(backup)).isTrue();
      assertThat(isPackage(ONE)).isTrue();
      assertThat(isPackage(TWO)).isTrue();
      // The evening's manifest is where the evening's package has it.
      assertThat(Files.readString(here(ONE.folder() + "/" + MANIFEST))).isEqualTo("{\"n\":1}\n");
      assertThat(here("damaged")).doesNotExist();
    }
  }

  private static int endOfLine(byte[] all, int from) {
    int at = from;
    while (all[at - 1] != '\n') {
      at++;
    }
    return at;
  }

  @Test
  void whatDoesNotBeginWithTheEveningsIsRefusedAndTheEveningStays() throws IOException {
    byte[] before = HandMade.lines(2000, 9);
    HandMade other = new HandMade(folder.resolve("other"));
    other.contents.put(TAPE, before);
    other.write("kis/20261120/1", made(12, 0));
    try (Shop osaka = new Shop(other.root())) {
      pull(osaka.as("osaka"));
      byte[] evening = Files.readAllBytes(here(TAPE + ".zst"));
      byte[] changed = HandMade.lines(3000, 9);
      changed[17] ^= 1;
      other.contents.put(TAPE, changed);
      other.write("kis/20261120/2", made(15, 0));
      PullReport report = pull(osaka.as("osaka"));
      assertThat(troubles(report.servers().get(0))).containsExactly(Trouble.NOT_GROWN);
      assertThat(report.exit()).isEqualTo(1);
      assertThat(Files.readAllBytes(here(TAPE + ".zst"))).isEqualTo(evening);
      assertThat(isPackage(TWO)).isFalse();
      byte[] shorter = Arrays.copyOf(before, endOfLine(before, 500));
      other.contents.put(TAPE, shorter);
      other.write("kis/20261120/3", made(16, 0));
      report = pull(osaka.as("osaka"));
      assertThat(troubles(report.servers().get(0))).containsExactly(Trouble.NOT_GROWN);
      assertThat(Files.readAllBytes(here(TAPE + ".zst"))).isEqualTo(evening);
    }
  }

  @Test
  void aFileThatIsDamagedHereIsKeptAsideAndReplaced() throws IOException {
    pull();
    byte[] damaged = Files.readAllBytes(here(TAPE + ".zst"));
    damaged[100] ^= 1;
    Files.write(here(TAPE + ".zst"), Arrays.copyOf(damaged, damaged.length - 3));
    PullReport.Row row = row();
    assertThat(row.faults()).isEmpty();
    assertThat(row.files()).isEqualTo(1);
    assertThat(made.isIn(backup)).isTrue();
    assertThat(Files.size(here("damaged/" + TAPE + ".zst.1"))).isEqualTo(damaged.length - 3);
    assertThat(events("backup_failed"))
        .anySatisfy(e -> assertThat(e.path("reason").asText()).isEqualTo("damaged_here"));
  }

  @Test
  void whileItCannotBeReplacedADamagedFileStaysWhereItIs() throws IOException {
    write(TAPE + ".zst", "damaged".getBytes(UTF_8));
    shop.when(TAPE + ".zst", Shop.flips(9));
    refuses(Trouble.DAMAGED, 1);
    assertThat(Files.readString(here(TAPE + ".zst"))).isEqualTo("damaged");
  }

  @Test
  void aChainThatWasCutShortIsNoticed() throws IOException {
    byte[] head = made.get("package/kis/head.json");
    made.day("20261121", 2).write("kis/20261121/1", "2026-11-20T15:05:04.000Z");
    pull();
    // The server goes back to what it was a day ago.
    made.put("package/kis/head.json", head);
    try (Stream<Path> files = Files.walk(made.root().resolve("package/kis/20261121"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    refuses(Trouble.CHAIN_CUT, 1);
    assertThat(made.isIn(backup)).isTrue();
    Files.delete(made.root().resolve("package/kis/head.json"));
    refuses(Trouble.CHAIN_CUT, 1);
  }

  @Test
  void aChainThatGoesOnIsFollowedBackToWhatWasSeen() throws IOException {
    pull();
    made.day("20261121", 2).write("kis/20261121/1", "2026-11-20T15:05:04.000Z");
    made.day("20261122", 3).write("kis/20261122/1", "2026-11-20T15:06:04.000Z");
    assertThat(row().faults()).isEmpty();
    assertThat(made.isIn(backup)).isTrue();
    assertThat(Files.readString(here("servers/tokyo.json"))).contains("kis/20261122/1");
  }

  @Test
  void aChainWithALinkGoneIsPulledAndToldOf() throws IOException {
    pull();
    made.day("20261121", 2).write("kis/20261121/1", "2026-11-20T15:05:04.000Z");
    made.day("20261122", 3).write("kis/20261122/1", "2026-11-20T15:06:04.000Z");
    Files.delete(made.root().resolve("package/kis/20261121/1/SUCCESS.marker"));
    PullReport.Row row = row();
    assertThat(troubles(row)).containsExactly(Trouble.CHAIN_GAP);
    assertThat(row.health()).isEqualTo(Health.DEGRADED);
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void anotherKeyIsRefused() throws IOException {
    pull();
    byte[] before = Files.readAllBytes(here(TAPE + ".zst"));
    HandMade impostor = new HandMade(folder.resolve("impostor")).day(DAY, 3);
    impostor.write("kis/20261120/3", made(15, 1));
    try (Shop other = new Shop(impostor.root())) {
      PullReport report = pull(other.as("tokyo"));
      assertThat(troubles(report.servers().get(0))).containsExactly(Trouble.KEY_CHANGED);
      assertThat(report.exit()).isEqualTo(1);
    }
    assertThat(Files.readAllBytes(here(TAPE + ".zst"))).isEqualTo(before);
  }

  @Test
  void everyBitOfWhatIsSignedCounts() throws IOException {
    byte[] table = made.get(TWO.manifest());
    for (int i = 0; i < 40; i++) {
      byte[] flipped = table.clone();
      flipped[table.length * i / 40] ^= 4;
      made.put(TWO.manifest(), flipped);
      backup = folder.resolve("flip" + i);
      PullReport report = pull();
      assertThat(report.exit()).as("byte " + table.length * i / 40).isEqualTo(1);
      assertThat(isPackage(TWO)).isFalse();
    }
    made.put(TWO.manifest(), table);
    byte[] signature = made.get(TWO.folder() + "/package.sig");
    signature[20] = signature[20] == 'A' ? (byte) 'B' : (byte) 'A';
    made.put(TWO.folder() + "/package.sig", signature);
    refuses(Trouble.SIGNATURE, 1);
    String head = new String(made.get("package/kis/head.json"), UTF_8);
    made.put("package/kis/head.json", head.replace("20261120/2", "20261120/1").getBytes(UTF_8));
    refuses(Trouble.SIGNATURE, 1);
    assertThat(shop.receipts).isEmpty();
  }

  @Test
  void aFileThatIsMissingThereIsToldAndOneTooManyIsLeft() throws IOException {
    made.put(TWO.folder() + "/tape/extra.jsonl", "extra".getBytes(UTF_8));
    Files.delete(made.root().resolve(TWO.folder() + "/" + SCALP + ".zst"));
    refuses(Trouble.PACKAGE_CHANGED, 1);
    assertThat(isPackage(TWO)).isFalse();
    assertThat(here("tape/extra.jsonl")).doesNotExist();
    assertThat(here(TAPE + ".zst")).exists();
  }

  @Test
  void twoServersWithTheSameDayDoNotOverwriteEachOther() throws IOException {
    HandMade second = new HandMade(folder.resolve("second")).day(DAY, 50);
    second.write("kis/20261120/2", made(15, 2));
    try (Shop other = new Shop(second.root())) {
      PullReport report = pull(shop.as("tokyo"), other.as("osaka"));
      assertThat(report.exit()).isEqualTo(1);
      PullReport.Row first = report.servers().get(0);
      PullReport.Row last = report.servers().get(1);
      boolean firstWon = first.faults().isEmpty();
      assertThat(troubles(firstWon ? last : first)).containsExactly(Trouble.HELD_BY_ANOTHER);
      HandMade winner = firstWon ? made : second;
      assertThat(winner.isIn(backup)).isTrue();
      String loser = firstWon ? "osaka" : "tokyo";
      assertThat(Files.readString(here("aggregate/20261120.json")))
          .contains("\"server\":\"" + loser + "\"")
          .contains("held_by_another");
      // Another day does not change it.
      pull((firstWon ? other : shop).as(loser));
      assertThat(winner.isIn(backup)).isTrue();
    }
  }

  @Test
  void oneThatFailsHoldsUpNobody() throws IOException {
    HandMade second = new HandMade(folder.resolve("second")).day("20261119", 50);
    second.write("kis/20261119/2", made(15, 2));
    try (Shop other = new Shop(second.root())) {
      shop.when("/packages", shop.stalls(3));
      PullServer gone =
          new PullServer("gone", java.net.URI.create("http://127.0.0.1:1"), null, "x");
      PullReport report = pull(shop.as("tokyo"), gone, other.as("osaka"));
      assertThat(report.exit()).isEqualTo(3);
      assertThat(report.servers())
          .extracting(PullReport.Row::server)
          .containsExactly("tokyo", "gone", "osaka");
      assertThat(report.servers())
          .extracting(PullReport.Row::health)
          .containsExactly(Health.DOWN, Health.DOWN, Health.HEALTHY);
      assertThat(report.servers()).extracting(PullReport.Row::rounds).containsExactly(2, 2, 1);
      assertThat(second.isIn(backup)).isTrue();
    }
  }

  @Test
  void aSecondPullIntoTheSameTreeIsRefusedWithThePid() throws PullException {
    try (TreeLock held = TreeLock.take(backup)) {
      assertThatThrownBy(this::pull)
          .isInstanceOf(PullException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .extracting(e -> ((PullException) e).trouble().exit())
          .isEqualTo(3);
    }
    assertThat(row().faults()).isEmpty();
  }

  @Test
  void aFullDiskIsToldAndTheNextPullGoesOn() throws IOException {
    disk.full = ".part";
    refuses(Trouble.TARGET, 3);
    assertThat(isPackage(TWO)).isFalse();
    assertThat(shop.receipts).isEmpty();
    disk.full = "";
    assertThat(row().faults()).isEmpty();
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void aTargetThatIsNoDirectoryIsToldAndTouchedNowhere() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    backup = folder.resolve("file/backup");
    assertThatThrownBy(this::pull)
        .isInstanceOf(PullException.class)
        .hasMessageContaining("cannot be written")
        .extracting(e -> ((PullException) e).trouble())
        .isEqualTo(Trouble.TARGET);
    assertThat(Files.readString(folder.resolve("file"))).isEqualTo("mine");
  }

  @Test
  void aClockInTheFutureIsToldAndThePackageIsPulled() throws IOException {
    now = now.minus(Duration.ofDays(2));
    PullReport report = pull();
    assertThat(troubles(report.servers().get(0))).containsExactly(Trouble.CLOCK);
    assertThat(report.exit()).isEqualTo(1);
    assertThat(report.servers().get(0).health()).isEqualTo(Health.DEGRADED);
    assertThat(made.isIn(backup)).isTrue();
  }

  @Test
  void aServerWhoseClockIsBehindIsDegradedAndNoFailure() throws IOException {
    now = now.plus(Duration.ofHours(3));
    PullReport report = pull();
    assertThat(troubles(report.servers().get(0))).containsExactly(Trouble.CLOCK_BEHIND);
    assertThat(report.exit()).isZero();
    assertThat(report.servers().get(0).health()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void aBackupOlderThanItMayBeIsDegraded() throws IOException {
    pull();
    now = Instant.parse("2026-11-21T17:00:04Z"); // 26 hours behind the package
    shop.now = now;
    assertThat(row().health()).isEqualTo(Health.HEALTHY);
    now = now.plusSeconds(1);
    PullReport report = pull();
    assertThat(report.servers().get(0).health()).isEqualTo(Health.DEGRADED);
    assertThat(report.exit()).isZero();
    assertThat(events("backup_failed"))
        .singleElement()
        .satisfies(e -> assertThat(e.path("reason").asText()).isEqualTo("too_old"));
  }

  @Test
  void aDrillsReceiptIsHandedOnToo() throws IOException {
    pull();
    byte[] pulled = Files.readAllBytes(here("receipt/kis/20261120/2/pulled-desk-pc.json"));
    var receipt = io.stockobserver.archive.packages.Receipt.parse(pulled);
    var drilled =
        new io.stockobserver.archive.packages.Receipt(
            io.stockobserver.archive.packages.Receipt.Kind.DRILLED,
            TWO,
            receipt.packageSha256(),
            "desk-pc",
            now,
            6,
            receipt.bytes(),
            receipt.lines(),
            1);
    write(drilled.path(), drilled.write());
    pull();
    assertThat(made.get(drilled.path())).isEqualTo(drilled.write());
  }
}
