package io.stockobserver.venue;

import io.stockobserver.market.TradingDay;
import io.stockobserver.track.SlotAct;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A desk that keeps all it is told as text, with a clock that a test moves. */
public final class MemoryDesk implements Desk {
  public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  public final List<String> tape = new ArrayList<>();
  public final Deque<SlotAct> acts = new ArrayDeque<>();
  public List<String> universe = List.of();
  public Set<String> wanted = Set.of();

  /** Whether the universe is today's own; null for whenever there is one. */
  public @Nullable Boolean frozen;

  private TradingDay today = day("2026-11-20", true);
  private Instant now = today.opens();
  public @Nullable String dead;
  private Duration stepped = Duration.ZERO;
  private long seq;

  public static TradingDay day(String date, boolean open) {
    LocalDate day = LocalDate.parse(date);
    return new TradingDay(
        day,
        SEOUL,
        open,
        true,
        day.atTime(9, 0).atZone(SEOUL).toInstant(),
        day.atTime(15, 30).atZone(SEOUL).toInstant(),
        "test");
  }

  public MemoryDesk at(String time) {
    now = today.date().atTime(java.time.LocalTime.parse(time)).atZone(SEOUL).toInstant();
    return this;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public void turn(TradingDay day) {
    today = day;
  }

  /** Somebody sets the clock; no time passes. */
  public void step(Duration by) {
    now = now.plus(by);
    stepped = stepped.plus(by);
  }

  public long nanos() {
    return Duration.between(Instant.EPOCH, now.minus(stepped)).toNanos();
  }

  @Override
  public @Nullable String deadFeed() {
    return dead;
  }

  @Override
  public long say(Call call) {
    tape.add("say " + call.tapeText());
    return ++seq;
  }

  @Override
  public void hear(Answer answer, byte[] tapeBody) {
    tape.add("hear " + answer.status() + ' ' + new String(tapeBody, StandardCharsets.UTF_8));
  }

  @Override
  public void sayOnFeed(String feed, String tapeText) {
    tape.add("say on " + feed + ' ' + tapeText);
  }

  @Override
  public void hearOnFeed(FeedBatch batch) {
    batch.messages().forEach(m -> tape.add("hear on " + batch.feed() + ' ' + m.kind()));
  }

  @Override
  public void note(String feed, String name, Map<String, ?> fields) {
    tape.add(name + ' ' + fields);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public TradingDay today() {
    return today;
  }

  @Override
  public List<String> universe() {
    return universe;
  }

  @Override
  public boolean universeFrozen() {
    return frozen == null ? !universe.isEmpty() : frozen;
  }

  @Override
  public SortedSet<String> wanted() {
    return new TreeSet<>(wanted);
  }

  @Override
  public @Nullable SlotAct nextAct() {
    return acts.peekFirst();
  }
}
