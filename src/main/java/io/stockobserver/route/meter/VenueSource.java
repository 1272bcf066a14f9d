package io.stockobserver.route.meter;

import io.stockobserver.evidence.Event;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.venue.FeedState;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the figures of one venue are.
 *
 * @param minute the last {@code metrics} event
 * @param dataAgeSeconds since data was last kept; NaN before the first
 * @param feed how its feed is
 */
public record VenueSource(
    String provider,
    String market,
    Supplier<RecorderState> state,
    Supplier<@Nullable Event> minute,
    Supplier<Double> dataAgeSeconds,
    Supplier<Optional<FeedState>> feed) {}
