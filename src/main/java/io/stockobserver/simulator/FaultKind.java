package io.stockobserver.simulator;

import java.util.Locale;

/**
 * What can go wrong on request, at the venue it is handed to. In a script the name is written in
 * lower case with hyphens. What a venue does not know (tokens, master files, app keys at Upbit)
 * does nothing there.
 */
public enum FaultKind {
  /** Close every feed socket without a close frame. At once. */
  DROP,
  /** Close every feed socket with {@code code}. At once. */
  CLOSE,
  /** The feed says nothing though trades go on; heartbeats too fall silent unless {@code pings}. */
  STALL,
  /**
   * TCP stays, but nothing is read or written any more on the sockets open at its start; with a
   * duration they come back to life after it, else never. At once.
   */
  HALF_OPEN,
  /**
   * Send rubbish once on every feed socket. {@code shape}: random, empty, huge (16 MB), bad-utf8,
   * fragments, count; a trade cut in the middle (half), without a price (zero), ten minutes early
   * or late (past, future), of a symbol that does not exist (stranger); all of them in turn without
   * a shape. Upbit has no count, but an empty JSON list (empty-list) and a text frame (text).
   */
  GARBAGE,
  /**
   * The wire changes. {@code shape}: fields (three more on every record), rename (a REST field has
   * another name), tr (frames of a TR, or of a type, nobody knows); all three without a shape. At
   * Upbit also order (fields never in their order), and list: only if named, frames come as arrays
   * though nobody asked.
   */
  DRIFT,
  /**
   * Every REST call is over the limit: EGW00201, or a plain 429 if {@code code} says so. At Upbit
   * 429, or with that code 418 and {@code delay} as the time of the block; handshakes too if {@code
   * path} has "websocket" in it.
   */
  STORM,
  /** Every token issued so far is expired. At once. */
  EXPIRE,
  /** No token is issued: EGW00133. */
  REFUSE,
  /** REST answers {@code code}, 500 without one, and EGW00002; Upbit's handshakes too. */
  ERROR,
  /** REST answers a page instead of JSON; at Upbit with 503, and handshakes are refused so. */
  HTML,
  /** REST answers without content in its output, or with an empty list. */
  EMPTY,
  /** Master files end in the middle. */
  TRUNCATED_ZIP,
  /** REST answers after {@code delay}. */
  SLOW,
  /** Only {@code count} registrations of a session, or of a request, are heard. */
  PARTIAL_ACK,
  /** Of the frames, {@code share} are sent twice. */
  DUPLICATE,
  /** Of the frames, {@code share} change places with the next one. */
  OUT_OF_ORDER,
  /** With {@code share} of the frames, one of the last hundred is sent once more. */
  REPEAT,
  /** Every second symbol is unknown to REST and feed. */
  HALF_UNKNOWN,
  /** The app key is said to be in use already: every registration gets OPSP8996. */
  IN_USE,
  /**
   * The market named by {@code shape} is gone: its REST calls get 404, its stream falls silent and
   * it is on no list.
   */
  DELIST,
  /** Quotes by REST and first frames on the feed tell what was {@code delay} ago. */
  STALE,
  /** A candle appears only {@code delay} after its interval has ended. */
  LATE_CANDLES;

  /** Done once when it starts, and not to be cleared afterwards. */
  public boolean once() {
    return this == DROP || this == CLOSE || this == HALF_OPEN || this == GARBAGE || this == EXPIRE;
  }

  static FaultKind named(String word) {
    String name = word.trim().toUpperCase(Locale.ROOT).replace('-', '_');
    for (FaultKind kind : values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("fault kind '" + word + "' is not known");
  }
}
