package io.stockobserver.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends through a plain channel, opened for each batch. For tests and commands. */
public final class ChannelAppender implements Appender {
  private final Path root;

  /** Below this archive root. */
  public ChannelAppender(Path root) {
    this.root = root;
  }

  @Override
  public void append(Batch batch) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            root.resolve(batch.path()), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(batch.bytes());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
  }
}
