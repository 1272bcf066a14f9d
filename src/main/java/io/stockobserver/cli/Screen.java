package io.stockobserver.cli;

import io.stockobserver.Collector;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.recorder.RecorderState;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How collecting goes, for a person: a block that updates itself on a terminal, a plain line now
 * and then elsewhere. It reads states and changes nothing. One thread.
 */
final class Screen implements AutoCloseable {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
  private static final Duration TROUBLE_SHOWN = Duration.ofMinutes(1);
  private static final String CLEAR_LINE = "\u001b[K";

  private final Collector collector;
  private final boolean json;
  private final PrintStream out = System.out;
  private final boolean terminal;
  private volatile boolean running;
  private @Nullable Thread thread;
  private int drawn;
  private boolean ready;
  private long lastLines;
  private long lastFrames;
  private long lastNanos;
  private long plainNanos;
  private long beganNanos;

  Screen(Collector collector, boolean json) {
    this.collector = collector;
    this.json = json;
    this.terminal = Boolean.getBoolean("observer.terminal") && !json;
  }

  void start() {
    beganNanos = System.nanoTime();
    lastNanos = beganNanos;
    running = true;
    if (!json) {
      out.println(opening());
    }
    Thread t = new Thread(this::run, "observer-screen");
    t.setDaemon(true);
    thread = t;
    t.start();
  }

  private String opening() {
    RecorderState s = collector.state();
    String venue =
        collector.simulator() == null
            ? "kis"
            : "kis, simulated on port " + collector.simulator().port();
    return "Collecting from "
        + venue
        + " into "
        + collector.root()
        + (s == null ? "" : "  (" + s.sessionId() + ")");
  }

  private void run() {
    while (running) {
      RecorderState s = collector.state();
      if (s != null && !json) {
        tellReady(s);
        draw(s);
      }
      try {
        Thread.sleep(ready ? (terminal ? 500 : 1000) : 100);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Told once: the universe is frozen, the feed open, the first slot acknowledged. */
  private void tellReady(RecorderState s) {
    if (!ready && s.universeFrozen() && s.feedOpen() && s.slotsAcknowledged() > 0) {
      ready = true;
      Instant began = ProcessHandle.current().info().startInstant().orElse(collector.systemNow());
      if (terminal && drawn > 0) {
        // The line takes the block's place; the block is drawn anew below it.
        out.print("\u001b[" + drawn + "A\r\u001b[J");
      }
      out.println(
          "Ready "
              + Words.age(Duration.between(began, collector.systemNow()))
              + " after the command."
              + (terminal ? CLEAR_LINE : ""));
      String greeting = collector.greeting();
      if (!greeting.isEmpty()) {
        out.println(greeting + (terminal ? CLEAR_LINE : ""));
      }
      drawn = 0;
    }
  }

  private void draw(RecorderState s) {
    List<String> lines = lines(s);
    if (terminal) {
      StringBuilder all = new StringBuilder();
      if (drawn > 0) {
        all.append("\u001b[").append(drawn).append('A');
      }
      int width = width();
      for (int i = lines.size(); i < drawn; i++) {
        lines.add("");
      }
      for (String line : lines) {
        all.append('\r')
            .append(line.length() > width ? line.substring(0, width) : line)
            .append(CLEAR_LINE)
            .append('\n');
      }
      drawn = lines.size();
      out.print(all);
      out.flush();
    } else {
      long now = System.nanoTime();
      if (plainNanos == 0 || now - plainNanos >= PLAIN_EVERY.toNanos()) {
        plainNanos = now;
        out.println(String.join(" | ", lines).replaceAll(" {2,}", " ").trim());
      }
    }
  }

  private static int width() {
    return Math.max(20, Integer.getInteger("observer.columns", 100) - 1);
  }

  private List<String> lines(RecorderState s) {
    Map<String, Long> c = s.counters();
    Instant now = collector.clock().instant();
    long nanos = System.nanoTime();
    double seconds = Math.max(0.001, (nanos - lastNanos) / 1e9);
    long written = c.get("swing_lines") + c.get("scalp_lines");
    double linesPerSecond = (written - lastLines) / seconds;
    double framesPerSecond = (c.get("frames") - lastFrames) / seconds;
    lastLines = written;
    lastFrames = c.get("frames");
    lastNanos = nanos;

    List<String> all = new ArrayList<>();
    ZoneId zone = s.day().zone();
    all.add(
        "  market   "
            + DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(now.atZone(zone))
            + " KST  "
            + session(s, now));
    all.add(
        "  feed     "
            + (s.scalpPaused()
                ? "PAUSED, five minutes without success"
                : s.feedOpen() ? "open" : "down")
            + "   last frame "
            + (s.lastFrame() == null
                ? "none yet"
                : Words.age(Duration.between(s.lastFrame(), now)) + " ago")
            + String.format(java.util.Locale.ROOT, "   %.0f frames/s", framesPerSecond));
    all.add(
        "  slots    "
            + s.slotsAcknowledged()
            + " of "
            + s.slotsCapacity()
            + " acknowledged, "
            + s.slotsReceiving()
            + " receiving"
            + notHeard(s)
            + (s.mitigationLevel() == 0 ? "" : "   mitigation level " + s.mitigationLevel()));
    all.add("  swing    " + swing(s, zone));
    all.add(
        "  lines    "
            + Words.count(c.get("swing_lines"))
            + " swing, "
            + Words.count(c.get("scalp_lines"))
            + " scalp"
            + String.format(java.util.Locale.ROOT, "   %.0f lines/s", linesPerSecond)
            + "   gaps "
            + c.get("gaps")
            + "   set aside "
            + c.get("set_aside")
            + (c.get("shed") > 0 ? "   shed " + Words.count(c.get("shed")) : ""));
    RecorderState.Trouble trouble = s.trouble();
    if (trouble != null && Duration.between(trouble.at(), now).compareTo(TROUBLE_SHOWN) < 0) {
      all.add(
          "  refused  "
              + trouble.text()
              + "   "
              + Words.age(Duration.between(trouble.at(), now))
              + " ago");
    }
    all.add("  writing  " + (s.diskTrouble() != null ? "WAITING: " + s.diskTrouble() : writing()));
    return all;
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

  private static String session(RecorderState s, Instant now) {
    String universe =
        s.universeFrozen() ? Words.count(s.members()) + " symbols" : "no universe yet";
    String market =
        !s.day().open() ? "closed today" : s.day().inSession(now) ? "open" : "outside hours";
    return market
        + (s.day().known() ? "" : " (calendar unknown, treated as open)")
        + ", "
        + universe;
  }

  private static String swing(RecorderState s, ZoneId zone) {
    if (s.lastSweep() == null) {
      return "no sweep yet";
    }
    return (s.sweeping() ? "sweeping " : "swept ")
        + DateTimeFormatter.ofPattern("HH:mm").format(s.lastSweep().atZone(zone))
        + "   "
        + Words.count(s.sweepRecorded())
        + " of "
        + Words.count(s.members());
  }

  private String writing() {
    String latest = "nothing yet";
    for (OpenFile file : collector.openFiles()) {
      if (file.path().startsWith("scalp/") || latest.equals("nothing yet")) {
        latest = file.path() + "  " + Words.bytes(file.bytes());
      }
    }
    return latest;
  }

  /** What was written, where, and how to look at it. */
  void summary() {
    RecorderState s = collector.lastState();
    if (s == null) {
      return;
    }
    Map<String, Long> c = s.counters();
    if (json) {
      out.println(SummaryJson.of(s, collector.root()));
      return;
    }
    out.println();
    out.println("Session " + s.sessionId() + " ended cleanly.");
    out.println(
        "  "
            + Words.count(c.get("scalp_lines"))
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
            + " records set aside");
    out.println("  in " + collector.root());
    out.println("Prove it:     ./observer verify --data " + collector.root());
    out.println(
        "Look at it:   tail -n 1 "
            + collector.root()
            + "/scalp/kis/kr_stocks/"
            + s.day().date().format(DateTimeFormatter.BASIC_ISO_DATE)
            + "/*.jsonl");
  }

  @Override
  public void close() {
    running = false;
    Thread t = thread;
    if (t != null) {
      t.interrupt();
    }
  }
}
