package io.stockobserver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads a file that nobody sealed: finds how far its whole lines go, and what those hold. Changes
 * nothing. Two passes: backwards from the end to the last line that is JSON, then once through all
 * that is kept.
 */
final class TailScan {
  private static final int CHUNK = 1 << 16;

  private final Disk disk;
  private final Path file;

  private TailScan(Disk disk, Path file) {
    this.disk = disk;
    this.file = file;
  }

  /**
   * What a scan found.
   *
   * @param bytes how far the whole lines go
   * @param tornBytes how many bytes stand behind them
   * @param damagedLines lines among the kept that cannot be JSON
   * @param firstDamaged the first of these, from 1; 0 none
   * @param digest has seen exactly the kept bytes
   * @param prefixSha256 checksum of the prefix asked for; empty when the file is shorter
   */
  record Found(
      long bytes,
      long lines,
      long tornBytes,
      long damagedLines,
      long firstDamaged,
      LineFacts first,
      LineFacts last,
      MessageDigest digest,
      String prefixSha256) {}

  /** Scans a file; {@code prefix} is how many bytes of it a manifest vouches for, 0 none. */
  static Found scan(Disk disk, Path file, long prefix) throws IOException {
    return new TailScan(disk, file).scan(prefix);
  }

  /** The facts of the last line that is JSON; looks no further. */
  static LineFacts last(Disk disk, Path file) throws IOException {
    TailScan scan = new TailScan(disk, file);
    for (long end = scan.newlineBefore(disk.size(file)); end >= 0; ) {
      long before = scan.newlineBefore(end);
      LineFacts facts = LineFacts.of(scan.bytes(before + 1, end));
      if (facts.valid()) {
        return facts;
      }
      end = before;
    }
    return LineFacts.NONE;
  }

  private Found scan(long prefix) throws IOException {
    long size = disk.size(file);
    long whole = newlineBefore(size) + 1;
    LineFacts last = LineFacts.NONE;
    while (whole > 0) {
      long lineStart = newlineBefore(whole - 1) + 1;
      last = LineFacts.of(bytes(lineStart, whole - 1));
      if (last.valid()) {
        break;
      }
      whole = lineStart;
    }
    return read(whole, size - whole, last, prefix);
  }

  /** The position of the last newline before {@code end}; -1 when there is none. */
  private long newlineBefore(long end) throws IOException {
    for (long to = end; to > 0; to -= CHUNK) {
      long from = Math.max(0, to - CHUNK);
      byte[] chunk = disk.read(file, from, (int) (to - from));
      for (int i = chunk.length - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          return from + i;
        }
      }
    }
    return -1;
  }

  private byte[] bytes(long from, long to) throws IOException {
    if (to - from > Integer.MAX_VALUE - 16) {
      return new byte[0]; // no line of ours is that long; it counts as torn
    }
    return disk.read(file, from, (int) (to - from));
  }

  private Found read(long whole, long torn, LineFacts last, long prefix) throws IOException {
    MessageDigest digest = Sha256.start();
    LineCheck check = new LineCheck();
    String prefixSha256 = "";
    byte[] chunk = new byte[1 << 16];
    long left = whole;
    long at = 0;
    try (InputStream in = disk.read(file)) {
      while (left > 0) {
        boolean prefixAhead = prefix > at && prefix <= whole;
        long want = Math.min(left, prefixAhead ? prefix - at : Long.MAX_VALUE);
        int n = in.read(chunk, 0, (int) Math.min(chunk.length, want));
        if (n < 0) {
          throw new IOException("ends early: " + file);
        }
        digest.update(chunk, 0, n);
        check.take(chunk, n);
        at += n;
        left -= n;
        if (at == prefix) {
          prefixSha256 = Sha256.soFar(digest);
        }
      }
    }
    LineFacts first = whole == 0 ? LineFacts.NONE : LineFacts.of(firstLine(whole));
    return new Found(
        whole,
        check.lines,
        torn,
        check.damaged,
        check.firstDamaged,
        first,
        last,
        digest,
        prefixSha256);
  }

  private byte[] firstLine(long whole) throws IOException {
    for (int size = CHUNK; ; size *= 4) {
      byte[] head = disk.read(file, 0, (int) Math.min(size, whole));
      for (int i = 0; i < head.length; i++) {
        if (head[i] == '\n') {
          return Arrays.copyOf(head, i);
        }
      }
    }
  }

  /** A cheap look at every line: braces at both ends and no control characters between. */
  static final class LineCheck {
    long lines;
    long damaged;
    long firstDamaged;
    private int before = '\n';
    private boolean bad;

    void take(byte[] chunk, int count) {
      int previous = before;
      for (int i = 0; i < count; i++) {
        int b = chunk[i];
        if (previous == '\n') {
          bad = b != '{';
        } else if (b >= 0 && b < ' ' && b != '\n') {
          bad = true;
        }
        if (b == '\n') {
          lines++;
          if (bad || previous != '}') {
            damaged++;
            firstDamaged = firstDamaged == 0 ? lines : firstDamaged;
          }
        }
        previous = b;
      }
      before = previous;
    }
  }
}
