package io.stockobserver.backup.pulling;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One pull at a time into a tree: {@code backup.lock}, with the pid of who has it. The lock lies on
 * a byte far behind the content, so that Windows lets others read whose it is. It ends with its
 * process, however that ends; the file stays.
 */
public final class TreeLock implements AutoCloseable {
  private static final String NAME = "backup.lock";

  private final FileChannel channel;

  private TreeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the tree, which is made when it is not there.
   *
   * @throws PullException with {@code TARGET} when another one has it, or it cannot be written
   */
  public static TreeLock take(Path root) throws PullException {
    Path file = root.resolve(NAME);
    FileChannel channel;
    try {
      Files.createDirectories(root);
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException refused) {
      throw PullException.target("backup.dir " + root, refused);
    }
    try {
      boolean mine = false;
      try {
        mine = channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
      } catch (OverlappingFileLockException ours) {
        // Another one in this very process.
      }
      if (!mine) {
        String pid = Files.readString(file).strip();
        channel.close();
        throw new PullException(
            Trouble.TARGET,
            "backup.dir %s is being written by process %s; wait for it or choose another directory"
                .formatted(root, pid.isEmpty() ? "(pid not known yet)" : pid));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
      return new TreeLock(channel);
    } catch (PullException known) {
      throw known;
    } catch (IOException refused) {
      letGo(channel); // or this process would hold it until it ends
      throw PullException.target(file, refused);
    }
  }

  private static void letGo(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException gone) {
      // So is the lock.
    }
  }

  @Override
  public void close() {
    try (channel) {
      channel.truncate(0);
    } catch (IOException gone) {
      // The lock is gone with the channel in any case.
    }
  }
}
