package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.Verification;
import io.stockobserver.market.TradingDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves a day from its files: what was due, what is there, what explains the rest
 * (docs/archive-format.md section 9). It writes nothing and takes no lock; it may run beside a
 * writer. One thread.
 */
public final class Audit {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lines of the last moment may be on their way while somebody writes. */
  private static final long ON_ITS_WAY_MILLIS = 2000;

  private static final int LOOKS = 3;

  private final Path root;
  private final Instant now;
  private final boolean running;
  private final Calendars calendars;
  private final LongConsumer progress;

  /**
   * An audit of one archive.
   *
   * @param now until when a day that is not over is expected
   * @param running whether somebody is writing there
   * @param progress is told the bytes of snapshot lines read, again and again
   */
  public Audit(
      Path root, Instant now, boolean running, Calendars calendars, LongConsumer progress) {
    this.root = root;
    this.now = now;
    this.running = running;
    this.calendars = calendars;
    this.progress = progress;
  }

  /**
   * Audits a day.
   *
   * @throws IOException when a file cannot be read
   */
  public DayAudit day(LocalDate day, List<Shelf> shelves) throws IOException {
    Optional<String> writing = running ? newestSession() : Optional.empty();
    List<MarketAudit> markets = new ArrayList<>();
    SampleLines scalp = new SampleLines("sample_time");
    SampleLines swing = new SampleLines("receive_time");
    for (Shelf shelf : shelves) {
      markets.add(market(shelf, day, writing, scalp, swing));
    }
    return new DayAudit(
        day, running, markets, seals(day), scalp.lines() + swing.lines(), List.of());
  }

  /**
   * What marks the day of one market, without looking at its seals.
   *
   * @throws IOException when a file cannot be read
   */
  public Marks marks(LocalDate day, Shelf shelf) throws IOException {
    Optional<String> writing = running ? newestSession() : Optional.empty();
    List<Anomaly> anomalies =
        market(shelf, day, writing, new SampleLines("sample_time"), new SampleLines("receive_time"))
            .anomalies();
    List<String> gaps =
        events(shelf, day).stream()
            .filter(told -> told.is("gap_marker"))
            .map(told -> told.line().toString())
            .toList();
    return new Marks(anomalies, gaps);
  }

  /**
   * Whose end is not to be expected: sessions of one process have one name, and of several
   * providers not all need be observed now. Empty where there is nothing to tell apart.
   */
  private Optional<String> newestSession() throws IOException {
    List<Shelf> all = Shelf.in(root);
    if (all.size() < 2) {
      return Optional.empty();
    }
    Told newest = null;
    for (Shelf shelf : all) {
      Optional<LocalDate> last = Shelf.newestDay(root, List.of(shelf));
      List<Told> events = last.isEmpty() ? List.of() : events(shelf, last.get());
      for (Told told : events) {
        newest = newest == null || told.at() >= newest.at() ? told : newest;
      }
    }
    return Optional.ofNullable(newest).map(Told::session);
  }

  /** A file that is sealed at this very moment looks damaged; damage stays. */
  private Verification.Report seals(LocalDate day) {
    Verification.Report report = Verification.ofDay(root, day);
    for (int look = 1; running && !report.ok() && look < LOOKS; look++) {
      report = Verification.ofDay(root, day);
    }
    return report;
  }

  private MarketAudit market(
      Shelf shelf, LocalDate day, Optional<String> writing, SampleLines scalp, SampleLines swing)
      throws IOException {
    // First of all: what is written after it is not expected.
    long lastWord = LastWord.of(root, shelf.provider(), shelf.market(), day);
    List<Told> events = events(shelf, day);
    for (Told told : events) {
      boolean ofTheDay = !told.is("gap_marker") || !told.text("reason").equals("restart");
      lastWord = ofTheDay ? Math.max(lastWord, told.at()) : lastWord;
    }
    List<Told> nextDay = events(shelf, day.plusDays(1));
    boolean lastDay = nextDay.isEmpty();
    List<String> goOn =
        nextDay.stream().filter(t -> t.is("day_began")).map(Told::session).distinct().toList();
    boolean open = running && lastDay && (writing.isEmpty() || isLast(writing.get(), events));
    List<Session> sessions = Session.of(events, goOn, open, end(events, goOn, open, lastWord));
    OverflowAccount overflow = OverflowAccount.of(root, shelf.provider(), shelf.market(), day);
    if (sessions.isEmpty()) {
      return withoutSession(shelf, day, events, overflow);
    }
    List<Stretch> stretches = Stretch.of(events, sessions.get(0).plan());
    Plan plan = Stretch.whole(stretches);
    if (!plan.open()) {
      return new MarketAudit(
          shelf.provider(),
          shelf.market(),
          day,
          plan.zone(),
          false,
          plan.ref(),
          plan.slots(),
          sessions.stream().map(MarketAudit.Life::of).toList(),
          null,
          null,
          overflow,
          Balance.of(events),
          Anomalies.of(events, List.of(), null, null),
          Act.of(events));
    }
    return open(shelf, day, events, sessions, stretches, overflow, scalp, swing);
  }

  private MarketAudit open(
      Shelf shelf,
      LocalDate day,
      List<Told> events,
      List<Session> sessions,
      List<Stretch> stretches,
      OverflowAccount overflow,
      SampleLines scalp,
      SampleLines swing)
      throws IOException {
    Plan plan = Stretch.whole(stretches);
    Session last = sessions.get(sessions.size() - 1);
    long from = sessions.get(0).from();
    long end =
        last.ending() == Session.Ending.STOPPED
            ? Math.max(now.toEpochMilli(), last.until())
            : last.until();
    List<Excuse> excuses = Excuse.of(events, sessions, end);

    long until = Math.min(end, plan.scalpUntil());
    DueSamples grid =
        new DueSamples(
            events, sessions, stretches, plan.midnight(), Math.max(from, plan.scalpFrom()), until);
    Map<String, BitSet> lines = new TreeMap<>();
    scalp.read(
        root,
        shelf.folder("scalp", day),
        (symbol, at) -> {
          int index = grid.index(at);
          if (index >= 0) {
            lines.computeIfAbsent(symbol, s -> new BitSet()).set(index);
          }
        },
        progress);
    ScalpAccount fast = new ScalpAccount(plan, grid, excuses, until);
    TrackAccount scalpAccount = fast.of(Held.of(events, sessions, end), lines, from);

    SwingAccount slow =
        new SwingAccount(plan, sessions, events, excuses, Math.min(end, plan.swingUntil()));
    swing.read(root, shelf.folder("swing", day), slow::line, progress);
    TrackAccount swingAccount = slow.of(members(shelf, day), from);

    return new MarketAudit(
        shelf.provider(),
        shelf.market(),
        day,
        plan.zone(),
        true,
        plan.ref(),
        plan.slots(),
        sessions.stream().map(MarketAudit.Life::of).toList(),
        scalpAccount,
        swingAccount,
        overflow,
        Balance.of(events),
        Anomalies.of(events, excuses, plan, fast.rate()),
        Act.of(events));
  }

  private MarketAudit withoutSession(
      Shelf shelf, LocalDate day, List<Told> events, OverflowAccount overflow) {
    TradingDay known = calendars.day(shelf.market(), day);
    return new MarketAudit(
        shelf.provider(),
        shelf.market(),
        day,
        known == null ? ZoneOffset.UTC : known.zone(),
        known == null || known.open(),
        known == null ? "no calendar" : known.source(),
        0,
        List.of(),
        null,
        null,
        overflow,
        Balance.of(events),
        Anomalies.of(events, List.of(), null, null),
        Act.of(events));
  }

  private static boolean isLast(String session, List<Told> events) {
    return !events.isEmpty() && events.get(events.size() - 1).session().equals(session);
  }

  /** Where a session that has no end is cut. */
  private long end(List<Told> events, List<String> goOn, boolean open, long lastWord) {
    Told last = null;
    for (Told told : events) {
      if (told.is("session_started") || told.is("day_began")) {
        last = last == null || !told.session().equals(last.session()) ? told : last;
      }
    }
    if (last == null) {
      return lastWord;
    }
    Plan plan = Plan.of(last);
    if (plan != null && goOn.contains(last.session())) {
      return plan.dayEnd();
    }
    if (open) {
      return lastWord - ON_ITS_WAY_MILLIS;
    }
    return Math.max(now.toEpochMilli(), (lastWord / 1000 + 1) * 1000 + 1000);
  }

  private List<Told> events(Shelf shelf, LocalDate day) throws IOException {
    return EventBook.of(root, shelf.provider(), day).stream()
        .filter(told -> told.market().equals(shelf.market()))
        .toList();
  }

  private List<String> members(Shelf shelf, LocalDate day) throws IOException {
    Path file =
        root.resolve(
            "universe/"
                + shelf.provider()
                + '/'
                + shelf.market()
                + '/'
                + EventBook.DAY.format(day)
                + ".json");
    List<String> all = new ArrayList<>();
    if (Files.exists(file)) {
      @Nullable JsonNode json = null;
      try {
        json = JSON.readTree(file.toFile());
      } catch (com.fasterxml.jackson.core.JsonProcessingException damaged) {
        return all; // its seal tells of it
      }
      json.path("symbols").forEach(s -> all.add(s.path("symbol").asText()));
    }
    return all;
  }
}
