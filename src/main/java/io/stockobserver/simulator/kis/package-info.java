/**
 * KIS as its clients see it: tokens, REST quotations, master files and the feed, with its error
 * codes and limits. It invents no prices (that is {@code simulator.world}) and opens no port (that
 * is {@code simulator}). Everything runs on the one event loop of the simulator, so nothing here is
 * thread-safe. Read {@link io.stockobserver.simulator.kis.KisVenue} first.
 */
@NullMarked
package io.stockobserver.simulator.kis;

import org.jspecify.annotations.NullMarked;
