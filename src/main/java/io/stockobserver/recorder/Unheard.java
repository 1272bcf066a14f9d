package io.stockobserver.recorder;

import io.stockobserver.evidence.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices who of the universe is never heard on a feed that should tell of everybody: such a venue
 * passes over names that it does not know. Owned by the recorder's lock.
 */
final class Unheard {
  /** A snapshot of everybody comes at once; later than this it never comes. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Journal journal;
  private @Nullable Instant since;
  private List<String> told = List.of();

  Unheard(Journal journal) {
    this.journal = journal;
  }

  /** We asked for everybody. */
  void asked(Instant at) {
    since = since == null ? at : since;
  }

  /** Whoever is asked for on the next connection is listened for anew. */
  void feedLost() {
    since = null;
    told = List.of();
  }

  /** Tells of those of whom nothing came; once, unless they become others. */
  void look(Instant at, Days days, CandidateMonitor candidates) {
    Instant from = since;
    if (from == null || at.isBefore(from.plus(PATIENCE))) {
      return;
    }
    List<String> silent = new ArrayList<>();
    for (String symbol : days.members().symbols()) {
      if (candidates.latest(symbol) == null) {
        silent.add(symbol);
      }
    }
    if (!silent.equals(told)) {
      told = silent;
      journal.event(Event.of("symbols_unheard", at).with("since", from).with("symbols", silent));
    }
  }
}
