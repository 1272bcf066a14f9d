package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route of the archive that takes nothing, or another one: nothing that was heard is lost. */
class StoppedRouteIT {
  @TempDir Path dir;

  @Test
  void whileTheRouteToTheFilesIsStoppedRecordingWaits() throws JMException {
    try (Observatory o = new Observatory(dir, "10:01:00").observe()) {
      o.awaitSlots(41);
      o.awaitSamples(2);
      Managed.consumer("archive-scalp", "stop");
      long sent = o.venue().traffic().framesSent();
      long lines = o.books().scalp().size();
      o.pass(Duration.ofSeconds(3));
      assertThat(o.books().scalp().size()).isLessThanOrEqualTo((int) lines + 41);
      assertThat(o.venue().traffic().framesSent()).isGreaterThan(sent);
      Managed.consumer("archive-scalp", "start");
      o.awaitSamples(3);
      o.hushAndEnd();
      assertThat(o.books().tape().stream().filter(e -> e.text().startsWith("0|")).count())
          .isEqualTo(o.venue().traffic().framesSent());
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
      for (List<JsonNode> lines2 : o.books().scalpBySymbol().values()) {
        assertThat(lines2).isNotEmpty();
      }
      o.books().verified();
    }
  }

  @Test
  void aSessionEndsSoonAlsoWhileARouteIsStopped() throws JMException {
    try (Observatory o = new Observatory(dir, "10:01:00").observe()) {
      o.awaitSlots(41);
      Managed.consumer("archive-scalp", "stop");
      o.pass(Duration.ofSeconds(1));
      Instant before = Instant.now();
      o.end();
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
      o.books().verified();
      assertThat(o.books().events("session_stopped")).hasSize(1);
    }
  }

  @Test
  @Tag("fault")
  void anEditedCopyOfTheRoutesIsWhatRuns() throws IOException {
    Path home = dir.resolve("home");
    copy(Observatory.HOME.resolve("routes"), home.resolve("routes"));
    copy(Observatory.HOME.resolve("config"), home.resolve("config"));
    Path scalp = home.resolve("routes/archive-scalp.camel.yaml");
    String edited =
        Files.readString(scalp)
            .replace(
                "      steps:\n",
                "      steps:\n        - to: {uri: 'file:{{archive.dir}}/../copy', parameters: "
                    + "{fileName: 'scalp.txt', fileExist: Append}}\n");
    Files.writeString(scalp, edited);
    try (Observatory o = new Observatory(dir, "10:01:00").home(home).observe()) {
      o.awaitSlots(41);
      o.awaitSamples(2);
      o.end();
      assertThat(Files.readAllLines(dir.resolve("copy/scalp.txt")))
          .hasSize(o.books().scalp().size())
          .isNotEmpty();
      o.books().verified();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(target);
        } else {
          Files.copy(one, target);
        }
      }
    }
  }
}
