package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What a zip file holds, one entry behind the other, from front to back: every entry's checksum,
 * and the directory at the end against the entries. Stricter than {@code unzip}: bytes that belong
 * to nothing are damage. No zip64, nothing encrypted: venues hand out neither.
 */
final class ZipContent implements Content {
  private static final long ENTRY = 0x04034b50L;
  private static final long DIRECTORY = 0x02014b50L;
  private static final long END = 0x06054b50L;
  private static final long DESCRIPTOR = 0x08074b50L;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int HEADER = 30;
  private static final int DIRECTORY_HEADER = 46;
  private static final int END_HEADER = 22;

  private final StoredBytes stored;
  private final byte[] chunk = new byte[1 << 16];
  private final List<String> entries = new ArrayList<>();
  private final CRC32 crc = new CRC32();
  private Inflater inflater = new Inflater(true);
  private @Nullable Entry entry;
  private int listed;
  private long directory = -1;
  private boolean ended;

  ZipContent(InputStream source) {
    this.stored = new StoredBytes(source);
  }

  /** An entry being read; of a streamed one the sizes follow behind it. */
  private static final class Entry {
    private final long at;
    private final int flags;
    private final int method;
    private final long time;
    private final String name;
    private long crc;
    private long size;
    private long length;
    private long left;

    Entry(long at, int flags, int method, long time, String name) {
      this.at = at;
      this.flags = flags;
      this.method = method;
      this.time = time;
      this.name = name;
    }

    boolean streamed() {
      return (flags & 8) != 0;
    }

    /** All that the directory has to repeat. */
    String words() {
      return "%d %d %d %d %d %d %d %s".formatted(at, flags, method, time, crc, size, length, name);
    }
  }

  @Override
  public long at() {
    return stored.at();
  }

  @Override
  public Optional<Piece> next() throws IOException {
    try {
      while (!ended) {
        Entry reading = entry;
        if (reading != null) {
          int n = content(reading);
          if (n > 0) {
            crc.update(chunk, 0, n);
            return Optional.of(new Piece(chunk, n, null));
          }
          end(reading);
          entry = null;
        } else {
          header();
        }
      }
      return Optional.empty();
    } catch (DataFormatException damaged) {
      Entry reading = entry;
      long from = reading == null ? stored.at() : reading.at;
      return Optional.of(broken(from, String.valueOf(damaged.getMessage())));
    } catch (Wrong wrong) {
      return Optional.of(broken(wrong.at, String.valueOf(wrong.getMessage())));
    }
  }

  /** Something is not as it has to be. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final long at;

    Wrong(long at, String what) {
      super(what);
      this.at = at;
    }
  }

  private Wrong cut() throws IOException {
    stored.skip(Long.MAX_VALUE);
    return new Wrong(stored.at(), "the zip file ends early");
  }

  private void need(int count) throws IOException, Wrong {
    if (!stored.hold(count)) {
      throw cut();
    }
  }

  private void header() throws IOException, Wrong {
    long at = stored.at();
    need(4);
    long mark = stored.u32(0);
    if (mark == ENTRY && directory < 0) {
      begin(at);
    } else if (mark == DIRECTORY) {
      directory = directory < 0 ? at : directory;
      list(at);
    } else if (mark == END) {
      directory = directory < 0 ? at : directory;
      finish(at);
    } else {
      throw new Wrong(at, "neither an entry of a zip file nor its directory begins here");
    }
  }

  private void begin(long at) throws IOException, Wrong {
    need(HEADER);
    int names = stored.u16(26);
    int extras = stored.u16(28);
    int flags = stored.u16(6);
    int method = stored.u16(8);
    Entry next = new Entry(at, flags, method, stored.u32(10), name(HEADER, names));
    next.crc = stored.u32(14);
    next.size = stored.u32(18);
    next.length = stored.u32(22);
    next.left = next.size;
    boolean known = (method == DEFLATED || (method == STORED && !next.streamed()));
    if (!known || (flags & 1) != 0 || next.size == 0xFFFF_FFFFL) {
      throw new Wrong(at, "an entry that is encrypted, zip64 or compressed in a way unknown here");
    }
    if (stored.skip(0L + HEADER + names + extras) < HEADER + names + extras) {
      throw cut();
    }
    crc.reset();
    inflater.end();
    inflater = new Inflater(true);
    entry = next;
  }

  private String name(int from, int length) throws IOException, Wrong {
    need(from + length);
    byte[] name = new byte[length];
    for (int i = 0; i < length; i++) {
      name[i] = (byte) stored.u8(from + i);
    }
    return new String(name, ISO_8859_1);
  }

  /** The next bytes of an entry; none at its end. */
  private int content(Entry reading) throws IOException, DataFormatException, Wrong {
    if (reading.method == STORED) {
      if (reading.left == 0) {
        return 0;
      }
      int n = stored.read(chunk, (int) Math.min(chunk.length, reading.left));
      if (n < 0) {
        throw cut();
      }
      reading.left -= n;
      return n;
    }
    int n = stored.inflate(inflater, chunk);
    if (n == -2) {
      throw cut();
    }
    return Math.max(0, n);
  }

  private void end(Entry read) throws IOException, Wrong {
    long length = read.method == STORED ? read.size : inflater.getBytesWritten();
    long size = read.method == STORED ? read.size : inflater.getBytesRead();
    if (read.streamed()) {
      need(16);
      int mark = stored.u32(0) == DESCRIPTOR ? 4 : 0;
      read.crc = stored.u32(mark);
      read.size = stored.u32(mark + 4);
      read.length = stored.u32(mark + 8);
      stored.take(mark + 12);
    }
    if (read.crc != crc.getValue() || read.size != size || read.length != length) {
      throw new Wrong(read.at, "the checksum of entry " + read.name + " does not hold");
    }
    entries.add(read.words());
  }

  /** One line of the directory: it has to say what the entry itself says. */
  private void list(long at) throws IOException, Wrong {
    need(DIRECTORY_HEADER);
    int names = stored.u16(28);
    Entry told =
        new Entry(
            stored.u32(42),
            stored.u16(8),
            stored.u16(10),
            stored.u32(12),
            name(DIRECTORY_HEADER, names));
    told.crc = stored.u32(16);
    told.size = stored.u32(20);
    told.length = stored.u32(24);
    if (listed >= entries.size() || !told.words().equals(entries.get(listed))) {
      throw new Wrong(at, "the directory does not say what the entries say");
    }
    listed++;
    long all = 0L + DIRECTORY_HEADER + names + stored.u16(30) + stored.u16(32);
    if (stored.skip(all) < all) {
      throw cut();
    }
  }

  private void finish(long at) throws IOException, Wrong {
    need(END_HEADER);
    boolean right =
        listed == entries.size()
            && stored.u32(4) == 0
            && stored.u16(8) == listed
            && stored.u16(10) == listed
            && stored.u32(12) == at - directory
            && stored.u32(16) == directory;
    int comment = stored.u16(20);
    if (!right) {
      throw new Wrong(at, "the end of the directory does not say what the directory says");
    }
    if (stored.skip(0L + END_HEADER + comment) < END_HEADER + comment) {
      throw cut();
    }
    if (stored.hold(1)) {
      throw new Wrong(stored.at(), "bytes stand behind the end of the zip file");
    }
    ended = true;
  }

  private Piece broken(long from, String what) throws IOException {
    ended = true;
    stored.skip(Long.MAX_VALUE);
    return new Piece(chunk, 0, new Broken(from, stored.at() - from, true, what));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    stored.close();
  }
}
