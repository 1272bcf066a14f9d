package io.stockobserver.route.meter;

import io.stockobserver.evidence.Event;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.venue.FeedState;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at a venue for all figures of a page: the recorder is asked once, not once a figure.
 * Thread-safe.
 */
final class Glance {
  private static final long FRESH_NANOS = 500_000_000;

  private final VenueSource source;
  private final LongSupplier nanos;
  private @Nullable RecorderState state;
  private long seenNanos;

  Glance(VenueSource source, LongSupplier nanos) {
    this.source = source;
    this.nanos = nanos;
  }

  synchronized RecorderState state() {
    long now = nanos.getAsLong();
    RecorderState known = state;
    if (known == null || now - seenNanos >= FRESH_NANOS) {
      known = source.state().get();
      state = known;
      seenNanos = now;
    }
    return known;
  }

  double dataAge() {
    return source.dataAgeSeconds().get();
  }

  Optional<FeedState> feed() {
    return source.feed().get();
  }

  double counter(String name) {
    return state().counters().getOrDefault(name, 0L);
  }

  /** A figure of the last minute; NaN where it said none, and before the first. */
  double minute(String name) {
    Event last = source.minute().get();
    Object value = last == null ? null : last.get(name);
    return value instanceof Number number
        ? number.doubleValue()
        : value instanceof Boolean is ? (is ? 1 : 0) : Double.NaN;
  }
}
