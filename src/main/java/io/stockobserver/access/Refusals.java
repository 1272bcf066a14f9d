package io.stockobserver.access;

import io.stockobserver.evidence.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts refused logins and tells of them: the first of a peer soon, what follows in one event at
 * most once a minute. At most a hundred peers have counts of their own, the others share one. To
 * count never waits; to tell may. Thread-safe.
 */
public final class Refusals {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int MOST = 100;
  private static final String OTHERS = "others";

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Consumer<Event> events;
  private final Map<String, Counted> peers = new LinkedHashMap<>();

  private static final class Counted {
    private String account = "";
    private long count;
    private long toldAt;
    private boolean told;
  }

  /**
   * Of nobody yet.
   *
   * @param clock the market's, for the events
   * @param nanos a monotonic clock
   */
  public Refusals(InstantSource clock, LongSupplier nanos, Consumer<Event> events) {
    this.clock = clock;
    this.nanos = nanos;
    this.events = events;
  }

  /** One more. */
  synchronized void refused(String account, String peer) {
    String name = peers.containsKey(peer) || peers.size() < MOST ? peer : OTHERS;
    Counted one = peers.computeIfAbsent(name, any -> new Counted());
    one.account = account;
    one.count++;
  }

  /**
   * Tells what was counted since, and forgets who was quiet for a minute; to be called now and
   * then.
   */
  public void tell() {
    due().forEach(events);
  }

  private synchronized List<Event> due() {
    List<Event> due = new ArrayList<>();
    Iterator<Map.Entry<String, Counted>> all = peers.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Counted> one = all.next();
      if (one.getValue().told && nanos.getAsLong() - one.getValue().toldAt < MINUTE) {
        continue;
      }
      if (one.getValue().count == 0) {
        all.remove();
      } else {
        due.add(told(one.getKey(), one.getValue()));
      }
    }
    return due;
  }

  private Event told(String peer, Counted one) {
    Event event =
        Event.of("login_refused", clock.instant())
            .with("account", one.account)
            .with("peer", peer)
            .with("count", one.count);
    one.count = 0;
    one.told = true;
    one.toldAt = nanos.getAsLong();
    return event;
  }
}
