/**
 * How well something goes, in the smallest words that several rooms share: {@code Waits} tells how
 * long something takes, also while it has not ended. It judges nothing: what is too long is decided
 * in {@code mitigation}.
 */
@NullMarked
package io.stockobserver.health;

import org.jspecify.annotations.NullMarked;
