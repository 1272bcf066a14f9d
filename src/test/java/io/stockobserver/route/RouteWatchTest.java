package io.stockobserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is handed on once it has not changed from one look to the next. */
class RouteWatchTest {
  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private Path file;
  private Path settings;
  private RouteWatch watch;

  @BeforeEach
  void begin() throws IOException {
    file = Files.writeString(folder.resolve("poll-x.camel.yaml"), "one");
    settings = Files.writeString(folder.resolve("application.properties"), "a = 1");
    watch =
        new RouteWatch(
            new RouteFolder(folder, Set.of("y")),
            List.of(settings, folder.resolve("keys/users")),
            saved -> told.add(saved.getFileName().toString()));
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void whatIsThereAtTheStartIsKnown() {
    looks(3);
    assertThat(told).isEmpty();
  }

  @Test
  void aFileThatIsStillGrowingIsNotTaken() throws IOException {
    Files.writeString(file, "one and a hal");
    looks(1);
    Files.writeString(file, "one and a half");
    looks(1);
    assertThat(told).isEmpty();
    looks(1);
    assertThat(told).containsExactly("poll-x.camel.yaml");
    looks(3);
    assertThat(told).hasSize(1);
  }

  @Test
  void anEditOfTheSameLengthIsSeenAndATouchIsNone() throws IOException {
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    looks(2);
    assertThat(told).hasSize(1);
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
    looks(3);
    assertThat(told).hasSize(1);
  }

  @Test
  void newAndDeletedFilesAndTheSettingsAreTold() throws IOException {
    Files.writeString(folder.resolve("poll-z.camel.yaml"), "new");
    Files.writeString(settings, "a = 2");
    Files.delete(file);
    looks(3);
    assertThat(told)
        .containsExactlyInAnyOrder(
            "poll-z.camel.yaml", "application.properties", "poll-x.camel.yaml");
  }

  @Test
  void aFileThatWasNotThereMayCome() throws IOException {
    Files.createDirectories(folder.resolve("keys"));
    Files.writeString(folder.resolve("keys/users"), "lee:1");
    looks(2);
    assertThat(told).containsExactly("users");
    Files.delete(folder.resolve("keys/users"));
    looks(2);
    assertThat(told).containsExactly("users", "users");
  }

  @Test
  void dotFilesAndThoseOfOthersAreNobodys() throws IOException {
    Files.writeString(folder.resolve(".poll-z.camel.yaml"), "an editor's");
    Files.writeString(folder.resolve("poll-y.camel.yaml"), "of a venue that is not observed");
    Files.writeString(folder.resolve("poll-z.camel.yaml~"), "a backup");
    looks(3);
    assertThat(told).isEmpty();
  }

  private void looks(int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }
}
