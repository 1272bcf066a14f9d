package io.stockobserver.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A compressed file, one zstd frame at a time (RFC 8878). A frame counts only when all of it is
 * there and its checksum holds; behind one that does not, the next one that does is searched for
 * byte by byte, because the damage may be in the very sizes that would lead to it. Holds one frame,
 * compressed and not.
 */
final class ZstdContent implements Content {
  /** No content of a frame is larger: {@link Sealer} sees to it. */
  static final int LARGEST = 32 << 20;

  private static final int LARGEST_WINDOW_LOG = 25;
  private static final String TOO_LARGE = "a zstd frame larger than any that is written here";
  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int CHECKSUM_FLAG = 4;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream source;
  private boolean ended;

  /** Stored bytes; those from {@link #from} to {@link #to} are not taken yet. */
  private byte[] held = new byte[1 << 16];

  private int from;
  private int to;

  /** Where {@link #held} begins in the file. */
  private long heldAt;

  private byte[] content = new byte[1 << 16];
  private int size;

  /** Whether the content of the frame behind the damage told last stands ready. */
  private boolean ahead;

  /** Why the frame looked at last cannot be taken, and whether it is only that the file ends. */
  private String why = "";

  private boolean cut;

  ZstdContent(InputStream source) {
    this.source = source;
  }

  @Override
  public Optional<Piece> next() throws IOException {
    if (!ahead && !hold(1)) {
      return Optional.empty();
    }
    if (ahead || take()) {
      ahead = false;
      return Optional.of(new Piece(content, size, null));
    }
    return Optional.of(search());
  }

  @Override
  public long at() {
    return heldAt + from;
  }

  /** Takes the frame that begins here, or nothing. */
  private boolean take() throws IOException {
    cut = false;
    if (!hold(4) || !(isFrame(from) || isSkippable(from))) {
      why = "no zstd frame begins here";
      return false;
    }
    int length = length();
    if (length == 0 || !(isFrame(from) ? decode(length, false) : skip(length))) {
      return false;
    }
    from += length;
    return true;
  }

  /** How many stored bytes the frame has that begins here; 0 when that cannot be. */
  private int length() throws IOException {
    while (true) {
      try {
        return (int) Zstd.findFrameCompressedSize(held, from, to - from);
      } catch (ZstdException broken) {
        why = String.valueOf(broken.getMessage());
        if (broken.getErrorCode() != Zstd.errSrcSizeWrong()) {
          return 0;
        }
      }
      int before = to - from;
      if (before >= LARGEST) {
        why = TOO_LARGE;
        return 0;
      }
      if (!hold(Math.min(2 * before, LARGEST)) && to - from == before) {
        why = "the file ends within a zstd frame";
        cut = true;
        return 0;
      }
    }
  }

  /** Content of the frame that begins here, or of the beginning of one that the file ends in. */
  private boolean decode(int length, boolean beginning) {
    size = 0;
    if (!beginning && (held[from + 4] & CHECKSUM_FLAG) == 0) {
      why = "a zstd frame without a checksum";
      return false;
    }
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(held, from, length))) {
      in.setContinuous(beginning);
      in.setLongMax(LARGEST_WINDOW_LOG);
      while (size <= LARGEST) {
        if (size == content.length) {
          content = Arrays.copyOf(content, 2 * size);
        }
        int n = in.read(content, size, content.length - size);
        if (n < 0) {
          return true;
        }
        size += n;
      }
      why = TOO_LARGE;
    } catch (IOException | ZstdException broken) {
      why = String.valueOf(broken.getMessage());
    }
    return false;
  }

  /** A skippable frame has no checksum: its length is believed when a frame or the end follows. */
  private boolean skip(int length) throws IOException {
    size = 0;
    why = "a skippable zstd frame that leads nowhere";
    return !hold(length + 1)
        || (hold(length + 4) && (isFrame(from + length) || isSkippable(from + length)));
  }

  /** Tells what is broken from here to the next frame that is intact, and takes that one. */
  private Piece search() throws IOException {
    String what = why;
    boolean mayBeCut = cut; // then all the rest is held and stays where it is
    int begin = from;
    long start = at();
    for (from++; hold(4); from++) {
      long here = at();
      if (isFrame(from) && take()) {
        ahead = true;
        return new Piece(content, 0, new Broken(start, here - start, false, what));
      }
    }
    from = begin;
    size = 0;
    boolean readable = mayBeCut && decode(to - begin, true);
    from = to;
    return new Piece(content, readable ? size : 0, new Broken(start, at() - start, true, what));
  }

  private boolean isFrame(int position) {
    return (int) INT.get(held, position) == MAGIC;
  }

  private boolean isSkippable(int position) {
    return ((int) INT.get(held, position) & ~0xF) == SKIPPABLE;
  }

  /** Whether the file has this many bytes from here on; they are held then. */
  private boolean hold(int count) throws IOException {
    if (to - from < count && !ended) {
      System.arraycopy(held, from, held, 0, to - from);
      heldAt += from;
      to -= from;
      from = 0;
      if (count > held.length) {
        held = Arrays.copyOf(held, count);
      }
    }
    while (to - from < count && !ended) {
      int n = source.read(held, to, held.length - to);
      ended = n < 0;
      to += Math.max(n, 0);
    }
    return to - from >= count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
