package io.stockobserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process has to do with the routes of those whom it observes, and of everybody. */
class RouteFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void routes() throws IOException {
    for (String name :
        List.of(
            "call-kis-master.camel.yaml",
            "hear-upbit.camel.yaml",
            "poll-upbit-swing.camel.yaml",
            "plan-level.camel.yaml",
            "archive-tape.camel.yaml",
            "poll-upbitten-apples.camel.yaml",
            "report-upbit.yaml",
            "poll-mine.yml",
            ".camel.yaml",
            "notes.txt")) {
      Files.createFile(folder.resolve(name));
    }
  }

  private List<String> files(String... unobserved) throws IOException {
    return new RouteFolder(folder, Set.of(unobserved))
        .files().stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void withoutAnybodyLeftOutItIsEveryYamlFile() throws IOException {
    assertThat(files())
        .containsExactly(
            "archive-tape.camel.yaml",
            "call-kis-master.camel.yaml",
            "hear-upbit.camel.yaml",
            "plan-level.camel.yaml",
            "poll-mine.yml",
            "poll-upbit-swing.camel.yaml",
            "poll-upbitten-apples.camel.yaml",
            "report-upbit.yaml");
  }

  @Test
  void whoIsNotObservedHasNoRoutesWhereverItsWordStands() throws IOException {
    assertThat(files("upbit"))
        .containsExactly(
            "archive-tape.camel.yaml",
            "call-kis-master.camel.yaml",
            "plan-level.camel.yaml",
            "poll-mine.yml",
            "poll-upbitten-apples.camel.yaml");
    assertThat(files("kis", "upbit"))
        .containsExactly(
            "archive-tape.camel.yaml",
            "plan-level.camel.yaml",
            "poll-mine.yml",
            "poll-upbitten-apples.camel.yaml");
  }

  @Test
  void camelLoadsThoseWithTheRightEnding() throws IOException {
    String pattern = new RouteFolder(folder, Set.of("upbit")).pattern();
    assertThat(Arrays.stream(pattern.split(",", -1)))
        .containsExactly(
            "file:" + folder.resolve("archive-tape.camel.yaml"),
            "file:" + folder.resolve("call-kis-master.camel.yaml"),
            "file:" + folder.resolve("plan-level.camel.yaml"),
            "file:" + folder.resolve("poll-upbitten-apples.camel.yaml"));
  }
}
