package io.stockobserver.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How many of the sample instants of each second have a line: what the anomalies ask. */
final class Rate {
  private static final int MINUTE = 60;
  private static final int MINUTES = 5;
  private final int[] due;
  private final int[] lines;

  /** A stretch, in seconds from the window's begin, and the share that was recorded in it. */
  record Stretch(int from, int until, double share) {
    Instant begin(long window) {
      return Instant.ofEpochMilli(window + from * 1000L);
    }

    Instant end(long window) {
      return Instant.ofEpochMilli(window + until * 1000L);
    }
  }

  Rate(int seconds) {
    due = new int[seconds];
    lines = new int[seconds];
  }

  void add(int second, boolean line) {
    due[second]++;
    lines[second] += line ? 1 : 0;
  }

  /** Stretches without any line at least this long. */
  List<Stretch> silences(int seconds) {
    List<Stretch> all = new ArrayList<>();
    int from = -1;
    for (int s = 0; s <= due.length; s++) {
      boolean silent = s < due.length && due[s] > 0 && lines[s] == 0;
      if (silent && from < 0) {
        from = s;
      } else if (!silent && from >= 0 && (s == due.length || due[s] > 0)) {
        if (s - from >= seconds) {
          all.add(new Stretch(from, s, 0));
        }
        from = -1;
      }
    }
    return all;
  }

  /** Stretches whose every five whole minutes were recorded by less than this share. */
  List<Stretch> below(double share) {
    List<Stretch> all = new ArrayList<>();
    int last = due.length - 1;
    while (last >= 0 && due[last] == 0) {
      last--;
    }
    int first = 0;
    while (first < due.length && due[first] == 0) {
      first++;
    }
    int window = MINUTES * MINUTE;
    for (int from = (first + MINUTE - 1) / MINUTE * MINUTE;
        from + window <= last + 1;
        from += MINUTE) {
      double mean = mean(from, from + window);
      if (mean < share) {
        Stretch before = all.isEmpty() ? null : all.get(all.size() - 1);
        if (before != null && before.until() >= from) {
          all.set(
              all.size() - 1,
              new Stretch(before.from(), from + window, Math.min(before.share(), mean)));
        } else {
          all.add(new Stretch(from, from + window, mean));
        }
      }
    }
    return all;
  }

  /** Every second counts alike, whether one slot or all were due in it. */
  private double mean(int from, int until) {
    double sum = 0;
    int seconds = 0;
    for (int s = from; s < until; s++) {
      if (due[s] > 0) {
        seconds++;
        sum += (double) lines[s] / due[s];
      }
    }
    return seconds == 0 ? 1 : sum / seconds;
  }
}
