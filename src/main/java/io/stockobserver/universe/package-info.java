/**
 * Which instruments exist for us today. Read {@code Universe} first; it is frozen once a trading
 * day.
 */
@NullMarked
package io.stockobserver.universe;

import org.jspecify.annotations.NullMarked;
