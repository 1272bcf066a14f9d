package io.stockobserver.recorder;

import io.stockobserver.evidence.Event;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.observe.Verdict;
import io.stockobserver.tape.Entry;
import io.stockobserver.track.SlotAct;
import io.stockobserver.universe.Listing;
import io.stockobserver.venue.CandidatePoller;
import io.stockobserver.venue.Readings;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a venue's reader understood of one entry to where it belongs, and keeps the balance:
 * declared = parsed = kept + set aside. One instance, used for one entry after the other under the
 * recorder's lock.
 */
final class Understanding implements Readings {
  private final Interpreter interpreter;
  private final RecorderSettings settings;
  private final Journal journal;
  private final Counters counters;
  private final SwingTrack swing;
  private final ScalpTrack scalp;
  private final CandidateMonitor candidates;
  private final Set<String> shapesSeen = new HashSet<>();
  private Entry entry = NO_ENTRY;
  private Days days = NO_DAYS;
  private List<String> symbols = List.of();
  private boolean stream;
  private boolean good;
  private boolean alive;
  private long declared;
  private long parsed;
  private RecorderState.@Nullable Trouble trouble;
  private long settled;

  private static final Entry NO_ENTRY = Nothing.ENTRY;
  private static final Days NO_DAYS = Nothing.DAYS;

  Understanding(
      Interpreter interpreter,
      RecorderSettings settings,
      Journal journal,
      Counters counters,
      SwingTrack swing,
      ScalpTrack scalp,
      CandidateMonitor candidates) {
    this.interpreter = interpreter;
    this.settings = settings;
    this.journal = journal;
    this.counters = counters;
    this.swing = swing;
    this.scalp = scalp;
    this.candidates = candidates;
  }

  Understanding of(Entry e, Days d, List<String> asked) {
    entry = e;
    days = d;
    symbols = asked;
    stream = settings.streams().contains(e.feed());
    good = false;
    alive = false;
    declared = 0;
    parsed = 0;
    settled = 0;
    return this;
  }

  /** Another day: its evidence must stand alone. */
  void newDay() {
    shapesSeen.clear();
  }

  /** Tells the feed's watch what kind of message it was. */
  void endOfMessage(FeedWatch feed) {
    if (declared > 0) {
      interpreter.trickle().data(entry.heardAt());
    }
    if (feed.heard(entry.heardAt(), good, alive, days)) {
      scalp.resumed(feed.lostSlots(), entry.heardAt());
    }
  }

  /**
   * The reader, or what stands behind it, failed: what of the entry was neither kept nor set aside
   * until then is set aside as a whole, the entry itself where it had declared nothing.
   */
  void failed(Entry e, Days d, RuntimeException why) {
    if (entry != e) {
      of(e, d, List.of());
    }
    if (declared == 0) {
      declared(1);
    }
    counters.parsed += Math.max(0, declared - parsed);
    parsed = Math.max(declared, parsed);
    long rest = parsed - settled;
    if (rest > 0) {
      setAside("reader-failed", "read", null, why.toString(), (int) rest);
    }
  }

  /** A message of which the tape has only the head: nobody reads what a replay could not. */
  void oversize(long length, String sha256) {
    declared(1);
    refused("oversize", null, 1, length + " bytes, sha256 " + sha256);
  }

  RecorderState.@Nullable Trouble trouble() {
    return trouble;
  }

  @Override
  public void declared(int records) {
    declared = records;
    counters.declared += records;
  }

  @Override
  public void observed(Observation o) {
    parsed++;
    counters.parsed++;
    Verdict verdict = take(o);
    if (verdict.kept()) {
      counters.kept++;
      settled++;
      good = true;
    } else {
      setAside(
          String.valueOf(verdict.reason()),
          String.valueOf(verdict.stage()),
          o.symbol(),
          o.lastPrice() == null ? "" : "last_price " + o.lastPrice().toPlainString(),
          1);
    }
  }

  private Verdict take(Observation o) {
    if (stream) {
      boolean ofEverybody = o.part() == Part.TICKER;
      Verdict verdict = ofEverybody ? candidates.take(o, true, days) : scalp.take(o, days);
      if (ofEverybody && verdict.kept()) {
        scalp.told(o, verdict);
      }
      if (verdict.kept()) {
        interpreter.trickle().streamed(o);
      }
      return verdict;
    }
    boolean candidate = entry.feed().equals(CandidatePoller.FEED);
    Verdict verdict =
        candidate ? candidates.take(o, !symbols.isEmpty(), days) : swing.take(o, days);
    if (verdict.kept() && o.part() != Part.BOOK) {
      if (!candidate) {
        candidates.swept(o);
      }
      scalp.swept(o);
      interpreter.trickle().asked(o);
    }
    return verdict;
  }

  @Override
  public void refused(String reason, @Nullable String symbol, int records, String sample) {
    parsed += records;
    counters.parsed += records;
    setAside(reason, "read", symbol, sample, records);
  }

  @Override
  public void asked(String symbol, boolean register) {
    scalp.board().said(new SlotAct(symbol, register), entry.heardAt());
  }

  @Override
  public void acknowledged(String symbol) {
    good = true;
    scalp.acknowledged(symbol, entry.heardAt());
  }

  @Override
  public void released(String symbol) {
    scalp.released(symbol, entry.heardAt(), days);
  }

  @Override
  public void replaced(Set<String> asked) {
    scalp.replaced(asked, entry.heardAt(), days);
  }

  @Override
  public void proven(String symbol) {
    scalp.proven(symbol, entry.heardAt());
  }

  @Override
  public void registrationRefused(@Nullable String symbol, String code, String message) {
    if (symbol != null) {
      scalp.refused(symbol, code, message, entry.heardAt());
    } else {
      journal.event(refusal("slot_refused", code, message));
    }
  }

  @Override
  public void connectionRefused(String code, String message, boolean newKey) {
    journal.event(refusal("connection_refused", code, message).with("new_key", newKey));
  }

  @Override
  public void heartbeat() {
    alive = true;
    counters.heartbeats++;
  }

  @Override
  public void drift(String shape, String sample) {
    if (shapesSeen.add(shape)) {
      journal.event(
          Event.of("schema_drift", entry.heardAt())
              .with("feed", entry.feed())
              .with("shape", shape)
              .with("sample", cut(sample))
              .with("tape_ref", entry.ref()));
    }
  }

  @Override
  public void answerRefused(String reason, String code, String message) {
    counters.refusedAnswers++;
    if (!entry.feed().equals(CandidatePoller.FEED)) {
      swing.failed(symbols, reason);
    }
    String type =
        switch (reason) {
          case "rate-limited", "token-wait", "blocked" -> "rate_limited";
          default -> "answer_refused";
        };
    journal.event(
        refusal(type, code, message)
            .with("feed", entry.feed())
            .with("reason", reason)
            .with("status", entry.status())
            .with("symbols_asked", symbols.isEmpty() ? null : symbols.size())
            .with("tape_ref", entry.ref()));
  }

  @Override
  public void listed(String source, List<Listing> listings) {
    understood(listings.size());
    interpreter.listed(entry, source, listings);
  }

  @Override
  public void tradingDays(List<DayOpen> daysRead) {
    understood(daysRead.size());
    journal.event(
        Event.of("calendar_read", entry.heardAt())
            .with("days", daysRead.size())
            .with("tape_ref", entry.ref()));
  }

  /** Records that are no observations but were understood and kept. */
  private void understood(int records) {
    parsed += records;
    counters.parsed += records;
    counters.kept += records;
    settled += records;
  }

  private Event refusal(String type, String code, String message) {
    trouble =
        new RecorderState.Trouble(
            entry.heardAt(),
            entry.feed() + ": " + code + (code.isEmpty() ? "" : " ") + cut(message));
    return Event.of(type, entry.heardAt()).with("code", code).with("message", cut(message));
  }

  private void setAside(
      String reason, String stage, @Nullable String symbol, String sample, int records) {
    journal.setAside(entry.heardAt(), reason, stage, entry.ref(), symbol, sample, records);
    settled += records;
  }

  private static String cut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= 512 ? text : Journal.head(text);
  }
}
