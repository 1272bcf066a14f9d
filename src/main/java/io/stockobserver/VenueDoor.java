package io.stockobserver;

import io.stockobserver.simulator.Simulator;

/**
 * What one venue brings to the front door. Without state: what it reads it is given. A new venue is
 * one of these, a {@link Room} and a line in {@link Venues}.
 */
interface VenueDoor {
  /** As folders, settings and {@code --provider} have it, such as {@code kis}. */
  String provider();

  /** Such as {@code kr_stocks}: its hours are in {@code config/calendar/<market>.json}. */
  String market();

  /**
   * Reads and checks every setting of its own, and sets for its routes what follows from them.
   * Every venue that we know is asked, observed or not, so that none of its keys is unknown.
   *
   * @throws Settings.SettingsException naming key, value and what is allowed
   */
  void check(Settings settings);

  /**
   * Whether the venue would let us in, as far as that can be seen from here; nobody is asked.
   *
   * @throws Settings.SettingsException naming what is missing and where it belongs
   */
  void checkKey(Credentials credentials);

  /** Sets its addresses to those of the simulated venue; what that one lets in. */
  Credentials simulate(Simulator simulator, Settings settings);

  /** Builds what observes it. Begins nothing. */
  Room room(Settings settings, Credentials credentials, Site site);
}
