package io.stockobserver.cli;

import io.stockobserver.VenueState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the screen shows of all venues: the block of the one, or one under the other. One thread.
 */
final class ScreenPage {
  private final Map<String, VenueBlock> blocks = new HashMap<>();
  private final long beganNanos;

  ScreenPage(long beganNanos) {
    this.beganNanos = beganNanos;
  }

  /** For a terminal: a block for each venue, under its name where there are several. */
  List<String> lines(List<VenueState> venues, Instant now, long nanos) {
    List<String> all = new ArrayList<>();
    for (VenueState venue : venues) {
      if (venues.size() > 1) {
        all.add(venue.provider() + "  " + venue.recorder().market());
      }
      all.addAll(block(venue, now, nanos));
    }
    return all;
  }

  /** For a log: a line for each venue, with its name where there are several. */
  List<String> plain(List<VenueState> venues, Instant now, long nanos) {
    List<String> all = new ArrayList<>();
    for (VenueState venue : venues) {
      String line = String.join(" | ", block(venue, now, nanos)).replaceAll(" {2,}", " ").trim();
      all.add(venues.size() > 1 ? venue.provider() + ": " + line : line);
    }
    return all;
  }

  private List<String> block(VenueState venue, Instant now, long nanos) {
    return blocks
        .computeIfAbsent(venue.provider(), provider -> new VenueBlock(beganNanos))
        .lines(venue, now, nanos);
  }
}
