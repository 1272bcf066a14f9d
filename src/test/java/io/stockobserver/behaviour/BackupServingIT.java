package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.HandMade;
import io.stockobserver.backup.pulling.Patience;
import io.stockobserver.backup.pulling.PullProgress;
import io.stockobserver.backup.pulling.PullReport;
import io.stockobserver.backup.pulling.PullServer;
import io.stockobserver.backup.pulling.PullSettings;
import io.stockobserver.backup.pulling.Puller;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup pulls from an observer that observes meanwhile. */
class BackupServingIT {
  @TempDir Path folder;

  @Test
  void anObserverHandsOutItsPackagesAndTellsOfReceipts() throws Exception {
    try (Observatory there = new Observatory(folder, "09:40:00")) {
      HandMade made = new HandMade(there.root()).day("20261119", 3);
      made.write("kis/20261119/2", "2026-11-19T15:00:04.000Z");
      there.environment("BACKUP_TOKEN", "only for backups").observe();
      ArchiveLock.Holder holder = ArchiveLock.holder(there.root()).orElseThrow();
      assertThat(holder.url()).startsWith("http://127.0.0.1:");
      PullSettings settings =
          new PullSettings(
              folder.resolve("backup"), "desk-pc", 4, Duration.ofHours(26), Patience.USUAL);
      PullServer wrong = new PullServer("a", URI.create(holder.url()), null, holder.token());
      PullServer right = new PullServer("a", URI.create(holder.url()), null, "only for backups");
      Puller puller = new Puller(settings, new LocalDisk(), there.clock());
      assertThat(puller.pull(List.of(wrong), PullProgress.unseen()).exit()).isEqualTo(2);
      PullReport report = puller.pull(List.of(right), PullProgress.unseen());
      assertThat(report.servers().get(0).faults()).isEmpty();
      assertThat(made.isIn(folder.resolve("backup"))).as(report.toString()).isTrue();
      there.awaitEvents("backup_verified", 1);
      assertThat(there.books().events("backup_verified").get(0).toString())
          .contains("\"package\":\"kis/20261119/2\"", "\"receipt\":\"pulled\"", "desk-pc");
      Observatory.await("an open feed", () -> there.state().feedOpen());
    }
  }
}
