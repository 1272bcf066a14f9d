/**
 * What happened to the observer itself: gaps, reconnections, operator acts. Data, not log lines.
 * Read {@code Event} first.
 */
@NullMarked
package io.stockobserver.evidence;

import org.jspecify.annotations.NullMarked;
