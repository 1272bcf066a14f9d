/**
 * Upbit as its clients see it: REST quotations with their groups of calls, and the WebSocket with
 * its formats, errors and limits. It invents no prices (that is {@code simulator.coin}) and opens
 * no port (that is {@code simulator}). Everything runs on the one event loop of the simulator, so
 * nothing here is thread-safe. Read {@link io.stockobserver.simulator.upbit.UpbitVenue} first.
 */
@NullMarked
package io.stockobserver.simulator.upbit;

import org.jspecify.annotations.NullMarked;
