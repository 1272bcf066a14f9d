/**
 * How well something goes. {@code Check} is the answer to one question; {@code VenueChecks} judges
 * what is known of a venue, silence in market time; {@code HealthBoard} remembers since when.
 * {@code Waits} tells how long something takes, also while it has not ended, and judges nothing:
 * what is too long is decided in {@code mitigation}. Start with {@code VenueChecks}.
 */
@NullMarked
package io.stockobserver.health;

import org.jspecify.annotations.NullMarked;
