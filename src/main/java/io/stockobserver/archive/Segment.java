package io.stockobserver.archive;

import java.time.Instant;

/**
 * A file that was closed: nothing is appended to it any more, it waits for its seal.
 *
 * @param path below the archive root
 * @param start the instant that its name tells
 * @param end when it ended by the market clock
 * @param recovered whether an earlier process left it unsealed
 */
public record Segment(
    Lane lane, String path, Instant start, Instant end, long lines, boolean recovered) {}
