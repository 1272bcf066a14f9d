package io.stockobserver.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stockobserver.health.Waits;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slow disk shows in the archive's own appends and forces, also while it has not answered. */
class WriteTimeTest {
  private static final Duration SLOW = Duration.ofMillis(30);

  @TempDir Path root;
  private final CountDownLatch answers = new CountDownLatch(1);

  private Archive open(Disk disk) {
    return Archive.open(
        Given.settings(root).withSync(Duration.ofHours(1)), () -> Given.START, disk);
  }

  private void answered() throws IOException {
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void anAppendThatHangsGrowsOlderAndItsEndIsToldOnce() throws InterruptedException {
    try (Archive archive = open(new LocalDisk())) {
      Waits.Reader reader = archive.writes().reader();
      archive.number(List.of(Given.frame(Given.START, "one")));
      Thread writer =
          new Thread(
              () ->
                  archive.append(
                      batch -> {
                        answered();
                        new ChannelAppender(root).append(batch);
                      }));
      slow(reader, writer);
    }
  }

  @Test
  void soDoesAForce() throws InterruptedException {
    Disk sound = new LocalDisk();
    Disk sticky =
        (Disk)
            Proxy.newProxyInstance(
                Disk.class.getClassLoader(),
                new Class<?>[] {Disk.class},
                (proxy, method, args) -> {
                  Object made = method.invoke(sound, args);
                  return made instanceof Disk.Hold hold ? sticky(hold) : made;
                });
    try (Archive archive = open(sticky)) {
      archive.number(List.of(Given.frame(Given.START, "one")));
      archive.append(new ChannelAppender(root));
      Waits.Reader reader = archive.writes().reader();
      slow(reader, new Thread(archive::force));
    }
  }

  private Disk.Hold sticky(Disk.Hold sound) {
    return new Disk.Hold() {
      @Override
      public void force() throws IOException {
        answered();
        sound.force();
      }

      @Override
      public void close() throws IOException {
        sound.close();
      }
    };
  }

  private void slow(Waits.Reader reader, Thread work) throws InterruptedException {
    work.start();
    try {
      await().until(() -> reader.take().compareTo(SLOW) >= 0);
    } finally {
      answers.countDown();
    }
    work.join();
    assertThat(reader.take()).isGreaterThanOrEqualTo(SLOW);
    assertThat(reader.take()).isZero();
  }
}
