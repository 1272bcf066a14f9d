package io.stockobserver.playback;

import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the tape by their questions, as far as it has been read: the one that is current,
 * and those that come next. Thread-safe. As large as a day's different questions are many, however
 * long the day is.
 */
final class Answers {
  /** For the first answer to a question somebody waits so long, in the market's time. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** For a newer one than there is. */
  private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

  /** More calls than that are never under way; of the oldest then no answer will come. */
  private static final int UNDER_WAY = 1_000;

  private final Supplier<Instant> market;
  private final Map<Long, String> asked =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
          return size() > UNDER_WAY;
        }
      };
  private final Map<String, Deque<Entry>> heard = new HashMap<>();

  Answers(Supplier<Instant> market) {
    this.market = market;
  }

  /** The next entry of the tape; one that is neither a question nor an answer changes nothing. */
  synchronized void read(Entry entry) {
    if (entry.direction() == Direction.OUT) {
      String text = entry.text();
      if (text.startsWith("GET ")) {
        asked.put(entry.seq(), Asked.question(text));
      }
    } else if (entry.re() > 0) {
      String question = asked.remove(entry.re());
      if (question != null) {
        Deque<Entry> known = heard.computeIfAbsent(question, unheard -> new ArrayDeque<>(2));
        known.addLast(entry);
        forget(known, market.get());
      }
    }
  }

  /** Of what has been heard only the newest counts. */
  private static void forget(Deque<Entry> known, Instant now) {
    while (known.size() > 1) {
      Entry first = known.removeFirst();
      if (known.getFirst().heardAt().isAfter(now)) {
        known.addFirst(first);
        return;
      }
    }
  }

  /** The newest answer heard until now; null where nobody had asked. Never one of later. */
  synchronized @Nullable Entry to(String question) {
    Deque<Entry> known = heard.get(question);
    if (known == null) {
      return null;
    }
    Instant now = market.get();
    forget(known, now);
    Entry first = known.getFirst();
    return first.heardAt().isAfter(now) ? null : first;
  }

  /**
   * When the answer comes that the asker means: two never ask in the same moment, and who asks a
   * little sooner than the observer did then would hear the answer of the round before. So where
   * the next one comes within a second and is nearer than the current one, or within five seconds
   * and there is none, he waits for it.
   *
   * @return null when there is nothing to wait for
   */
  synchronized @Nullable Instant worthWaitingFor(String question) {
    Entry current = to(question);
    Deque<Entry> known = heard.get(question);
    if (known == null) {
      return null;
    }
    Instant now = market.get();
    for (Entry next : known) {
      if (next.heardAt().isAfter(now)) {
        Duration until = Duration.between(now, next.heardAt());
        boolean worth =
            current == null
                ? until.compareTo(LONGEST_WAIT) <= 0
                : until.compareTo(SHORT_WAIT) <= 0
                    && until.compareTo(Duration.between(current.heardAt(), now)) < 0;
        return worth ? next.heardAt() : null;
      }
    }
    return null;
  }
}
