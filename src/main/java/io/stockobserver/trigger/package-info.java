/**
 * What in the market makes us look closer: volume, velocity, volatility, price, or a person's word.
 * Read {@code TriggerEngine} first, then a trigger such as {@code VolumeSurge}. It hands out
 * interest and gives nobody a slot.
 */
@NullMarked
package io.stockobserver.trigger;

import org.jspecify.annotations.NullMarked;
