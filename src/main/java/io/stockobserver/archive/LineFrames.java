package io.stockobserver.archive;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * How lines are compressed, in the archive and in packages (docs/archive-format.md §3): zstd frames
 * that stand for themselves, each with a checksum, each of whole lines. Holds one frame.
 */
public final class LineFrames {
  private static final int LEVEL = 3;

  /** Compressed in frames of about this many bytes: damage costs one frame and not the file. */
  private static final int FRAME = 4 << 20;

  private LineFrames() {}

  /**
   * Compresses everything that {@code lines} has.
   *
   * @param size about how many bytes that is
   * @param target is closed, and not forced
   */
  public static void compress(InputStream lines, long size, OutputStream target)
      throws IOException {
    try (target;
        ZstdOutputStreamNoFinalizer out =
            new ZstdOutputStreamNoFinalizer(target, RecyclingBufferPool.INSTANCE, LEVEL)) {
      out.setChecksum(true);
      out.setCloseFrameOnFlush(true);
      byte[] chunk = new byte[(int) Math.max(1, Math.min(FRAME, size))];
      int begun = 0;
      for (int n = lines.readNBytes(chunk, 0, chunk.length);
          n > 0;
          n = lines.readNBytes(chunk, 0, chunk.length)) {
        int end = afterLastNewline(chunk, n);
        if (end == 0 && begun + n > ZstdContent.LARGEST - FRAME) {
          end = n; // no line of ours is that long: it is damaged, and the frame has to be read
        }
        if (end > 0) {
          out.write(chunk, 0, end);
          out.flush(); // ends the frame, so that none begins within a line
          begun = 0;
        }
        if (end < n) {
          out.write(chunk, end, n - end);
          begun += n - end;
        }
      }
    }
  }

  /** What such a file holds; reading it fails where a frame is damaged or cut short. */
  public static InputStream content(InputStream compressed) throws IOException {
    return new ZstdInputStreamNoFinalizer(compressed, RecyclingBufferPool.INSTANCE);
  }

  private static int afterLastNewline(byte[] chunk, int count) {
    int end = count;
    while (end > 0 && chunk[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
