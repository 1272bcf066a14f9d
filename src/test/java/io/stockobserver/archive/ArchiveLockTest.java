package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes is told to those who only look, and looking takes nothing. */
class ArchiveLockTest {
  @TempDir Path root;

  @Test
  void aDirectoryIsWrittenWhileItsLockIsHeld() throws IOException {
    assertThat(ArchiveLock.isWritten(root)).isFalse();
    try (ArchiveLock held = ArchiveLock.take(root, () -> START)) {
      assertThat(ArchiveLock.isWritten(root)).isTrue();
      assertThat(held.token()).isNotEmpty();
    }
    assertThat(ArchiveLock.isWritten(root)).isFalse();
  }

  @Test
  void theWordOfAProcessThatIsGoneCountsForNothing() throws IOException {
    Path lock = root.resolve("observer.lock");
    Files.writeString(lock, "{\"pid\":%d}".formatted(ProcessHandle.current().pid()));
    assertThat(ArchiveLock.isWritten(root)).isTrue();
    Files.writeString(lock, "{\"pid\":4194999}");
    assertThat(ArchiveLock.isWritten(root)).isFalse();
    Files.writeString(lock, "{\"pid");
    assertThat(ArchiveLock.isWritten(root)).isFalse();
  }
}
