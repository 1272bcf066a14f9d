package io.stockobserver.archive;

import java.time.Duration;

/**
 * How well data gets to the disk.
 *
 * @param longest the longest time that forcing one file has taken since the start
 * @param unforcedBytes what a power cut would cost now
 * @param failures how often forcing failed since the start
 * @param lastFailure the last failure in words, empty when there was none
 */
public record Forcing(Duration longest, long unforcedBytes, long failures, String lastFailure) {}
