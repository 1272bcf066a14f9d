/**
 * The pretend crypto market behind the simulated Upbit: which pairs are listed, and what every one
 * of them trades at any market instant, day and night. It knows no wire format and no socket. What
 * trades is a function of seed, pair and minute, worked out when somebody asks; prices and sizes
 * are whole numbers of a pair's own units. Not thread-safe: one event loop owns it. Read {@link
 * io.stockobserver.simulator.coin.CoinWorld} first, then {@link
 * io.stockobserver.simulator.coin.CoinMarket}.
 */
@NullMarked
package io.stockobserver.simulator.coin;

import org.jspecify.annotations.NullMarked;
