package io.stockobserver.etl;

import io.stockobserver.archive.SegmentReader;
import io.stockobserver.archive.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Reads one file's lines, each once, and streams their rows into one table, in the transaction of
 * its caller. What it read must be what the manifest vouches for, to the byte. Not thread-safe.
 */
final class SegmentCopy {
  private static final int CHUNK = 1 << 16;
  private static final Pattern AT_LINE = Pattern.compile("line (\\d+)");

  private final Path root;
  private final Track track;
  private final Source source;
  private final Sums sums = new Sums();
  private final Bytes rows = new Bytes(CHUNK + 1024);
  private final RowHash hash = new RowHash();
  private long told;

  SegmentCopy(Path root, Track track, Source source) {
    this.root = root;
    this.track = track;
    this.source = source;
  }

  /**
   * Copies.
   *
   * @param into the COPY statement that takes the rows
   * @param read is told how many bytes more were read
   * @throws Refusal when the file or a line is not what it should be; the transaction must be
   *     rolled back then
   */
  Sums into(CopyManager copies, String into, int segment, LongConsumer read)
      throws SQLException, IOException, Refusal {
    CopyIn copy = copies.copyIn(into);
    try {
      rows.head();
      read(copy, segment, read);
      rows.tail();
      flush(copy);
      copy.endCopy();
      return sums;
    } catch (SQLException e) {
      @Nullable Refusal refused = refusal(e);
      if (refused == null) {
        throw e;
      }
      throw refused;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void read(CopyIn copy, int segment, LongConsumer read)
      throws IOException, Refusal, SQLException {
    MessageDigest sha = Sha256.start();
    SnapshotLine row = new SnapshotLine(track, source);
    long lines = 0;
    long bytes = 0;
    try (SegmentReader reader = SegmentReader.open(root, source.path())) {
      while (bytes < source.bytes()) {
        Optional<SegmentReader.Line> next = reader.next();
        if (next.isEmpty()) {
          throw torn(reader, lines);
        }
        SegmentReader.Line line = next.get();
        sha.update(line.bytes());
        sha.update((byte) '\n');
        bytes += line.bytes().length + 1;
        lines++;
        row.read(line.bytes(), lines);
        row.row(rows, segment, source.path(), lines);
        sums.add(row.minute(), row.hash(hash, source.path(), lines));
        if (rows.size() >= CHUNK) {
          flush(copy);
          read.accept(bytes - told);
          told = bytes;
        }
      }
      read.accept(bytes - told);
      if (source.sealed() && reader.next().isPresent()) {
        throw new Refusal(lines + 1, "there is more in the file than was sealed");
      }
    } catch (NoSuchFileException e) {
      throw new Refusal(0, "the manifest lists it and it is not there");
    }
    String found = Sha256.of(sha);
    if (bytes != source.bytes() || !found.equals(source.sha256())) {
      throw new Refusal(
          0, "its content is not what the manifest vouches for (sha256 " + found + ")");
    }
  }

  private void flush(CopyIn copy) throws SQLException {
    copy.writeToCopy(rows.array(), 0, rows.size());
    rows.clear();
  }

  private static Refusal torn(SegmentReader reader, long lines) {
    return reader
        .damage()
        .map(damage -> new Refusal(lines + 1, "it cannot be read on: " + damage.what()))
        .orElseGet(() -> new Refusal(lines + 1, "it ends before what the manifest vouches for"));
  }

  /** The database's own word about a row; null when it is about something else. */
  private static @Nullable Refusal refusal(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (!state.startsWith("22") && !state.startsWith("23")) {
      return null;
    }
    Matcher line = AT_LINE.matcher(String.valueOf(e.getMessage()));
    return new Refusal(
        line.find() ? Long.parseLong(line.group(1)) : 0,
        String.valueOf(e.getMessage()).lines().findFirst().orElse("refused"));
  }
}
