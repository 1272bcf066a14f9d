package io.stockobserver.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What makes a day anomalous, by the list of docs/archive-format.md section 9. Pure. */
final class Anomalies {
  private static final int RECONNECTS = 20;
  private static final long DISCONNECTED_MILLIS = 600_000;
  private static final int LOG_GAP_SECONDS = 60;
  private static final int LOG_GAPS = 2;
  private static final double RECORDING_RATE = 0.97;
  private static final double CPU_PERCENT = 85;
  private static final long CPU_MILLIS = 600_000;
  private static final long MINUTE = 60_000;
  private static final double DISK_PERCENT = 80;

  private final List<Told> events;
  private final List<Excuse> excuses;
  private final List<Anomaly> found = new ArrayList<>();

  private Anomalies(List<Told> events, List<Excuse> excuses) {
    this.events = events;
    this.excuses = excuses;
  }

  /**
   * All of a day.
   *
   * @param plan null when nothing was due
   * @param rate null when nothing was due
   */
  static List<Anomaly> of(
      List<Told> events, List<Excuse> excuses, @Nullable Plan plan, @Nullable Rate rate) {
    Anomalies all = new Anomalies(events, excuses);
    all.reconnects();
    if (plan != null && rate != null) {
      all.disconnected(plan);
      all.silences(plan, rate);
      all.recordingRate(plan, rate);
    }
    all.cpu();
    all.disk();
    all.told("etl_failed");
    all.told("backup_failed");
    all.told("anomaly_marked");
    return List.copyOf(all.found);
  }

  private void reconnects() {
    List<String> refs = new ArrayList<>();
    for (Told told : events) {
      if (told.is("reconnection_event") && told.text("result").equals("SUCCESS")) {
        refs.add(told.ref());
      }
    }
    if (refs.size() >= RECONNECTS) {
      add("reconnects", null, null, refs.size() + " reconnections (20 or more)", refs);
    }
  }

  private void disconnected(Plan plan) {
    List<Excuse> lost =
        excuses.stream()
            .filter(e -> e.reason().equals("ws_disconnect") && e.concerns("scalp"))
            .sorted(Comparator.comparingLong(Excuse::from))
            .toList();
    long sum = 0;
    long reached = plan.scalpFrom();
    List<String> refs = new ArrayList<>();
    for (Excuse e : lost) {
      long from = Math.max(e.from(), reached);
      long until = Math.min(e.until(), plan.scalpUntil());
      if (until > from) {
        sum += until - from;
        reached = until;
        refs.add(e.ref());
      }
    }
    if (sum >= DISCONNECTED_MILLIS) {
      add(
          "disconnected",
          null,
          null,
          "disconnected for " + sum / 1000 + " s in all (600 s or more)",
          refs);
    }
  }

  private void silences(Plan plan, Rate rate) {
    List<Rate.Stretch> silences = rate.silences(LOG_GAP_SECONDS);
    if (silences.size() >= LOG_GAPS) {
      List<String> refs = new ArrayList<>();
      int longest = 0;
      for (Rate.Stretch s : silences) {
        refs.addAll(evidence(s.begin(plan.scalpFrom()), s.end(plan.scalpFrom())));
        longest = Math.max(longest, s.until() - s.from());
      }
      add(
          "log_gaps",
          silences.get(0).begin(plan.scalpFrom()),
          silences.get(silences.size() - 1).end(plan.scalpFrom()),
          silences.size()
              + " stretches of 60 s or more without a scalp line (two or more), the longest "
              + longest
              + " s",
          refs);
    }
  }

  private void recordingRate(Plan plan, Rate rate) {
    for (Rate.Stretch s : rate.below(RECORDING_RATE)) {
      Instant from = s.begin(plan.scalpFrom());
      Instant until = s.end(plan.scalpFrom());
      add(
          "recording_rate",
          from,
          until,
          String.format(
              Locale.ROOT,
              "%.1f %% of the scalp instants of five minutes recorded (less than 97 %%)",
              Math.floor(s.share() * 1000) / 10),
          evidence(from, until));
    }
  }

  /** The markers that touch a stretch, in the order of their begins. */
  private List<String> evidence(Instant from, Instant until) {
    return excuses.stream()
        .filter(e -> e.concerns("scalp"))
        .filter(e -> e.from() < until.toEpochMilli() && e.until() > from.toEpochMilli())
        .filter(e -> !e.reason().equals(Excuse.NOT_RUNNING))
        .sorted(Comparator.comparingLong(Excuse::from))
        .map(Excuse::ref)
        .distinct()
        .toList();
  }

  private void cpu() {
    List<Told> busy = new ArrayList<>();
    for (Told told : events) {
      if (told.is("metrics") && told.line().has("cpu_percent")) {
        if (told.line().path("cpu_percent").asDouble() >= CPU_PERCENT) {
          busy.add(told);
        } else {
          busy(busy);
          busy.clear();
        }
      }
    }
    busy(busy);
  }

  /** Each of a minute's figures speaks for the minute before it. */
  private void busy(List<Told> busy) {
    if (busy.isEmpty()) {
      return;
    }
    long from = busy.get(0).at() - MINUTE;
    long until = busy.get(busy.size() - 1).at();
    if (until - from >= CPU_MILLIS) {
      add(
          "cpu",
          Instant.ofEpochMilli(from),
          Instant.ofEpochMilli(until),
          "processor at 85 % or more for " + (until - from) / MINUTE + " min (10 or more)",
          busy.stream().map(Told::ref).toList());
    }
  }

  private void disk() {
    List<String> refs = new ArrayList<>();
    double most = 0;
    for (Told told : events) {
      double used = told.line().path("disk_used_percent").asDouble(0);
      if (told.is("metrics") && used > DISK_PERCENT) {
        refs.add(told.ref());
        most = Math.max(most, used);
      }
    }
    if (!refs.isEmpty()) {
      add("disk", null, null, "disk used up to " + most + " % (more than 80 %)", refs);
    }
  }

  private void told(String type) {
    for (Told told : events) {
      if (told.is(type) && !isOfAnotherDay(told)) {
        String what = (told.text("reason") + ' ' + told.text("detail")).strip();
        Instant at = Instant.ofEpochMilli(told.at());
        add(type, at, at, what.isEmpty() ? type : what, List.of(told.ref()));
      }
    }
  }

  /** A load that failed may be of an earlier day; a file of events is named by its own. */
  private static boolean isOfAnotherDay(Told told) {
    return told.is("etl_failed") && !told.ref().contains(told.text("day"));
  }

  private void add(
      String kind,
      @Nullable Instant from,
      @Nullable Instant until,
      String what,
      List<String> refs) {
    found.add(Anomaly.of(kind, from, until, what, refs));
  }
}
