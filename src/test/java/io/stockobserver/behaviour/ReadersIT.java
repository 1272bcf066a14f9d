package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.backup.packing.PackageKeys;
import io.stockobserver.backup.packing.Packager;
import io.stockobserver.backup.packing.Verdict;
import io.stockobserver.cli.ObserverCommand;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever reads an archive reads a package's folder and a backup of the day with the same answer.
 */
class ReadersIT {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 20);

  @TempDir Path dir;

  private record Said(int exit, String out) {
    JsonNode json() {
      return Books.json(out.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Said run(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int exit = ObserverCommand.run(words);
      return new Said(exit, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  /** The day as a package that is complete. */
  private Path packaged(Path root) throws Exception {
    InstantSource saturday = () -> Instant.parse("2026-11-21T01:00:00Z");
    ArchiveSettings settings =
        ArchiveSettings.of(root, "kis", "kr_stocks", ZoneId.of("Asia/Seoul"));
    try (Archive archive = Archive.open(settings, saturday)) {
      archive.rotate(saturday.instant());
      archive.seal();
      archive.begin(FRIDAY.plusDays(1));
      assertThat(
              new Packager(
                      archive,
                      new LocalDisk(),
                      new PackageKeys(dir.resolve("keys/package.key")),
                      day -> new Verdict(List.of(), List.of()),
                      event -> {},
                      saturday,
                      1)
                  .make(FRIDAY, Packager.Progress.NONE)
                  .complete())
          .isTrue();
    }
    return root.resolve("package/kis/20261120/1");
  }

  /** As a backup has it: the files in the tree, its three own files where they were. */
  private static Path backup(Path folder, Path to) throws IOException {
    for (PackageFile file : PackageManifest.read(folder.resolve("package.json")).files()) {
      copy(folder.resolve(file.stored()), to.resolve(file.stored()));
    }
    for (String own : List.of("package.json", "package.sig", "SUCCESS.marker")) {
      copy(folder.resolve(own), to.resolve("package/kis/20261120/1").resolve(own));
    }
    return to;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  @Test
  void auditVerifyAndReplaySayTheSameOfArchivePackageAndBackup() throws Exception {
    Path root;
    try (Observatory o =
        new Observatory(dir.resolve("day"), "09:29:55")
            .venue(v -> v.withPingEvery(Duration.ofSeconds(2)))
            .observe()) {
      o.awaitSlots(41);
      o.until("09:30:05");
      o.hushAndEnd();
      root = o.books().root();
    }
    Path folder = packaged(root);
    Path backup = backup(folder, dir.resolve("backup"));
    JsonNode audit = null;
    JsonNode replay = null;
    for (Path data : List.of(root, folder, backup)) {
      String[] of = {"verify", "--data", data.toString()};
      Said verified = run(of);
      assertThat(verified.exit()).as(verified.out()).isZero();

      ObjectNode audited =
          (ObjectNode) run("audit", "20261120", "--data", data.toString(), "--json").json();
      audited.remove(List.of("path", "seals"));
      assertThat(audited.path("ok").asBoolean()).as(audited.toString()).isTrue();
      audit = audit == null ? audited : audit;
      assertThat(audited).as(data.toString()).isEqualTo(audit);

      Said replayed = run("replay", "20261120", "--data", data.toString(), "--json");
      assertThat(replayed.json().path("same").asBoolean()).as(replayed.out()).isTrue();
      replay = replay == null ? replayed.json() : replay;
      assertThat(replayed.json()).as(data.toString()).isEqualTo(replay);
    }
    assertThat(audit.toString()).contains("\"recorded\"");
    aLineThatIsNoneIsLeftOut(root, replay);
  }

  /**
   * As a power cut may leave one; recovery keeps it. The heartbeat that stood there says nothing.
   */
  private static void aLineThatIsNoneIsLeftOut(Path root, JsonNode whole) throws IOException {
    Books books = new Books(root);
    Entry beat =
        books.tape().stream()
            .filter(e -> e.direction() == Direction.IN && e.text().contains("PINGPONG"))
            .findFirst()
            .orElseThrow();
    String path = beat.ref().substring(0, beat.ref().lastIndexOf(':'));
    List<byte[]> lines = books.raw(path);
    int at = Integer.parseInt(beat.ref().substring(path.length() + 1)) - 1;
    lines.set(at, new byte[lines.get(at).length]);
    ByteArrayOutputStream torn = new ByteArrayOutputStream();
    for (byte[] line : lines) {
      torn.writeBytes(line);
      torn.write('\n');
    }
    Files.write(root.resolve(path), torn.toByteArray());

    Said said = run("replay", "20261120", "--data", root.toString(), "--json");
    assertThat(said.exit()).as(said.out()).isZero();
    JsonNode kis = said.json().path("providers").path(0);
    JsonNode before = whole.path("providers").path(0);
    assertThat(before.path("left_out")).isEmpty();
    assertThat(kis.path("left_out")).hasSize(1);
    assertThat(kis.path("left_out").path(0).asText()).isEqualTo(beat.ref());
    assertThat(kis.path("entries").asLong()).isEqualTo(before.path("entries").asLong() - 1);
    assertThat(kis.path("lanes")).isEqualTo(before.path("lanes"));
    assertThat(run("replay", "20261120", "--data", root.toString()).out())
        .contains("left out: " + beat.ref() + " is no JSON");
  }
}
