package io.stockobserver.simulator.world;

/**
 * One match.
 *
 * @param second of the day, KST
 * @param price KRW; may lie on half a tick
 * @param size shares
 * @param strength buyers' volume against sellers' at that moment, in hundredths of a percent
 * @param second venue: it printed on NXT
 */
public record Trade(
    int second, long price, long size, Tally.Side side, long strength, boolean nxt) {}
