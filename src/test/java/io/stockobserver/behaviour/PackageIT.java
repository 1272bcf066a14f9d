package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageManifest;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.PackageSignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evening and the midnight of an observer that runs on, in a market that never closes. */
class PackageIT {
  @TempDir Path dir;

  private static List<String> lines(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (SegmentReader reader = SegmentReader.open(file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(new String(line.get().bytes(), java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  @Test
  void theDayIsFrozenAtNineAndForGoodAfterMidnightWhileItIsRecorded() throws IOException {
    try (Observatory o =
        new Observatory(dir, "20:59:50", "upbit")
            .set("archive.tape.rotate", "4s")
            .set("package.final.after", "10s")
            .observe()) {
      PackageShelf shelf = new PackageShelf(o.root());
      PackageId evening = PackageId.parse("upbit/20261120/1");
      PackageId whole = PackageId.parse("upbit/20261120/2");
      Observatory.await("tonight's package", () -> shelf.all().contains(evening));
      o.awaitEvents("backup_packaged", 1);
      o.step(Duration.between(o.clock().instant(), Observatory.at("23:59:55")));
      Observatory.await("the whole day's package", () -> shelf.all().contains(whole));
      o.awaitEvents("backup_packaged", 2);
      o.end();

      PackageManifest tonight = shelf.manifest(evening);
      assertThat(tonight.complete()).isFalse();
      PackageManifest table = shelf.manifest(whole);
      assertThat(table.complete()).isTrue();
      assertThat(table.previous().orElseThrow().sha256()).isEqualTo(shelf.sha256(evening));
      assertThat(table.gaps()).as("the clock was set").anyMatch(gap -> gap.contains("clock_step"));
      assertThat(table.anomalies())
          .extracting(PackageManifest.Anomaly::reason)
          .contains("recording_rate");
      for (PackageFile file : table.files()) {
        Path packaged = o.root().resolve(whole.folder()).resolve(file.stored());
        if (file.compressed()) {
          Path plain = o.root().resolve(file.path());
          Path here = Files.exists(plain) ? plain : o.root().resolve(file.path() + ".zst");
          assertThat(lines(packaged)).as(file.path()).isEqualTo(lines(here));
        }
      }
      for (PackageFile file : tonight.files()) {
        if (file.compressed()) {
          List<String> then = lines(o.root().resolve(evening.folder()).resolve(file.stored()));
          assertThat(lines(o.root().resolve(whole.folder()).resolve(file.stored())))
              .as(file.path())
              .startsWith(then.toArray(String[]::new));
        }
      }
      Path folder = o.root().resolve(whole.folder());
      assertThat(
              PackageSignature.holds(
                  Files.readAllBytes(folder.resolve("package.json")),
                  Files.readString(folder.resolve("package.sig")),
                  Files.readString(dir.resolve("keys/package.key.pub"))
                      .replaceAll("-----.*-----|\\s", "")))
          .isTrue();
      List<JsonNode> events = o.books().events("backup_packaged");
      assertThat(events)
          .extracting(e -> e.path("complete").asBoolean())
          .containsExactly(false, true);
      o.books().verified();
    }
  }
}
