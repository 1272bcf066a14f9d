package io.stockobserver.cli;

import io.stockobserver.VenueState;
import io.stockobserver.recorder.RecorderState;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was written, where, and how to look at it, for a person. */
final class SummaryText {
  private SummaryText() {}

  static List<String> of(List<VenueState> venues, Path root) {
    List<String> all = new ArrayList<>();
    all.add("");
    all.add("Session " + venues.get(0).recorder().sessionId() + " ended cleanly.");
    for (VenueState venue : venues) {
      String name = venues.size() > 1 ? String.format("%-8s ", venue.provider()) : "";
      all.add("  " + name + written(venue.recorder().counters()));
      if (venue.refusal() != null) {
        all.add("  " + name + "NOT observed to the end: " + venue.refusal());
      }
    }
    all.add("  in " + root);
    all.add("Prove it:     ./observer verify --data " + root);
    String look = "Look at it:   ";
    for (VenueState venue : venues) {
      all.add(look + "tail -n 1 " + newest(venue.recorder(), root));
      look = " ".repeat(look.length());
    }
    return all;
  }

  private static String written(Map<String, Long> c) {
    return Words.count(c.get("scalp_lines"))
        + " scalp lines, "
        + Words.count(c.get("swing_lines"))
        + " swing lines, "
        + Words.count(c.get("frames"))
        + " frames and "
        + Words.count(c.get("answers"))
        + " answers on tape, "
        + c.get("gaps")
        + " gaps, "
        + c.get("set_aside")
        + " records set aside";
  }

  private static String newest(RecorderState s, Path root) {
    return root
        + "/scalp/"
        + s.provider()
        + '/'
        + s.market()
        + '/'
        + s.day().date().format(DateTimeFormatter.BASIC_ISO_DATE)
        + "/*.jsonl";
  }
}
