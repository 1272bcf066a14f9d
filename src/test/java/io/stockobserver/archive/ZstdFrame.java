package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One zstd frame of a sound file, as the zstd library itself sees it.
 *
 * @param at where it begins in the file
 * @param end where the next one begins
 */
record ZstdFrame(int at, int end, String content) {
  /** All frames of a file that is sound. */
  static List<ZstdFrame> of(byte[] file) throws IOException {
    List<ZstdFrame> frames = new ArrayList<>();
    for (int at = 0; at < file.length; ) {
      int length = (int) Zstd.findFrameCompressedSize(file, at, file.length - at);
      try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(file, at, length))) {
        frames.add(new ZstdFrame(at, at + length, new String(in.readAllBytes(), UTF_8)));
      }
      at += length;
    }
    return frames;
  }

  /** One frame, made as a tape is. */
  static byte[] compress(String content) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(file, 3)) {
      out.setChecksum(true);
      out.write(content.getBytes(UTF_8));
    }
    return file.toByteArray();
  }

  static byte[] join(byte[]... parts) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      file.write(part);
    }
    return file.toByteArray();
  }

  boolean holds(int position) {
    return position >= at && position < end;
  }
}
