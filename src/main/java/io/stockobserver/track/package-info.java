/**
 * The two ways of watching: swing (slow, many) and scalp (fast, few): when they look, and what
 * should be watched next. Read {@code SweepGrid} first.
 */
@NullMarked
package io.stockobserver.track;

import org.jspecify.annotations.NullMarked;
