package io.stockobserver.backup.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.HandMade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server's side gives out, and to whom. */
class BackupDeskTest {
  private static final Instant NOW = Instant.parse("2026-11-20T15:10:00Z");
  private static final String TOKEN = "Bearer correct horse";
  private static final String TAPE = "tape/kis/kr_stocks/20261120/09_00_00.jsonl.zst";
  private static final String AT = "/backup/kis/20261120/2/";

  @TempDir Path folder;
  private final List<Receipt> told = new ArrayList<>();
  private HandMade made;
  private String sha256;
  private BackupDesk desk;
  private long nanos;

  @BeforeEach
  void aDay() {
    made = new HandMade(folder.resolve("data")).day("20261120", 1);
    sha256 = made.write("kis/20261120/2", "2026-11-20T15:00:04.000Z");
    desk = desk(new Account("correct horse"));
  }

  private BackupDesk desk(@Nullable Account account) {
    return new BackupDesk(
        made.root(),
        new LocalDisk(),
        "tokyo",
        account,
        new PeerRate(20, () -> nanos),
        () -> NOW,
        told::add);
  }

  private Answered get(String path) {
    return desk.answer(Asked.get(path, TOKEN));
  }

  private Answered range(String range, @Nullable String ifRange) {
    return desk.answer(
        new Asked("GET", AT + TAPE, false, "127.0.0.1", TOKEN, range, ifRange, new byte[0]));
  }

  private Answered post(String path, byte @Nullable [] body) {
    return desk.answer(new Asked("POST", path, false, "127.0.0.1", TOKEN, null, null, body));
  }

  private static Receipt receipt(Receipt.Kind kind, String sha256, double share) {
    return new Receipt(
        kind, PackageId.parse("kis/20261120/2"), sha256, "desk-pc", NOW, 6, 10, 5, share);
  }

  @Test
  void theListTellsEveryPackageItsChecksumAndItsReceipts() throws IOException {
    post(AT + "receipt", receipt(Receipt.Kind.PULLED, sha256, 0).write());
    Answered.Text list = (Answered.Text) get("/backup/packages");
    JsonNode all = new ObjectMapper().readTree(list.body());
    assertThat(all.path("server").asText()).isEqualTo("tokyo");
    assertThat(all.path("now").asText()).isEqualTo("2026-11-20T15:10:00.000Z");
    assertThat(all.path("heads").path("kis").path("package").asText()).isEqualTo("kis/20261120/2");
    assertThat(all.path("key").asText()).isNotEmpty();
    JsonNode one = all.path("packages").path(0);
    assertThat(one.path("provider").asText()).isEqualTo("kis");
    assertThat(one.path("day").asText()).isEqualTo("20261120");
    assertThat(one.path("version").asInt()).isEqualTo(2);
    assertThat(one.path("complete").asBoolean()).isTrue();
    assertThat(one.path("sha256").asText()).isEqualTo(sha256);
    assertThat(one.path("files").asInt()).isEqualTo(6);
    assertThat(one.path("stored_bytes").asLong()).isPositive();
    assertThat(one.path("receipts").path(0).path("by").asText()).isEqualTo("desk-pc");
  }

  @Test
  void aFileIsGivenWholeOrFromAnywhereOn() {
    long size = made.get("package/kis/20261120/2/" + TAPE).length;
    Answered.Part whole = (Answered.Part) get(AT + TAPE);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.length()).isEqualTo(size);
    String tag = '"' + HandMade.sha256(made.get("package/kis/20261120/2/" + TAPE)) + '"';
    assertThat(whole.headers()).containsEntry("ETag", tag);

    Answered.Part rest = (Answered.Part) range("bytes=100-", null);
    assertThat(rest.status()).isEqualTo(206);
    assertThat(rest.from()).isEqualTo(100);
    assertThat(rest.length()).isEqualTo(size - 100);
    assertThat(rest.headers())
        .containsEntry("Content-Range", "bytes 100-" + (size - 1) + "/" + size);
    assertThat(((Answered.Part) range("bytes=-7", null)).from()).isEqualTo(size - 7);
    assertThat(((Answered.Part) range("bytes=3-5", null)).length()).isEqualTo(3);
    assertThat(((Answered.Part) range("bytes=3-99999999999", null)).length()).isEqualTo(size - 3);

    assertThat(range("bytes=" + size + "-", null).status()).isEqualTo(416);
    assertThat(range("bytes=" + size + "-", null).headers())
        .containsEntry("Content-Range", "bytes */" + size);
    for (String none : List.of("bytes=5-3", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=x-")) {
      assertThat(range(none, null).status()).as(none).isEqualTo(200);
    }
    assertThat(range("bytes=100-", tag).status()).isEqualTo(206);
    assertThat(range("bytes=100-", "\"other\"").status()).isEqualTo(200);
  }

  @Test
  void onlyWhatThePackageListsAndItsThreeFilesAreGiven() throws IOException {
    for (String own : List.of("package.json", "package.sig", "SUCCESS.marker")) {
      assertThat(get(AT + own).status()).as(own).isEqualTo(200);
    }
    Files.writeString(made.root().resolve("package/kis/20261120/2/notes.txt"), "secret");
    Files.createDirectories(made.root().resolve("package/kis/20261120/3"));
    Files.copy(
        made.root().resolve("package/kis/20261120/2/package.json"),
        made.root().resolve("package/kis/20261120/3/package.json"));
    for (String no :
        List.of(
            AT + "notes.txt",
            AT + "tape",
            AT + "tape/kis",
            "/backup/kis/20261120/3/package.json",
            "/backup/kis/20261120/9/package.json",
            "/backup/kis/20261320/2/package.json",
            "/backup/kis/20261120",
            "/backup/observer.lock",
            "/backup/x")) {
      assertThat(get(no).status()).as(no).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/backup/kis/20261120/2/../2/package.json",
        "/backup/kis/20261120/2/%2e%2e/head.json",
        "/backup/kis/20261120/2/%2E./head.json",
        "/backup//kis/20261120/2/package.json",
        "/backup/kis/20261120/2//package.json",
        "/backup/kis/20261120/2/..\\head.json",
        "/backup/kis/20261120/2/tape\\x",
        "/backup/kis/20261120/2/package.json%00",
        "/backup/kis/20261120/2/package.json\0",
        "/backup/kis/20261120/2/./package.json",
        "/backup/kis/20261120/2/c:x",
        "/backup/../observer.lock",
        "/backup/",
        "/backups",
        "/api/../backup/packages",
      })
  void aTrickWithAPathIsRefused(String path) {
    assertThat(get(path).status()).isEqualTo(400);
  }

  @Test
  void aQuestionBehindAPathIsRefused() {
    Asked asked =
        new Asked("GET", "/backup/packages", true, "127.0.0.1", TOKEN, null, null, new byte[0]);
    assertThat(desk.answer(asked).status()).isEqualTo(400);
  }

  @Test
  void aLinkThatLeavesThePackageIsNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s".repeat(100));
    Path file = made.root().resolve("package/kis/20261120/2/" + TAPE);
    Files.delete(file);
    Files.createSymbolicLink(file, secret);
    Answered answered = get(AT + TAPE);
    assertThat(answered.status()).isEqualTo(500);
    assertThat(new String(((Answered.Text) answered).body(), UTF_8)).doesNotContain("secret");
    Files.delete(made.root().resolve("package/kis/20261120/2/package.sig"));
    Files.createSymbolicLink(made.root().resolve("package/kis/20261120/2/package.sig"), secret);
    assertThat(get(AT + "package.sig").status()).isEqualTo(500);
  }

  @Test
  void aFileThatBecameShorterIsNotGiven() throws IOException {
    Path file = made.root().resolve("package/kis/20261120/2/" + TAPE);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 50));
    assertThat(get(AT + TAPE).status()).isEqualTo(500);
  }

  @Test
  void withoutTheRightTokenNothingIsTold() {
    for (String wrong :
        Arrays.asList(
            null,
            "",
            "Bearer",
            "Bearer ",
            "Bearer correct hors",
            "Bearer correct horses",
            "Basic correct horse",
            "correct horse",
            "bearer correct horse")) {
      Answered answered = desk.answer(Asked.get("/backup/packages", wrong));
      assertThat(answered.status()).as(wrong).isEqualTo(401);
    }
  }

  @Test
  void withoutATokenOnTheServerThereIsNoBackup() {
    desk = desk(null);
    assertThat(get("/backup/packages").status()).isEqualTo(404);
    assertThat(get(AT + "package.json").status()).isEqualTo(404);
  }

  @Test
  void everyOtherMethodIsRefused() {
    for (String method : List.of("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "POST", "TRACE")) {
      for (String path : List.of("/backup/packages", AT + "package.json")) {
        Asked asked = new Asked(method, path, false, "p", TOKEN, null, null, new byte[0]);
        assertThat(desk.answer(asked).status()).as(method + path).isEqualTo(405);
      }
    }
    assertThat(get(AT + "receipt").status()).isEqualTo(405);
    assertThat(get(AT + "receipt").headers()).containsEntry("Allow", "POST");
  }

  @Test
  void aPeerMayAskAMinutesWorthAtOnceAndThenAsOftenAsTheRateSays() {
    for (int i = 0; i < 1200; i++) {
      assertThat(get("/backup/packages").status()).isEqualTo(200);
    }
    Answered busy = get("/backup/packages");
    assertThat(busy.status()).isEqualTo(429);
    assertThat(Long.parseLong(busy.headers().get("Retry-After"))).isPositive();
    Asked other =
        new Asked("GET", "/backup/packages", false, "10.0.0.9", TOKEN, null, null, new byte[0]);
    assertThat(desk.answer(other).status()).isEqualTo(200);
    nanos += 100_000_000; // two at twenty a second
    assertThat(get("/backup/packages").status()).isEqualTo(200);
    assertThat(get("/backup/packages").status()).isEqualTo(200);
    assertThat(get("/backup/packages").status()).isEqualTo(429);
  }

  @Test
  void aWrongTokenCostsASecondsWorth() {
    int refused = 0;
    while (desk.answer(Asked.get("/backup/packages", "Bearer guess")).status() == 401) {
      refused++;
    }
    assertThat(refused).isBetween(57, 58); // 1,200 at 21 each
  }

  @Test
  void aReceiptIsKeptAndTold() throws IOException {
    byte[] receipt = receipt(Receipt.Kind.DRILLED, sha256, 1).write();
    assertThat(post(AT + "receipt", receipt).status()).isEqualTo(201);
    Path kept = made.root().resolve("receipt/kis/20261120/2/drilled-desk-pc.json");
    assertThat(Files.readAllBytes(kept)).isEqualTo(receipt);
    assertThat(told).singleElement().extracting(Receipt::proves).isEqualTo(true);
  }

  @Test
  void aProofGivesWayToABackupThatTakesItsWordBackAndToNothingElse() throws IOException {
    Path kept = made.root().resolve("receipt/kis/20261120/2/drilled-desk-pc.json");
    post(AT + "receipt", receipt(Receipt.Kind.DRILLED, sha256, 1).write());
    post(AT + "receipt", receipt(Receipt.Kind.DRILLED, sha256, 0.5).write());
    assertThat(Receipt.parse(Files.readAllBytes(kept)).share()).isEqualTo(1);
    post(AT + "receipt", receipt(Receipt.Kind.DRILLED, sha256, 0).write());
    assertThat(Receipt.parse(Files.readAllBytes(kept)).withdraws()).isTrue();
    post(AT + "receipt", receipt(Receipt.Kind.DRILLED, sha256, 1).write());
    assertThat(Receipt.parse(Files.readAllBytes(kept)).proves()).isTrue();
  }

  @Test
  void aForgottenPackageIsListedAsSuch() throws IOException {
    assertThat(list()).doesNotContain("forgotten");
    try (var inside = Files.list(made.root().resolve("package/kis/20261120/2"))) {
      for (Path folder : inside.filter(Files::isDirectory).toList()) {
        Files.move(folder, made.root().resolve("gone-" + folder.getFileName()));
      }
    }
    assertThat(list()).contains("\"forgotten\":true");
  }

  private String list() {
    return new String(((Answered.Text) get("/backup/packages")).body(), UTF_8);
  }

  @Test
  void aReceiptForOtherBytesIsRefusedAndNothingIsKept() {
    byte[] other = receipt(Receipt.Kind.DRILLED, "0".repeat(64), 1).write();
    assertThat(post(AT + "receipt", other).status()).isEqualTo(409);
    byte[] right = receipt(Receipt.Kind.DRILLED, sha256, 1).write();
    made.write("kis/20261121/1", "2026-11-21T15:00:04.000Z");
    assertThat(post("/backup/kis/20261121/1/receipt", right).status()).isEqualTo(409);
    assertThat(post("/backup/kis/20261122/1/receipt", right).status()).isEqualTo(404);
    byte[] flipped = right.clone();
    flipped[30] ^= 1;
    assertThat(post(AT + "receipt", flipped).status()).isEqualTo(400);
    assertThat(post(AT + "receipt", new byte[0]).status()).isEqualTo(400);
    assertThat(post(AT + "receipt", null).status()).isEqualTo(413);
    assertThat(made.root().resolve("receipt")).doesNotExist();
    assertThat(told).isEmpty();
  }

  @Test
  void whatProvesADayIsNotReplacedByWhatProvesLess() throws IOException {
    byte[] whole = receipt(Receipt.Kind.DRILLED, sha256, 1).write();
    post(AT + "receipt", whole);
    post(AT + "receipt", receipt(Receipt.Kind.DRILLED, sha256, 0.01).write());
    assertThat(
            Files.readAllBytes(made.root().resolve("receipt/kis/20261120/2/drilled-desk-pc.json")))
        .isEqualTo(whole);
  }
}
