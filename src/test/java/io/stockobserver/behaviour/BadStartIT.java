package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.Collector;
import io.stockobserver.Settings.SettingsException;
import io.stockobserver.archive.ArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused in one line that names the thing and the remedy. */
class BadStartIT {
  @TempDir Path dir;

  @Test
  void withoutKeysItNamesTheVariable() {
    try (Observatory o = new Observatory(dir, "10:01:00").environment("KIS_APP_KEY", "")) {
      assertThatThrownBy(o::observe)
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("KIS_APP_KEY")
          .hasMessageContaining("--simulate");
      assertThat(o.venue().traffic().calls()).isZero();
    }
  }

  @Test
  void aWrongSecretIsRefusedOnceAndNeverTriedAgain() throws InterruptedException {
    String wrong = "x".repeat(180);
    try (Observatory o =
        new Observatory(dir, "10:01:00").environment("KIS_APP_SECRET", wrong).observe()) {
      o.running().await(Duration.ofSeconds(20));
      assertThat(o.running().venues().get(0).refusal())
          .contains("EGW00105")
          .contains("KIS_APP_SECRET")
          .doesNotContain(wrong);
      o.pass(Duration.ofSeconds(2));
      o.end();
      assertThat(o.venue().traffic().callsTo("tokenP")).isLessThanOrEqualTo(1);
      assertThat(o.venue().traffic().callsTo("Approval")).isLessThanOrEqualTo(1);
      assertThat(o.books().everything().contains(wrong)).isFalse();
      o.books().verified();
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "not a directory");
    try (Observatory o = new Observatory(dir, "10:01:00").set("archive.dir", file + "/data")) {
      assertThatThrownBy(o::observe)
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aSecondObserverOfTheDirectoryIsRefusedWithPidAndPath() throws Exception {
    try (Observatory o = new Observatory(dir, "10:01:00").observe()) {
      String pid = Long.toString(ProcessHandle.current().pid());
      try (Collector second = o.observer()) {
        assertThatThrownBy(second::start)
            .isInstanceOf(ArchiveException.class)
            .hasMessageContaining(pid)
            .hasMessageContaining(o.root().toString());
      }
      try (Child other = Child.collecting(o.root())) {
        assertThat(other.exit()).isEqualTo(3);
        assertThat(other.said()).contains(pid).contains(o.root().toString());
      }
      o.awaitSlots(41); // and the first one did not notice
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
    }
  }
}
