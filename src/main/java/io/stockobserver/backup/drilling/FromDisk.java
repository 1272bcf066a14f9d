package io.stockobserver.backup.drilling;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads files from the disk itself, past the system's cache (O_DIRECT), where system and file
 * system know how; elsewhere as any other file, and says so. Not thread-safe.
 */
final class FromDisk {
  private static final int AT_ONCE = 1 << 20;

  private boolean direct = true;

  /** Whether everything so far came from the disk itself. */
  boolean isDirect() {
    return direct;
  }

  /** Opens a file; the stream is read by one thread. */
  InputStream open(Path file) throws IOException {
    long size = Files.size(file);
    FileChannel channel = null;
    try {
      int block = Math.toIntExact(Files.getFileStore(file).getBlockSize());
      channel = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT);
      Direct stream = new Direct(channel, size, block);
      stream.fill(); // some file systems refuse the first read only
      return stream;
    } catch (IOException | UnsupportedOperationException | ArithmeticException refused) {
      if (channel != null) {
        channel.close();
      }
      direct = false;
      return Files.newInputStream(file);
    }
  }

  private static final class Direct extends InputStream {
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer held;
    private long at;

    Direct(FileChannel channel, long size, int block) {
      this.channel = channel;
      this.size = size;
      int room = (AT_ONCE / block) * block;
      ByteBuffer aligned = ByteBuffer.allocateDirect(room + 2 * block).alignedSlice(block);
      this.held = aligned.limit(room).slice();
      held.limit(0);
    }

    /** The next stretch; every read begins at a multiple of a block. */
    private void fill() throws IOException {
      if (at >= size) {
        return;
      }
      held.clear();
      int read = channel.read(held, at);
      held.flip();
      if (read < 0 || (at + read < size && read < held.capacity())) {
        throw new IOException("the file ended, or gave less than asked for, at byte " + at);
      }
      at += read;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      if (!held.hasRemaining()) {
        fill();
      }
      if (!held.hasRemaining()) {
        return -1;
      }
      int n = Math.min(count, held.remaining());
      held.get(into, from, n);
      return n;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
