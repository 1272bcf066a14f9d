package io.stockobserver.behaviour;

import io.stockobserver.simulator.Traffic;
import io.stockobserver.venue.WireReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One simulated venue as {@link ProviderContract} needs to know it. Said from the venue's
 * documents, not from the provider's code.
 */
interface ContractVenue {
  String provider();

  String market();

  /** A fresh reader of its messages. */
  WireReader reader();

  /**
   * A place to observe it from, market open, slots and sweeps due: short sweeps, a feed that is
   * dead after two silent seconds, and nobody loses a place unless an operator says so.
   */
  Observatory observatory(Path dir);

  /** What it has seen and sent. */
  Traffic traffic(Observatory o);

  /** Where its feed is. */
  URI feed(Observatory o);

  /** Has the observer hear the feed there. */
  void hearThrough(Observatory o, String url);

  /** How many symbols it streams at most for one client. */
  int grants();

  /**
   * Whom it streams once it has heard a message, given whom it streamed before.
   *
   * @param said the message, whole
   */
  Set<String> streamed(Set<String> before, String said);

  /** How many calls a second it takes, by a part of their path. */
  Map<String, Integer> callsPerSecond();

  /** The feed's connections end without a word. */
  void drop(Observatory o);

  /** They stay open, and nothing comes any more, heartbeats included. */
  void deafen(Observatory o);

  /** From the next connection on it says nothing of so many of those that it streams. */
  void mute(Observatory o, Set<String> streamed, int count);

  /** Sends what cannot be true; the reasons for which it must be set aside. */
  List<String> lie(Observatory o);

  /** What nobody else may ever see, as texts; {@code said} is what the feed's clients told it. */
  Set<String> secrets(Observatory o, String said);
}
