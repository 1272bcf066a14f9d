package io.stockobserver.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Accounts for the fast track: each sample instant of each slot has its line, is explained, or is
 * not. One use; memory grows with symbols and seconds, not with lines.
 */
final class ScalpAccount {
  private static final int SECOND = 1000;
  private static final int MINUTE = 60;

  private final Plan plan;
  private final DueSamples grid;
  private final List<Excuse> excuses = new ArrayList<>();
  private final Reasons reasons;
  private final byte[] forAll;
  private final int[] holders;
  private final long until;
  private final State[] worst;
  private final byte[] why;
  private final Rate rate;
  private final Map<String, BitSet> unexplained = new TreeMap<>();
  private final BitSet unexplainedOfAll = new BitSet();
  private final Map<String, Row> rows = new TreeMap<>();
  private Tally symbolSeconds = Tally.NOTHING;

  ScalpAccount(Plan plan, DueSamples grid, List<Excuse> all, long until) {
    this.plan = plan;
    this.grid = grid;
    this.until = until;
    all.stream().filter(e -> e.concerns("scalp")).forEach(excuses::add);
    int seconds = second(plan.scalpUntil() + SECOND - 1);
    this.reasons = new Reasons();
    this.forAll = new byte[grid.size()];
    this.holders = new int[grid.size()];
    this.worst = new State[seconds];
    Arrays.fill(worst, State.NOT_DUE);
    this.why = new byte[seconds];
    this.rate = new Rate(seconds);
    for (Excuse e : excuses) {
      if (e.symbols() == null) {
        paint(e, forAll);
      }
    }
  }

  private void paint(Excuse e, byte[] onto) {
    byte code = reasons.code(e.reason());
    for (int i = grid.indexFrom(e.from()); i < grid.indexFrom(e.until()); i++) {
      if (onto[i] == 0) {
        onto[i] = code;
      }
    }
  }

  private int second(long at) {
    return Math.toIntExact((at - plan.scalpFrom()) / SECOND);
  }

  Rate rate() {
    return rate;
  }

  TrackAccount of(Map<String, List<Held.Stay>> held, Map<String, BitSet> lines, long from) {
    State[] own = new State[worst.length];
    held.forEach((symbol, stays) -> symbol(symbol, stays, lines, own));
    nobody();
    Tally seconds = Tally.NOTHING;
    TreeMap<String, Long> by = new TreeMap<>();
    Row whole = new Row((worst.length + MINUTE - 1) / MINUTE);
    for (int s = 0; s < worst.length; s++) {
      if (worst[s] != State.NOT_DUE) {
        seconds = seconds.plus(worst[s], 1);
        whole.add(s / MINUTE, worst[s], 1);
        if (worst[s] == State.EXPLAINED) {
          by.merge(reasons.word(why[s]), 1L, Long::sum);
        }
      }
    }
    return new TrackAccount(
        "scalp",
        Instant.ofEpochMilli(plan.scalpFrom()),
        Instant.ofEpochMilli(plan.scalpUntil()),
        worst.length,
        Instant.ofEpochMilli(Math.max(from, plan.scalpFrom())),
        Instant.ofEpochMilli(until),
        seconds,
        symbolSeconds,
        by,
        unexplained(),
        columns(),
        whole,
        new TreeMap<>(rows));
  }

  private void symbol(
      String symbol, List<Held.Stay> stays, Map<String, BitSet> lines, State[] own) {
    byte[] covered = forAll;
    for (Excuse e : excuses) {
      if (e.symbols() != null && e.names(symbol)) {
        covered = covered == forAll ? forAll.clone() : covered;
        paint(e, covered);
      }
    }
    BitSet there = lines.getOrDefault(symbol, new BitSet());
    Arrays.fill(own, State.NOT_DUE);
    for (Held.Stay stay : stays) {
      int end = grid.indexFrom(stay.before());
      for (int i = grid.indexFrom(stay.after() + 1); i < end; i++) {
        if (grid.due(i)) {
          holders[i]++;
          boolean line = there.get(i);
          State state =
              line ? State.RECORDED : covered[i] != 0 ? State.EXPLAINED : State.UNEXPLAINED;
          rate.add(second(grid.at(i)), line);
          mark(own, i, state, covered[i], Math.min(stay.before(), until));
        }
      }
    }
    settle(symbol, own);
  }

  private void settle(String symbol, State[] own) {
    Row row = new Row((own.length + MINUTE - 1) / MINUTE);
    BitSet bad = new BitSet();
    for (int s = 0; s < own.length; s++) {
      if (own[s] != State.NOT_DUE) {
        row.add(s / MINUTE, own[s], 1);
        symbolSeconds = symbolSeconds.plus(own[s], 1);
        bad.set(s, own[s] == State.UNEXPLAINED);
      }
    }
    rows.put(symbol, row);
    if (!bad.isEmpty()) {
      unexplained.put(symbol, bad);
    }
  }

  /** An instant speaks for its second, and for whole seconds behind it that have none. */
  private void mark(State[] own, int i, State state, byte reason, long end) {
    long at = grid.at(i);
    int s = second(at);
    own[s] = own[s].worst(state);
    track(s, state, reason);
    for (int n = s + 1; n < own.length; n++) {
      long begin = plan.scalpFrom() + (long) n * SECOND;
      if (begin + SECOND > at + grid.step(i) || begin >= end) {
        break;
      }
      own[n] = own[n].worst(state);
      track(n, state, reason);
    }
  }

  private void track(int s, State state, byte reason) {
    if (state == State.EXPLAINED && why[s] == 0) {
      why[s] = reason;
    }
    worst[s] = worst[s].worst(state);
  }

  /** Where nobody holds a slot, the track as a whole must be explained. */
  private void nobody() {
    State[] all = new State[worst.length];
    Arrays.fill(all, State.NOT_DUE);
    for (int i = 0; i < grid.size(); i++) {
      if (grid.due(i) && holders[i] == 0) {
        State state = forAll[i] != 0 ? State.EXPLAINED : State.UNEXPLAINED;
        rate.add(second(grid.at(i)), false);
        mark(all, i, state, forAll[i], until);
      }
    }
    for (int s = 0; s < all.length; s++) {
      unexplainedOfAll.set(s, all[s] == State.UNEXPLAINED);
    }
  }

  private List<Unexplained> unexplained() {
    List<Unexplained> all = new ArrayList<>();
    List<String> before = null;
    int from = 0;
    for (int s = 0; s <= worst.length; s++) {
      List<String> now = s < worst.length && worst[s] == State.UNEXPLAINED ? whose(s) : null;
      if (before != null && !before.equals(now)) {
        all.add(new Unexplained(instant(from), instant(s), before));
        before = null;
      }
      if (now != null && before == null) {
        before = now;
        from = s;
      }
    }
    return all;
  }

  private List<String> whose(int s) {
    List<String> symbols = new ArrayList<>();
    unexplained.forEach(
        (symbol, seconds) -> {
          if (seconds.get(s)) {
            symbols.add(symbol);
          }
        });
    return unexplainedOfAll.get(s) ? List.of() : symbols;
  }

  private Instant instant(int s) {
    return Instant.ofEpochMilli(plan.scalpFrom() + (long) s * SECOND);
  }

  private List<TrackAccount.Column> columns() {
    List<TrackAccount.Column> all = new ArrayList<>();
    for (int s = 0; s < worst.length; s += MINUTE) {
      all.add(new TrackAccount.Column(instant(s), instant(Math.min(worst.length, s + MINUTE))));
    }
    return all;
  }
}
