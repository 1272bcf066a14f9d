package io.stockobserver.cli;

import io.stockobserver.VenueState;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.recorder.RecorderState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How it goes with one venue, in a handful of lines that stay where they are. It remembers the
 * figures told last, for what is told by the second. One thread.
 */
final class VenueBlock {
  private static final Duration TROUBLE_SHOWN = Duration.ofMinutes(1);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

  private long lastLines;
  private long lastFrames;
  private long lastNanos;

  /** Figures by the second are counted from here on. */
  VenueBlock(long nanos) {
    lastNanos = nanos;
  }

  /**
   * Its lines.
   *
   * @param now of the market
   * @param nanos a monotonic clock's, for figures by the second
   */
  List<String> lines(VenueState venue, Instant now, long nanos) {
    RecorderState s = venue.recorder();
    Map<String, Long> c = s.counters();
    double seconds = Math.max(0.001, (nanos - lastNanos) / 1e9);
    long written = c.get("swing_lines") + c.get("scalp_lines");
    double linesPerSecond = (written - lastLines) / seconds;
    double framesPerSecond = (c.get("frames") - lastFrames) / seconds;
    lastLines = written;
    lastFrames = c.get("frames");
    lastNanos = nanos;

    List<String> all = new ArrayList<>();
    ZoneId zone = s.day().zone();
    String local = DAY.format(now.atZone(zone)) + " KST";
    all.add("  market   " + local + "  " + session(s, now));
    all.add("  feed     " + feed(s, now) + "   " + whole(framesPerSecond) + " frames/s");
    all.add("  slots    " + slots(s));
    all.add("  swing    " + swing(s, zone));
    all.add("  lines    " + lines(c, linesPerSecond));
    RecorderState.Trouble trouble = s.trouble();
    if (venue.refusal() != null) {
      all.add("  refused  " + venue.refusal());
    } else if (trouble != null
        && Duration.between(trouble.at(), now).compareTo(TROUBLE_SHOWN) < 0) {
      all.add("  refused  " + trouble.text() + "   " + ago(trouble.at(), now));
    }
    all.add(
        "  writing  " + (s.diskTrouble() != null ? "WAITING: " + s.diskTrouble() : writing(venue)));
    return all;
  }

  private static String session(RecorderState s, Instant now) {
    String universe =
        s.members() == 0
            ? "no universe yet"
            : Words.count(s.members()) + (s.universeFrozen() ? " symbols" : " symbols for now");
    String market =
        !s.day().open() ? "closed today" : s.day().inSession(now) ? "open" : "outside hours";
    return market
        + (s.day().known() ? "" : " (calendar unknown, treated as open)")
        + ", "
        + universe;
  }

  private static String feed(RecorderState s, Instant now) {
    return (s.scalpPaused()
            ? "PAUSED, five minutes without success"
            : s.feedOpen() ? "open" : "down")
        + "   last frame "
        + (s.lastFrame() == null ? "none yet" : ago(s.lastFrame(), now));
  }

  private static String slots(RecorderState s) {
    return s.slotsAcknowledged()
        + " of "
        + s.slotsCapacity()
        + " acknowledged, "
        + s.slotsReceiving()
        + " receiving"
        + notHeard(s)
        + (s.mitigationLevel() == 0 ? "" : "   mitigation level " + s.mitigationLevel());
  }

  private static String notHeard(RecorderState s) {
    List<String> silent = s.notReceiving();
    if (silent.isEmpty()) {
      return "";
    }
    int shown = Math.min(5, silent.size());
    return ", not heard: "
        + String.join(" ", silent.subList(0, shown))
        + (silent.size() > shown ? " and " + (silent.size() - shown) + " more" : "");
  }

  private static String swing(RecorderState s, ZoneId zone) {
    if (s.lastSweep() == null) {
      return "no sweep yet";
    }
    return (s.sweeping() ? "sweeping " : "swept ")
        + MINUTE.format(s.lastSweep().atZone(zone))
        + "   "
        + Words.count(s.sweepRecorded())
        + " of "
        + Words.count(s.members());
  }

  private static String lines(Map<String, Long> c, double perSecond) {
    return Words.count(c.get("swing_lines"))
        + " swing, "
        + Words.count(c.get("scalp_lines"))
        + " scalp   "
        + whole(perSecond)
        + " lines/s   gaps "
        + c.get("gaps")
        + "   set aside "
        + c.get("set_aside")
        + (c.get("shed") > 0 ? "   shed " + Words.count(c.get("shed")) : "");
  }

  private static String writing(VenueState venue) {
    String latest = "nothing yet";
    for (OpenFile file : venue.openFiles()) {
      if (file.path().startsWith("scalp/") || latest.equals("nothing yet")) {
        latest = file.path() + "  " + Words.bytes(file.bytes());
      }
    }
    return latest;
  }

  private static String ago(Instant then, Instant now) {
    return Words.age(Duration.between(then, now)) + " ago";
  }

  private static String whole(double figure) {
    return String.format(Locale.ROOT, "%.0f", figure);
  }
}
