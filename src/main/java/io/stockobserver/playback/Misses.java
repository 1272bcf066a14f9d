package io.stockobserver.playback;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells once each what clients asked for and the tape does not have. On the event loop. */
final class Misses {
  /** Somebody who asks for everything is not told of without end. */
  private static final int MOST = 1_000;

  /** Questions that begin alike are told of once. */
  private static final int SHOWN = 120;

  private final Supplier<Instant> market;
  private final Consumer<String> log;
  private final Set<String> told = new HashSet<>();

  Misses(Supplier<Instant> market, Consumer<String> log) {
    this.market = market;
    this.log = log;
  }

  void tell(String asked) {
    String shown = asked.length() <= SHOWN ? asked : asked.substring(0, SHOWN) + " ...";
    if (told.size() < MOST && told.add(shown)) {
      log.accept(
          "not on the tape until " + market.get().truncatedTo(ChronoUnit.MILLIS) + ": " + shown);
    }
  }
}
