package io.stockobserver.simulator;

import java.time.Instant;

/**
 * One HTTP call as the venue saw it.
 *
 * @param path without the query
 * @param trId the header of that name, or empty
 * @param at on the market clock
 * @param nanos on {@link System#nanoTime()}, for spacing
 * @param status what was answered; 0 while it is not
 */
public record Arrival(String path, String trId, Instant at, long nanos, int status) {}
