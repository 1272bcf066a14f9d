package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written becomes safe by itself, within archive.sync. */
class SyncerTest {
  @TempDir Path root;

  private Archive open(Duration sync, Disk disk) {
    return Archive.open(Given.settings(root).withSync(sync), () -> START, disk);
  }

  @Test
  void whatIsWrittenIsForcedWithoutBeingAsked() {
    try (Archive archive = open(Duration.ofMillis(5), new LocalDisk())) {
      archive.number(List.of(Given.frame(START, "one")));
      archive.append(new ChannelAppender(root));
      await().until(() -> archive.forcing().unforcedBytes() == 0);
      assertThat(archive.forcing().longest()).isPositive();
      assertThat(archive.forcing().failures()).isZero();
    }
  }

  @Test
  void untilThenTheBytesAtRiskAreTold() {
    try (Archive archive = open(Duration.ofHours(1), new LocalDisk())) {
      archive.number(List.of(Given.frame(START, "one")));
      archive.append(new ChannelAppender(root));
      OpenFile file = archive.open().get(0);
      assertThat(file.unforcedBytes()).isPositive().isEqualTo(file.bytes());
      assertThat(archive.forcing().unforcedBytes()).isEqualTo(file.bytes());
      assertThat(archive.force()).isTrue();
      assertThat(archive.forcing().unforcedBytes()).isZero();
    }
  }

  @Test
  void aFailureDoesNotEndTheThread() {
    FaultyDisk disk = new FaultyDisk();
    disk.fail("sync", "tape");
    try (Archive archive = open(Duration.ofMillis(2), disk)) {
      archive.number(List.of(Given.frame(START, "one")));
      archive.append(new ChannelAppender(root));
      await().until(() -> archive.forcing().failures() > 3);
    }
    assertThat(Verification.of(root).problems()).isEmpty();
  }
}
