package io.stockobserver.archive;

import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads files whole and says what is stored, and what that holds. A file that has several names (a
 * package links what is compressed already) is read once, until {@link #forget}. Thread-safe; holds
 * no file's content.
 */
final class Proofs {
  private static final int CHUNK = 1 << 17;

  private final LongConsumer heard;
  private final Map<Object, Proof> linked = new ConcurrentHashMap<>();

  /**
   * Begins to read.
   *
   * @param heard is told how many stored bytes were read, by whichever thread reads
   */
  Proofs(LongConsumer heard) {
    this.heard = heard;
  }

  /**
   * What a file is.
   *
   * @param storedBytes its length
   * @param storedSha256 of it as it is stored
   * @param bytes of what it holds, as far as that can be read
   * @param sha256 of that
   * @param prefix checksum of the first bytes of what it holds, as many as were asked for; empty
   *     when it has fewer
   * @param trouble why its content ends before its end; empty when it does not
   */
  record Proof(
      long storedBytes,
      String storedSha256,
      long bytes,
      String sha256,
      String prefix,
      String trouble) {}

  /** Reads a file; one that ends in {@code .zst} holds what was compressed. */
  Proof of(Path file) throws IOException {
    Object key = linkedKey(file);
    if (key == null) {
      return of(file, 0);
    }
    Proof known = linked.get(key);
    if (known == null) {
      known = of(file, 0);
      linked.put(key, known);
    } else {
      heard.accept(known.storedBytes());
    }
    return known;
  }

  /** The same, with the checksum of a prefix of what it holds. */
  Proof of(Path file, long prefix) throws IOException {
    boolean compressed = file.toString().endsWith(".zst");
    Sum stored = new Sum(compressed ? 0 : prefix);
    Sum content = compressed ? new Sum(prefix) : stored;
    String trouble = "";
    try (InputStream source = new Heard(Files.newInputStream(file), stored)) {
      byte[] chunk = new byte[CHUNK];
      if (compressed) {
        trouble = decompress(source, chunk, content);
      }
      int rest = 0; // what stands behind damage is part of the file, too
      while (rest >= 0) {
        rest = source.read(chunk, 0, chunk.length);
      }
    }
    String held = stored.sha256();
    return new Proof(
        stored.bytes,
        held,
        content.bytes,
        compressed ? content.sha256() : held,
        content.prefix,
        trouble);
  }

  private static String decompress(InputStream source, byte[] chunk, Sum content) {
    try {
      // Not the source itself: it is read on behind damage.
      try (InputStream zstd = new ZstdInputStreamNoFinalizer(new Unclosed(source))) {
        for (int n = zstd.read(chunk, 0, CHUNK); n >= 0; n = zstd.read(chunk, 0, CHUNK)) {
          content.update(chunk, 0, n);
        }
        return "";
      }
    } catch (IOException | ZstdException damaged) {
      return String.valueOf(damaged.getMessage());
    }
  }

  /** Drops what it remembers. */
  void forget() {
    linked.clear();
  }

  /** What tells a file with several names apart; null for one with a single name. */
  private static @Nullable Object linkedKey(Path file) {
    try {
      if ((int) Files.getAttribute(file, "unix:nlink") < 2) {
        return null;
      }
      BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
      boolean compressed = file.toString().endsWith(".zst");
      return of.fileKey() == null ? null : of.fileKey() + "/" + of.size() + "/" + compressed;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return null; // not a system that tells
    }
  }

  /** A running checksum that also gives that of a prefix. */
  private static final class Sum {
    private final MessageDigest digest = Sha256.start();
    private final long wanted;
    private long bytes;
    private String prefix = "";

    Sum(long wanted) {
      this.wanted = wanted;
    }

    void update(byte[] chunk, int from, int count) {
      int before = (int) Math.min(count, Math.max(0, wanted - bytes));
      digest.update(chunk, from, before);
      bytes += before;
      if (before > 0 && bytes == wanted) {
        prefix = Sha256.soFar(digest);
      }
      digest.update(chunk, from + before, count - before);
      bytes += count - before;
    }

    String sha256() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /** Stays open when who reads it is done. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream source) {
      super(source);
    }

    @Override
    public void close() {
      // Who has opened the source closes it.
    }
  }

  /** The stored bytes, summed while they are read. */
  private final class Heard extends FilterInputStream {
    private final Sum sum;

    Heard(InputStream source, Sum sum) {
      super(source);
      this.sum = sum;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int n = in.read(bytes, from, count);
      if (n > 0) {
        sum.update(bytes, from, n);
        heard.accept(n);
      }
      return n;
    }
  }
}
