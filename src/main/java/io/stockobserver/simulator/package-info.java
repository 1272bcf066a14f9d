/**
 * Pretend exchanges that answer, stall, repeat, drop and lie on request, on one loopback port. Not
 * a back-tester and not a model of prices: what it sends is right in form and plausible in content.
 * It shares no code with a provider, so that the two cannot agree by sharing a mistake. Read {@link
 * io.stockobserver.simulator.Simulator} first, then {@link
 * io.stockobserver.simulator.SimulatorOptions} and {@link io.stockobserver.simulator.FaultScript}
 * (the file format of {@code --faults}).
 *
 * <p>This package has the port, the faults and the counters; {@code world} has the pretend market,
 * {@code kis} what one venue says about it. Another venue is another package that implements {@link
 * io.stockobserver.simulator.Venue}.
 */
@NullMarked
package io.stockobserver.simulator;

import org.jspecify.annotations.NullMarked;
