package io.stockobserver.archive;

import java.time.Instant;

/**
 * A run of whole lines for one file. The bytes end with a newline and are not copied: leave them
 * alone.
 *
 * @param path below the archive root, with the uncompressed name
 * @param lines how many lines it holds
 * @param firstLine the number, from 1, that its first line has in the file
 * @param first instant of the first line
 * @param last instant of the last line
 * @param firstSeq seq of the first line, 0 when this is no tape
 * @param lastSeq seq of the last line, 0 when this is no tape
 */
@SuppressWarnings("ArrayRecordComponent") // a batch is handed on, never compared
public record Batch(
    Lane lane,
    String path,
    byte[] bytes,
    int lines,
    long firstLine,
    Instant first,
    Instant last,
    long firstSeq,
    long lastSeq) {}
