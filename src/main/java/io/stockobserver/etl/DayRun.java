package io.stockobserver.etl;

import io.stockobserver.archive.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;

/**
 * One run over one provider's day, under its lock: rows of what is new, what follows from them, the
 * proof. Used once, by one thread.
 */
final class DayRun {
  private static final List<String> TABLES =
      List.of(
          "scalp_ticks",
          "scalp_1m_bars",
          "scalp_5m_bars",
          "scalp_gaps",
          "swing_ticks",
          "swing_bars_10m",
          "swing_bars_1h",
          "eod_prices",
          "portfolio_daily_bars");

  /** A file whose rows are in the table. */
  private record Filled(Source source, int segment, long rows) {}

  private final Path root;
  private final Connection db;
  private final InstantSource clock;
  private final LongConsumer read;
  private final List<Portfolio> portfolios;
  private final String provider;
  private final LocalDate day;
  private final Ledger ledger;
  private final Partitions partitions;
  private final Proof proof;
  private final List<EtlReport.DeadLetter> dead = new ArrayList<>();
  private final Set<Integer> touched = new LinkedHashSet<>();
  private final List<String> prefixes = new ArrayList<>();
  private final List<Proof.Difference> miscounted = new ArrayList<>();
  private int replaced;
  private int unchanged;
  private int loaded;
  private long rows;

  DayRun(
      Path root,
      Connection db,
      InstantSource clock,
      LongConsumer read,
      List<Portfolio> portfolios,
      String provider,
      LocalDate day) {
    this.root = root;
    this.db = db;
    this.clock = clock;
    this.read = read;
    this.portfolios = portfolios;
    this.provider = provider;
    this.day = day;
    this.partitions = new Partitions(db, provider, day);
    this.ledger = new Ledger(db, provider, day);
    this.proof = new Proof(db, provider, day);
  }

  EtlReport all(Etl.Care care) throws SQLException, IOException {
    List<Source> sources = Vouched.of(root, provider, day);
    proof.check();
    Map<String, Ledger.Entry> had = ledger.entries();
    Set<Integer> differing = care == Etl.Care.NEW ? counted(had) : hashed(had);
    List<Source> todo = new ArrayList<>();
    List<String> there = new ArrayList<>();
    for (Source source : sources) {
      Ledger.Entry entry = had.get(source.path());
      boolean repair = care == Etl.Care.REPAIR && entry != null && differing.contains(entry.id());
      if (entry == null || !entry.sha256().equals(source.sha256()) || repair) {
        todo.add(source);
      } else {
        there.add(source.path());
      }
    }
    unchanged = there.size();
    ledger.accepted(there);
    if (!todo.isEmpty()) {
      db.setAutoCommit(false);
      partitions.provider();
      db.commit();
      for (Track track : Track.values()) {
        load(track, todo.stream().filter(s -> s.is(track.lane())).toList(), had);
      }
    }
    portfolios(derive(sources, todo));
    db.setAutoCommit(true);
    return report(care);
  }

  // ---- Rows ----------------------------------------------------------------------------------

  private void load(Track track, List<Source> todo, Map<String, Ledger.Entry> had)
      throws SQLException, IOException {
    if (todo.isEmpty()) {
      return;
    }
    boolean fresh = !partitions.exists(track.table());
    if (fresh && frozen(track, todo, had)) {
      return;
    }
    String table = partitions.name(track.table());
    if (fresh) {
      partitions.begin(track.table());
    }
    for (Source source : todo) {
      Savepoint before = db.setSavepoint();
      try {
        taken(fill(track, source, table, fresh, false), had);
      } catch (Refusal refusal) {
        db.rollback(before);
        refuse(source, refusal);
      }
      if (!fresh) {
        db.commit();
      }
    }
    if (fresh) {
      appear(track, table);
    }
  }

  /**
   * A new day whose rows are written as seen by everybody from the first: who reads them need not
   * write that down on every page. It allows no savepoint, so a refused file ends it: false, and
   * nothing has happened.
   */
  private boolean frozen(Track track, List<Source> todo, Map<String, Ledger.Entry> had)
      throws SQLException, IOException {
    String table = partitions.name(track.table());
    partitions.begin(track.table());
    List<Filled> all = new ArrayList<>();
    try {
      for (Source source : todo) {
        all.add(fill(track, source, table, true, true));
      }
    } catch (Refusal refusal) {
      db.rollback();
      return false;
    }
    all.forEach(one -> taken(one, had));
    appear(track, table);
    return true;
  }

  /** Seen by nobody until now: the whole day appears at once, and its ledger with it. */
  private void appear(Track track, String table) throws SQLException {
    partitions.attach(track.table());
    db.commit();
    analyze(table);
  }

  private Filled fill(Track track, Source source, String table, boolean fresh, boolean frozen)
      throws SQLException, IOException, Refusal {
    int segment = ledger.number(source, clock.instant());
    if (!fresh) {
      try (PreparedStatement q =
          db.prepareStatement("DELETE FROM " + table + " WHERE segment_id=?")) {
        q.setInt(1, segment);
        q.executeUpdate();
      }
    }
    Sums sums =
        new SegmentCopy(root, track, source)
            .into(
                db.unwrap(PGConnection.class).getCopyAPI(),
                track.copyInto(table, frozen),
                segment,
                read);
    ledger.loaded(segment, sums);
    ledger.accepted(source);
    return new Filled(source, segment, sums.all().rows());
  }

  private void taken(Filled one, Map<String, Ledger.Entry> had) {
    touched.add(one.segment());
    rows += one.rows();
    taken(one.source(), had.containsKey(one.source().path()));
  }

  private void taken(Source source, boolean again) {
    loaded++;
    replaced += again ? 1 : 0;
    if (!source.sealed()) {
      prefixes.add(source.path());
    }
  }

  private void refuse(Source source, Refusal refusal) throws SQLException {
    dead.add(new EtlReport.DeadLetter(source.path(), refusal.line(), refusal.reason()));
    ledger.refused(source, refusal, clock.instant());
  }

  private void analyze(String table) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.execute("ANALYZE " + table);
    }
    db.commit();
  }

  // ---- What follows from them ----------------------------------------------------------------

  private boolean derive(List<Source> sources, List<Source> todo) throws SQLException, IOException {
    boolean other = false;
    for (Source source : todo) {
      other |= source.is(Lane.EVENTS) || source.lane() == null;
    }
    Ledger.Day state = ledger.day();
    if (!other && state.derived() == state.loads()) {
      return false;
    }
    db.setAutoCommit(false);
    Map<String, DayStory> stories = new HashMap<>();
    Map<String, Map<String, String>> closes = new TreeMap<>();
    Set<String> markets = new TreeSet<>();
    boolean whole = true;
    for (Source source : sources) {
      if (source.market() != null) {
        markets.add(source.market());
      }
      try {
        if (source.is(Lane.EVENTS)) {
          DayStory.read(root, source, stories);
        } else if (source.lane() == null) {
          closes.put(String.valueOf(source.market()), Closes.read(root, source));
        } else {
          continue;
        }
        if (todo.contains(source)) {
          ledger.loaded(ledger.number(source, clock.instant()), new Sums());
          ledger.accepted(source);
          taken(source, false);
        }
      } catch (Refusal refusal) {
        refuse(source, refusal);
        whole = false;
      }
    }
    if (!whole) {
      db.commit(); // bars of half a story would be wrong bars
      return false;
    }
    stories.values().forEach(DayStory::end);
    markets.addAll(stories.keySet());
    partitions.provider();
    partitions.derived();
    new Derived(db, provider, day).write(markets, stories, closes);
    ledger.derived(ledger.day().loads());
    db.commit();
    return true;
  }

  /** Other closes are other values; and a portfolio that is new is valued too. */
  private void portfolios(boolean derived) throws SQLException {
    List<Portfolio> mine = portfolios.stream().filter(p -> p.provider().equals(provider)).toList();
    PortfolioBooks books = new PortfolioBooks(db, day, clock.instant());
    if (derived || !books.has(mine)) {
      db.setAutoCommit(false);
      for (Portfolio portfolio : mine) {
        books.write(portfolio);
      }
      db.commit();
    }
  }

  // ---- The proof -----------------------------------------------------------------------------

  private Set<Integer> counted(Map<String, Ledger.Entry> had) throws SQLException {
    Set<Integer> ids = new LinkedHashSet<>();
    if (!had.isEmpty()) {
      for (Proof.Difference difference : proof.counts()) {
        ids.add(difference.segment());
        miscounted.add(difference);
      }
    }
    return ids;
  }

  private Set<Integer> hashed(Map<String, Ledger.Entry> had) throws SQLException {
    Set<Integer> ids = counted(had);
    proof.reckon(had.values().stream().map(Ledger.Entry::id).toList());
    proof.differences().forEach(d -> ids.add(d.segment()));
    return ids;
  }

  private EtlReport report(Etl.Care care) throws SQLException {
    // What a run before this one loaded and did not live to prove is proven now.
    Ledger.Day state = ledger.day();
    boolean unproven = state.proven() != state.loads();
    boolean hashed = care != Etl.Care.NEW || unproven || !touched.isEmpty();
    if (unproven) {
      db.setAutoCommit(false);
      proof.reckon(proof.unproven());
      db.commit();
    }
    List<Proof.Difference> differences = new ArrayList<>(proof.differences());
    // A count that was wrong before this run still is, unless the file was loaded anew.
    miscounted.stream()
        .filter(c -> !touched.contains(c.segment()))
        .filter(c -> differences.stream().noneMatch(d -> d.segment() == c.segment()))
        .forEach(differences::add);
    if (hashed) {
      ledger.proven(state.loads(), differences.isEmpty(), clock.instant());
    }
    db.setAutoCommit(true);
    Proof.Totals totals = proof.totals();
    return new EtlReport(
        provider,
        day,
        loaded,
        replaced,
        unchanged,
        prefixes,
        rows,
        tables(),
        side(totals.archive()),
        side(totals.database()),
        totals.minutes(),
        hashed,
        differences.stream()
            .map(
                d ->
                    new EtlReport.Differs(
                        d.path(), d.minute(), d.archive().rows(), d.database().rows()))
            .toList(),
        dead);
  }

  private EtlReport.Side side(Sums.Sum sum) {
    return new EtlReport.Side(sum.rows(), String.format("%016x", sum.hash()));
  }

  private Map<String, Long> tables() throws SQLException {
    Map<String, Long> all = new LinkedHashMap<>();
    for (String table : TABLES) {
      // Of the observations the proof has just said it.
      String count =
          table.endsWith("_ticks")
              ? "SELECT coalesce(sum(database_rows),0) FROM etl_minutes JOIN etl_segments"
                  + " USING (segment_id) WHERE lane='"
                  + table.replace("_ticks", "")
                  + "' AND"
              : "SELECT count(*) FROM " + table + " WHERE";
      try (PreparedStatement q = db.prepareStatement(count + " provider=? AND trade_date=?")) {
        q.setString(1, provider);
        q.setDate(2, Date.valueOf(day));
        try (ResultSet r = q.executeQuery()) {
          r.next();
          all.put(table, r.getLong(1));
        }
      }
    }
    return all;
  }
}
