package io.stockobserver.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Accounts for the slow track: symbol by symbol, sweep by sweep. One use. */
final class SwingAccount {
  private static final String TRACK = "swing";

  private final Plan plan;
  private final List<Session> sessions;
  private final List<Excuse> excuses;
  private final long until;
  private final TreeMap<Long, Long> begun = new TreeMap<>();
  private final Map<Long, String> begunBy = new HashMap<>();
  private final Set<Long> finished = new HashSet<>();

  /** Whom a sweep was about that came before the day's universe was frozen. */
  private final Map<Long, List<String>> askedFor = new HashMap<>();

  private final Map<String, Long> lastFinish = new HashMap<>();
  private final Map<String, BitSet> lines = new HashMap<>();
  private final Map<Long, Integer> columnOf = new HashMap<>();

  SwingAccount(Plan plan, List<Session> sessions, List<Told> events, List<Excuse> all, long until) {
    this.plan = plan;
    this.sessions = sessions;
    this.excuses = all.stream().filter(e -> e.concerns(TRACK)).toList();
    this.until = until;
    for (int i = 0; i < plan.sweeps().size(); i++) {
      columnOf.put(plan.sweeps().get(i).at(), i);
    }
    for (Told told : events) {
      Long at = told.millis("sweep_at");
      if (at != null && told.is("sweep_began")) {
        begun.put(told.at(), at);
        begunBy.put(at, told.session());
        if (told.line().has("symbols")) {
          List<String> symbols = new ArrayList<>();
          told.line().path("symbols").forEach(symbol -> symbols.add(symbol.asText()));
          askedFor.put(at, symbols);
        }
        finished.remove(at);
      } else if (at != null && told.is("sweep_finished")) {
        finished.add(at);
        lastFinish.put(told.session(), told.at());
      }
    }
  }

  /** A line was received at this instant. */
  void line(String symbol, long at) {
    Map.Entry<Long, Long> sweep = begun.floorEntry(at);
    Integer column = sweep == null ? null : columnOf.get(sweep.getValue());
    if (column != null) {
      lines.computeIfAbsent(symbol, s -> new BitSet()).set(column);
    }
  }

  TrackAccount of(List<String> members, long from) {
    TreeMap<String, Row> rows = new TreeMap<>();
    Set<String> everybody = new HashSet<>(members);
    askedFor.values().forEach(everybody::addAll);
    everybody.forEach(symbol -> rows.put(symbol, new Row(plan.sweeps().size())));
    Row whole = new Row(plan.sweeps().size());
    TreeMap<String, Long> by = new TreeMap<>();
    List<Unexplained> bad = new ArrayList<>();
    List<TrackAccount.Column> columns = new ArrayList<>();
    Tally seconds = Tally.NOTHING;
    Tally symbolSeconds = Tally.NOTHING;
    long window = 0;
    for (int column = 0; column < plan.sweeps().size(); column++) {
      Plan.Sweep sweep = plan.sweeps().get(column);
      window += (sweep.until() - sweep.at()) / 1000;
      columns.add(
          new TrackAccount.Column(
              Instant.ofEpochMilli(sweep.at()), Instant.ofEpochMilli(sweep.until())));
      if (sweep.at() < from || sweep.at() >= until || isPending(sweep)) {
        continue;
      }
      int stands = (int) Math.max(1, (Math.min(sweep.until(), until) - sweep.at()) / 1000);
      boolean lostByKill = wasKilled(sweep);
      List<Excuse> here = excuses.stream().filter(e -> e.covers(sweep.at())).toList();
      State worst = State.NOT_DUE;
      String why = "";
      List<String> missing = new ArrayList<>();
      List<String> due = askedFor.getOrDefault(sweep.at(), members);
      for (String symbol : due) {
        boolean line = lines.getOrDefault(symbol, NONE).get(column);
        String reason = line ? null : reason(here, symbol, lostByKill);
        State state = line ? State.RECORDED : reason != null ? State.EXPLAINED : State.UNEXPLAINED;
        rows.get(symbol).add(column, state, stands);
        symbolSeconds = symbolSeconds.plus(state, stands);
        worst = worst.worst(state);
        why = reason != null && why.isEmpty() ? reason : why;
        if (state == State.UNEXPLAINED) {
          missing.add(symbol);
        }
      }
      if (due.isEmpty()) {
        String reason = reason(here, null, lostByKill);
        worst = reason == null ? State.UNEXPLAINED : State.EXPLAINED;
        why = reason == null ? why : reason;
      }
      seconds = seconds.plus(worst, stands);
      whole.add(column, worst, stands);
      if (worst == State.EXPLAINED) {
        by.merge(why, (long) stands, Long::sum);
      } else if (worst == State.UNEXPLAINED) {
        Instant begin = Instant.ofEpochMilli(sweep.at());
        // All of them missing is the sweep itself.
        bad.add(
            new Unexplained(
                begin,
                begin.plusSeconds(stands),
                missing.size() == due.size() ? List.of() : missing));
      }
    }
    return new TrackAccount(
        TRACK,
        Instant.ofEpochMilli(plan.swingFrom()),
        Instant.ofEpochMilli(plan.swingUntil()),
        window,
        Instant.ofEpochMilli(Math.max(from, plan.swingFrom())),
        Instant.ofEpochMilli(until),
        seconds,
        symbolSeconds,
        by,
        bad,
        columns,
        whole,
        rows);
  }

  private static final BitSet NONE = new BitSet();

  private static @Nullable String reason(
      List<Excuse> here, @Nullable String symbol, boolean lostByKill) {
    for (Excuse e : here) {
      if (e.symbols() == null || (symbol != null && e.names(symbol))) {
        return e.reason();
      }
    }
    return lostByKill ? "restart" : null;
  }

  private @Nullable Session session(Plan.Sweep sweep) {
    String id = begunBy.get(sweep.at());
    Session found = null;
    for (Session s : sessions) {
      if (id == null ? s.from() <= sweep.at() : s.id().equals(id)) {
        found = s;
      }
    }
    return found;
  }

  /** It may still come: its session runs, and it is under way or its turn is not over. */
  private boolean isPending(Plan.Sweep sweep) {
    Session session = session(sweep);
    boolean running = session != null && session.ending() == Session.Ending.RUNNING;
    if (!running || finished.contains(sweep.at())) {
      return false;
    }
    boolean told = excuses.stream().anyMatch(e -> e.covers(sweep.at()) && e.symbols() == null);
    return !told && (begunBy.containsKey(sweep.at()) || until <= turnEnds(sweep, session));
  }

  /** A kill took what would have been told of it. */
  private boolean wasKilled(Plan.Sweep sweep) {
    Session session = session(sweep);
    if (session == null || finished.contains(sweep.at())) {
      return false;
    }
    Long killed = session.killedAt();
    return killed != null
        && killed >= sweep.at()
        && (begunBy.containsKey(sweep.at()) || killed <= turnEnds(sweep, session));
  }

  /** Until when a sweep that has not begun may still begin or be told of. */
  private long turnEnds(Plan.Sweep sweep, Session session) {
    long busy = lastFinish.getOrDefault(session.id(), sweep.at());
    if (underWay(session)) {
      return Long.MAX_VALUE;
    }
    long after = Math.max(sweep.at(), busy);
    for (Plan.Sweep next : plan.sweeps()) {
      if (next.at() > after) {
        // It begins within a second or two of its instant.
        return next.at() + 2000;
      }
    }
    return Math.max(sweep.until(), after);
  }

  private boolean underWay(Session session) {
    return begunBy.entrySet().stream()
        .anyMatch(e -> e.getValue().equals(session.id()) && !finished.contains(e.getKey()));
  }
}
