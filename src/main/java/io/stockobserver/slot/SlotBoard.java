package io.stockobserver.slot;

import io.stockobserver.track.SlotAct;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The places that a venue grants us, and who sits in them. Wanted, asked for, acknowledged and
 * leaving are kept apart: only an acknowledged registration counts. A place is asked for only when
 * one is free on the venue's side too, so that its limit is never exceeded for an instant. Not
 * thread-safe: whoever reads the tape owns it.
 */
public final class SlotBoard {
  /** An unanswered request is asked again after this long. */
  static final Duration UNANSWERED = Duration.ofSeconds(10);

  /** A refused registration is not tried again for this long. */
  static final Duration REFUSED = Duration.ofSeconds(60);

  /** Where one symbol stands with the venue. */
  public enum Standing {
    ASKED,
    ACKNOWLEDGED,
    LEAVING
  }

  /** One place; {@code heldSince} is null until the venue has confirmed it. */
  private record Seat(Standing standing, Instant since, @Nullable Instant heldSince) {}

  private int capacity;
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Map<String, Seat> seats = new LinkedHashMap<>();
  private final Map<String, Instant> cooling = new LinkedHashMap<>();

  public SlotBoard(int capacity) {
    this.capacity = checked(capacity);
  }

  private static int checked(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a board of " + capacity + " slots has no place");
    }
    return capacity;
  }

  /** There are so many from the next plan on; who sits where there is none more leaves by it. */
  public void capacity(int other) {
    capacity = checked(other);
  }

  /** Replaces the plan; at most as many as there are places. */
  public void want(Collection<String> symbols) {
    wanted.clear();
    symbols.stream().limit(capacity).forEach(wanted::add);
  }

  /** What to say next to come closer to the plan; null when nothing can or need be said. */
  public @Nullable SlotAct next(Instant now) {
    for (Map.Entry<String, Seat> seat : seats.entrySet()) {
      boolean stays = wanted.contains(seat.getKey());
      Seat s = seat.getValue();
      boolean unanswered = s.standing() != Standing.ACKNOWLEDGED && late(s, now);
      boolean leave =
          switch (s.standing()) {
            case ACKNOWLEDGED -> !stays;
            case LEAVING -> unanswered;
            case ASKED -> unanswered && !stays;
          };
      if (leave) {
        return new SlotAct(seat.getKey(), false);
      }
    }
    for (String symbol : wanted) {
      Seat seat = seats.get(symbol);
      boolean free = seat == null && seats.size() < capacity && !cooling(symbol, now);
      boolean again = seat != null && seat.standing() == Standing.ASKED && late(seat, now);
      if (free || again) {
        return new SlotAct(symbol, true);
      }
    }
    return null;
  }

  /** It was said. */
  public void said(SlotAct act, Instant at) {
    Seat before = seats.get(act.symbol());
    seats.put(
        act.symbol(),
        act.register()
            ? new Seat(Standing.ASKED, at, null)
            : new Seat(Standing.LEAVING, at, before == null ? null : before.heldSince()));
  }

  /**
   * We asked for exactly these, where a venue forgets what was asked before. Returns who had a
   * place and has none any more.
   */
  public List<String> replaced(Collection<String> symbols, Instant at) {
    List<String> gone = held().stream().filter(symbol -> !symbols.contains(symbol)).toList();
    seats.keySet().retainAll(symbols);
    symbols.forEach(symbol -> seats.putIfAbsent(symbol, new Seat(Standing.ASKED, at, null)));
    return gone;
  }

  /** Data came that only a place brings; true if it was asked for and not proven before. */
  public boolean proven(String symbol, Instant at) {
    Seat seat = seats.get(symbol);
    return seat != null && seat.standing() == Standing.ASKED && acknowledged(symbol, at);
  }

  /** Who was asked for so long ago that an answer must have come. */
  public List<String> unanswered(Instant now) {
    return seats.entrySet().stream()
        .filter(seat -> seat.getValue().standing() == Standing.ASKED && late(seat.getValue(), now))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Who is wanted and was not refused lately. */
  public SortedSet<String> wantedNow(Instant now) {
    SortedSet<String> all = new TreeSet<>(wanted);
    all.removeIf(symbol -> cooling(symbol, now));
    return all;
  }

  /** The venue confirmed; true if that is news. */
  public boolean acknowledged(String symbol, Instant at) {
    Seat before = seats.put(symbol, new Seat(Standing.ACKNOWLEDGED, at, at));
    return before == null || before.standing() != Standing.ACKNOWLEDGED;
  }

  /** The venue confirmed the end; true if that is news. */
  public boolean released(String symbol) {
    return seats.remove(symbol) != null;
  }

  /**
   * The venue refused; it is left alone for a while. One that was asked to leave and may not is
   * still there, and is asked again when its answer would have been late.
   */
  public void refused(String symbol, Instant at) {
    Seat seat = seats.get(symbol);
    if (seat != null && seat.standing() == Standing.LEAVING) {
      seats.put(symbol, new Seat(Standing.LEAVING, at, seat.heldSince()));
    } else {
      seats.remove(symbol);
      cooling.put(symbol, at);
    }
  }

  /** The connection is gone, and every registration with it. Returns who had held a place. */
  public List<String> disconnected() {
    List<String> had = held();
    seats.clear();
    cooling.clear();
    return had;
  }

  /** Those that the venue has confirmed and that still should stay, in the order of asking. */
  public List<String> acknowledged() {
    List<String> all = new ArrayList<>();
    seats.forEach(
        (symbol, seat) -> {
          if (seat.standing() == Standing.ACKNOWLEDGED) {
            all.add(symbol);
          }
        });
    return all;
  }

  /** The clock was set: what counts is how long ago something was. */
  public void stepped(Duration step) {
    seats.replaceAll(
        (symbol, seat) -> new Seat(seat.standing(), seat.since().plus(step), seat.heldSince()));
    cooling.replaceAll((symbol, since) -> since.plus(step));
  }

  /** The venue refused it a short while ago; asking again would be refused again. */
  public boolean refusedLately(String symbol, Instant now) {
    return cooling(symbol, now);
  }

  /**
   * Those whose place the venue has confirmed and whose end it has not: they are streamed, also
   * while they are asked to leave.
   */
  public List<String> held() {
    List<String> all = new ArrayList<>();
    seats.forEach(
        (symbol, seat) -> {
          if (seat.heldSince() != null) {
            all.add(symbol);
          }
        });
    return all;
  }

  /** Whether it is one of {@link #held}. */
  public boolean isHeld(String symbol) {
    return heldSince(symbol) != null;
  }

  /** How many {@link #acknowledged} has. */
  public int acknowledgedCount() {
    int count = 0;
    for (Seat seat : seats.values()) {
      count += seat.standing() == Standing.ACKNOWLEDGED ? 1 : 0;
    }
    return count;
  }

  /** Everybody whom the venue may count, in the order of asking. */
  public List<String> seated() {
    return List.copyOf(seats.keySet());
  }

  /** Where it stands with the venue; null for one that has not been asked for. */
  public @Nullable Standing standing(String symbol) {
    Seat seat = seats.get(symbol);
    return seat == null ? null : seat.standing();
  }

  /** Since when it has had its place; null when the venue has not confirmed it. */
  public @Nullable Instant heldSince(String symbol) {
    Seat seat = seats.get(symbol);
    return seat == null ? null : seat.heldSince();
  }

  /** When the venue confirmed {@code symbol}; null when it has not. */
  public @Nullable Instant acknowledgedAt(String symbol) {
    Seat seat = seats.get(symbol);
    return seat != null && seat.standing() == Standing.ACKNOWLEDGED ? seat.since() : null;
  }

  public Set<String> wanted() {
    return Set.copyOf(wanted);
  }

  /** How many places the venue may count as taken. */
  public int taken() {
    return seats.size();
  }

  public int capacity() {
    return capacity;
  }

  private boolean cooling(String symbol, Instant now) {
    Instant since = cooling.get(symbol);
    return since != null && now.isBefore(since.plus(REFUSED));
  }

  private static boolean late(Seat seat, Instant now) {
    return now.isAfter(seat.since().plus(UNANSWERED));
  }
}
