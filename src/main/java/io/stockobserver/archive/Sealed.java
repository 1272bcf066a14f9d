package io.stockobserver.archive;

import java.time.Instant;

/**
 * A file that the manifest now lists as sealed. Bytes, lines and checksum speak of the uncompressed
 * content.
 *
 * @param path below the archive root, uncompressed name
 * @param first instant of the first line
 * @param last instant of the last line
 * @param recovered whether an earlier process had left it unsealed
 * @param damage what is wrong with it, empty when nothing is: its content on disk was not what had
 *     been written, and the checksum is that of what had been written
 */
public record Sealed(
    Lane lane,
    String path,
    long bytes,
    long lines,
    String sha256,
    Instant first,
    Instant last,
    boolean recovered,
    String damage) {}
