package io.stockobserver;

import io.stockobserver.archive.Archive;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.Rules;
import io.stockobserver.recorder.Sealing;
import io.stockobserver.venue.BudgetState;
import io.stockobserver.venue.FeedState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the front door built to observe one venue. */
interface Room {
  String provider();

  Recorder recorder();

  Archive archive();

  /** How its budget of calls is. */
  BudgetState budget();

  /** Who seals its files. */
  Sealing sealing();

  /** The beans that this venue's routes call, by name. */
  Map<String, Object> beans();

  /** How the feeds of this process are, once there are any. */
  void feeds(Supplier<List<FeedState>> states);

  /**
   * Lets a changed setting hold that needs no word on the tape; any other is none of its business.
   *
   * @param fresh all settings, checked
   */
  void turn(String key, Settings fresh);

  /** How these settings would have it watched. */
  Rules rules(Settings fresh);

  /** One of its keys was seen where it must not be: nothing that needs one is asked any more. */
  default void abandonKeys() {}

  /** The session is about to end: nothing long is begun or gone on with. */
  void closing();

  /** What a person should know of this venue at the start; empty for nothing. */
  String greeting(int members);
}
