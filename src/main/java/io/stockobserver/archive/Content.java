package io.stockobserver.archive;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The uncompressed content of one file, piece by piece. Not thread-safe. */
interface Content extends Closeable {
  /**
   * A stretch of content, and what cannot be read behind it.
   *
   * @param bytes holds the stretch until the next call
   * @param size how many of them; 0 when there is only damage to tell
   * @param broken what stands behind; if there is any, no checksum proves the stretch itself
   */
  @SuppressWarnings("ArrayRecordComponent") // a piece is read, never compared
  record Piece(byte[] bytes, int size, @Nullable Broken broken) {}

  /**
   * Bytes that cannot be read.
   *
   * @param at where they begin in the file as it is stored
   * @param bytes how many they are there
   * @param last whether nothing readable follows
   * @param what in words
   */
  record Broken(long at, long bytes, boolean last, String what) {}

  /** The next piece; empty at the end. */
  Optional<Piece> next() throws IOException;

  /** How far the file as it is stored was read. */
  long at();
}
