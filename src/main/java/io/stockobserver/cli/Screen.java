package io.stockobserver.cli;

import io.stockobserver.Collector;
import io.stockobserver.VenueState;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.simulator.Simulator;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How collecting goes, for a person: blocks that update themselves on a terminal, plain lines now
 * and then elsewhere. It reads states and changes nothing. One thread.
 */
final class Screen implements AutoCloseable {
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
  private static final String CLEAR_LINE = "\u001b[K";

  private final Collector collector;
  private final boolean json;
  private final PrintStream out = System.out;
  private final boolean terminal;
  private final ScreenPage page = new ScreenPage(System.nanoTime());
  private final Set<String> ready = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private volatile boolean running;
  private @Nullable Thread thread;
  private int drawn;
  private long plainNanos;

  Screen(Collector collector, boolean json) {
    this.collector = collector;
    this.json = json;
    this.terminal = Boolean.getBoolean("observer.terminal") && !json;
  }

  void start() {
    running = true;
    if (!json) {
      out.println(opening(collector.venues()));
      out.println("Listening on " + collector.listening());
    } else if (!collector.oneTimePassword().isEmpty()) {
      System.err.println("observer: " + collector.oneTimePassword());
    }
    Thread t = new Thread(this::run, "observer-screen");
    t.setDaemon(true);
    thread = t;
    t.start();
  }

  private String opening(List<VenueState> venues) {
    Simulator simulator = collector.simulator();
    return "Collecting from "
        + venues.stream().map(VenueState::provider).collect(Collectors.joining(" and "))
        + (simulator == null ? "" : ", simulated on port " + simulator.port())
        + " into "
        + collector.root()
        + venues.stream()
            .findFirst()
            .map(venue -> "  (" + venue.recorder().sessionId() + ")")
            .orElse("");
  }

  private void run() {
    while (running) {
      List<VenueState> venues = collector.venues();
      if (!json) {
        venues.forEach(venue -> tellReady(venue, venues.size() > 1));
        venues.forEach(venue -> tellRefused(venue, venues.size() > 1));
        draw(venues);
      }
      boolean settled = ready.size() + refused.size() >= venues.size();
      try {
        Thread.sleep(settled ? (terminal ? 500 : 1000) : 100);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Told once: the universe is frozen, the feed open, the first slot acknowledged. */
  private void tellReady(VenueState venue, boolean several) {
    RecorderState s = venue.recorder();
    boolean is = s.members() > 0 && s.feedOpen() && s.slotsAcknowledged() > 0;
    if (is && ready.add(venue.provider())) {
      Instant began = ProcessHandle.current().info().startInstant().orElse(collector.systemNow());
      say(
          (several ? venue.provider() + " ready " : "Ready ")
              + Words.age(Duration.between(began, collector.systemNow()))
              + " after the command.");
      if (!venue.greeting().isEmpty()) {
        say((several ? venue.provider() + ": " : "") + venue.greeting());
      }
    }
  }

  /** Told once; alone it is the end, and told there. */
  private void tellRefused(VenueState venue, boolean several) {
    if (several && venue.refusal() != null && refused.add(venue.provider())) {
      say(venue.provider() + " is not observed any more: " + venue.refusal());
    }
  }

  /** A line that stays: it takes the blocks' place, which are drawn anew below it. */
  private void say(String line) {
    if (terminal && drawn > 0) {
      out.print("\u001b[" + drawn + "A\r\u001b[J");
    }
    out.println(line + (terminal ? CLEAR_LINE : ""));
    drawn = 0;
  }

  private void draw(List<VenueState> venues) {
    Instant now = collector.clock().instant();
    long nanos = System.nanoTime();
    if (terminal) {
      redraw(new ArrayList<>(page.lines(venues, now, nanos)));
      return;
    }
    List<String> lines = page.plain(venues, now, nanos);
    if (plainNanos == 0 || nanos - plainNanos >= PLAIN_EVERY.toNanos()) {
      plainNanos = nanos;
      lines.forEach(out::println);
    }
  }

  private void redraw(List<String> lines) {
    StringBuilder all = new StringBuilder();
    if (drawn > 0) {
      all.append("\u001b[").append(drawn).append('A');
    }
    int width = width();
    for (int i = lines.size(); i < drawn; i++) {
      lines.add("");
    }
    for (String line : lines) {
      all.append('\r').append(Words.cut(line, width)).append(CLEAR_LINE).append('\n');
    }
    drawn = lines.size();
    out.print(all);
    out.flush();
  }

  private static int width() {
    return Math.max(20, Integer.getInteger("observer.columns", 100) - 1);
  }

  /** What was written, where, and how to look at it. */
  void summary() {
    List<VenueState> venues = collector.venues();
    if (json) {
      venues.forEach(venue -> out.println(SummaryJson.of(venue, collector.root())));
    } else if (!venues.isEmpty()) {
      SummaryText.of(venues, collector.root()).forEach(out::println);
    }
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
