package io.stockobserver.etl;

import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Sha256;
import io.stockobserver.universe.Universe;
import java.io.IOException;
import java.nio.file.Files;
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
 * Loads one provider's day: what the manifests vouch for and the ledger does not have yet, each
 * file whole or not at all; then what follows from it; then the proof. Run again it changes
 * nothing. Not thread-safe; two runs of one day exclude each other.
 */
public final class Etl {
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

  private final Path root;
  private final Database database;
  private final Connection db;
  private final InstantSource clock;
  private final LongConsumer read;
  private final List<Portfolio> portfolios;

  /**
   * An archive and a database.
   *
   * @param root of an archive, a package or a backup
   * @param portfolios to be valued at the closes of the days that are loaded
   * @param read is told how many bytes more were read
   */
  public Etl(
      Path root,
      Database database,
      InstantSource clock,
      List<Portfolio> portfolios,
      LongConsumer read) {
    this.root = root;
    this.portfolios = List.copyOf(portfolios);
    this.database = database;
    this.db = database.connection();
    this.clock = clock;
    this.read = read;
  }

  /** How thoroughly. */
  public enum Care {
    /** What is new, and its proof. */
    NEW,
    /** Every row of the day is proven again. */
    PROVE,
    /** The same, and what differs is loaded anew. */
    REPAIR
  }

  /** How many bytes a run would read if nothing were loaded yet. */
  public static long size(Path root, String provider, LocalDate day) throws IOException {
    return Vouched.of(root, provider, day).stream()
        .filter(s -> s.is(Lane.SCALP) || s.is(Lane.SWING))
        .mapToLong(Source::bytes)
        .sum();
  }

  /**
   * Loads and proves.
   *
   * @throws EtlException when the database cannot be used, or another run is at work on the day
   * @throws IOException when a manifest is damaged or a file cannot be read
   */
  public EtlReport run(String provider, LocalDate day, Care care) throws IOException {
    try {
      lock(provider, day);
      try {
        return new Run(provider, day).all(care);
      } finally {
        unlock(provider, day);
      }
    } catch (SQLException e) {
      throw Trouble.of(e, database.words(), () -> Holders.of(db));
    }
  }

  /**
   * Drops a provider's day: its ticks, bars and gaps, and the ledger that says they are loaded. The
   * day's prices and daily bars stay, and so does what rests on them. Whether the day may go is the
   * caller's to know.
   *
   * @throws EtlException when the database cannot be used, or a run is at work on the day
   */
  public void forget(String provider, LocalDate day) {
    try {
      lock(provider, day);
      try {
        db.setAutoCommit(false);
        new Partitions(db, provider, day).drop();
        for (String table : List.of("scalp_gaps", "etl_segments", "etl_days")) {
          try (PreparedStatement q =
              db.prepareStatement("DELETE FROM " + table + " WHERE provider=? AND trade_date=?")) {
            q.setString(1, provider);
            q.setDate(2, Date.valueOf(day));
            q.executeUpdate();
          }
        }
        db.commit();
      } finally {
        unlock(provider, day);
      }
    } catch (SQLException e) {
      throw Trouble.of(e, database.words(), () -> Holders.of(db));
    }
  }

  /**
   * The days of a provider that are loaded and lie before another one, in order.
   *
   * @throws EtlException when the database cannot be used
   */
  public List<LocalDate> loadedBefore(String provider, LocalDate day) {
    try (PreparedStatement q =
        db.prepareStatement(
            "SELECT DISTINCT trade_date FROM etl_segments WHERE provider=? AND trade_date<?"
                + " ORDER BY trade_date")) {
      q.setString(1, provider);
      q.setDate(2, Date.valueOf(day));
      List<LocalDate> days = new ArrayList<>();
      try (ResultSet r = q.executeQuery()) {
        while (r.next()) {
          days.add(r.getDate(1).toLocalDate());
        }
      }
      return days;
    } catch (SQLException e) {
      throw Trouble.of(e, database.words());
    }
  }

  private void lock(String provider, LocalDate day) throws SQLException {
    try (PreparedStatement q =
        db.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?,0))")) {
      q.setString(1, key(provider, day));
      try (ResultSet r = q.executeQuery()) {
        r.next();
        if (!r.getBoolean(1)) {
          throw EtlException.busy(
              "another run is at work on "
                  + provider
                  + "'s "
                  + day
                  + " in "
                  + database.words()
                  + "; wait for it and run this again");
        }
      }
    }
  }

  private void unlock(String provider, LocalDate day) {
    try {
      if (!db.getAutoCommit()) {
        db.rollback();
        db.setAutoCommit(true);
      }
      try (PreparedStatement q =
          db.prepareStatement("SELECT pg_advisory_unlock(hashtextextended(?,0))")) {
        q.setString(1, key(provider, day));
        q.execute();
      }
    } catch (SQLException gone) {
      // The lock went with the connection.
    }
  }

  private static String key(String provider, LocalDate day) {
    return "stock-observer etl " + provider + ' ' + day;
  }

  /** A file whose rows are in the table. */
  private record Filled(Source source, int segment, long rows) {}

  /** One day of one provider. */
  private final class Run {
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

    Run(String provider, LocalDate day) {
      this.provider = provider;
      this.day = day;
      this.partitions = new Partitions(db, provider, day);
      this.ledger = new Ledger(db, provider, day);
      this.proof = new Proof(db, provider, day);
    }

    EtlReport all(Care care) throws SQLException, IOException {
      List<Source> sources = Vouched.of(root, provider, day);
      proof.check();
      Map<String, Ledger.Entry> had = ledger.entries();
      Set<Integer> differing = care == Care.NEW ? counted(had) : hashed(had);
      List<Source> todo = new ArrayList<>();
      List<String> there = new ArrayList<>();
      for (Source source : sources) {
        Ledger.Entry entry = had.get(source.path());
        boolean repair = care == Care.REPAIR && entry != null && differing.contains(entry.id());
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

    private boolean derive(List<Source> sources, List<Source> todo)
        throws SQLException, IOException {
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
            closes.put(String.valueOf(source.market()), closes(source));
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
      List<Portfolio> mine =
          portfolios.stream().filter(p -> p.provider().equals(provider)).toList();
      PortfolioBooks books = new PortfolioBooks(db, day, clock.instant());
      if (derived || !books.has(mine)) {
        db.setAutoCommit(false);
        for (Portfolio portfolio : mine) {
          books.write(portfolio);
        }
        db.commit();
      }
    }

    private Map<String, String> closes(Source source) throws IOException, Refusal {
      Path file = root.resolve(source.path());
      if (!Files.exists(file)) {
        throw new Refusal(0, "the manifest lists it and it is not there");
      }
      byte[] content = Files.readAllBytes(file);
      if (!Sha256.of(content).equals(source.sha256())) {
        throw new Refusal(0, "its content is not what the manifest vouches for");
      }
      Map<String, String> closes = new TreeMap<>();
      for (Universe.Member member : Universe.parse(content).symbols()) {
        if (member.prevClose() != null) {
          try {
            closes.put(member.symbol(), Numeral.of(member.prevClose().toString(), Numeral.PRICE));
          } catch (NumberFormatException e) {
            throw new Refusal(0, member.symbol() + ": prev_close: " + e.getMessage());
          }
        }
      }
      return closes;
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

    private EtlReport report(Care care) throws SQLException {
      // What a run before this one loaded and did not live to prove is proven now.
      Ledger.Day state = ledger.day();
      boolean unproven = state.proven() != state.loads();
      boolean hashed = care != Care.NEW || unproven || !touched.isEmpty();
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
}
