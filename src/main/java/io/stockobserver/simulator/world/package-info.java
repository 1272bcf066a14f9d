/**
 * The pretend Korean market behind the simulated venues: who is listed, when it is open, and what
 * every instrument trades at any market instant. It knows no wire format and no socket. A walk is a
 * function of seed, code and market instant, worked out only when somebody asks, so thousands of
 * instruments cost nothing while nobody looks. Not thread-safe: one event loop owns a world. Read
 * {@link io.stockobserver.simulator.world.World} first, then {@link
 * io.stockobserver.simulator.world.Instrument}.
 */
@NullMarked
package io.stockobserver.simulator.world;

import org.jspecify.annotations.NullMarked;
