package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.tape.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 6: a disk that is slow to force holds up nobody who appends. */
class SlowForceTest {
  @TempDir Path root;

  @Test
  void whileAForceTakesForEverAppendsGoOn() throws Exception {
    FaultyDisk disk = new FaultyDisk();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Archive archive =
        Archive.open(
            Given.settings(root).withSync(Duration.ofMinutes(1)), new HandClock(START), disk);
    ChannelAppender appender = new ChannelAppender(root);
    archive.number(List.of(Given.frame(START, "first")));
    archive.append(appender);
    disk.before(
        "sync",
        () -> {
          begun.countDown();
          go.await(20, TimeUnit.SECONDS);
        });
    Thread syncer = new Thread(archive::force);
    syncer.start();
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 1000; i++) {
      archive.number(List.of(Given.frame(START, "frame " + i)));
      archive.append(appender);
    }
    assertThat(syncer.isAlive()).as("the force has not ended").isTrue();
    assertThat(Given.tape(root)).extracting(Entry::text).hasSize(1001).endsWith("frame 999");
    assertThat(archive.forcing().unforcedBytes()).isPositive();
    go.countDown();
    syncer.join();
    archive.close();
    assertThat(Verification.of(root).problems()).isEmpty();
  }
}
