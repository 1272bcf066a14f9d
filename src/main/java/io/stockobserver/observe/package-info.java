/**
 * One thing seen: what, when it happened, when we heard it, from whom; and whether to trust it.
 * Read {@code Observation} first. What it leaves in the archive is a {@code Snapshot}. It keeps
 * nothing: the archive does.
 */
@NullMarked
package io.stockobserver.observe;

import org.jspecify.annotations.NullMarked;
