/**
 * Pretend exchanges that answer, stall, repeat, drop and lie on request. Shares no code with a
 * provider.
 */
@NullMarked
package io.stockobserver.simulator;

import org.jspecify.annotations.NullMarked;
