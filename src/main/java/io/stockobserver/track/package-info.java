/**
 * The two ways of watching: swing (slow, many) and scalp (fast, few): their windows, their grids
 * and the lines they leave. Read {@code Snapshot} first.
 */
@NullMarked
package io.stockobserver.track;

import org.jspecify.annotations.NullMarked;
