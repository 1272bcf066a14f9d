package io.stockobserver.tape;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One line of the tape: a {@link Draft} with its number and place. */
public final class Entry {
  private final long seq;
  private final Draft draft;
  private final String path;
  private final int line;

  public Entry(long seq, Draft draft, String path, int line) {
    this.seq = seq;
    this.draft = draft;
    this.path = path;
    this.line = line;
  }

  public long seq() {
    return seq;
  }

  public Instant heardAt() {
    return draft.heardAt();
  }

  public long monoNanos() {
    return draft.monoNanos();
  }

  public String feed() {
    return draft.feed();
  }

  public Direction direction() {
    return draft.direction();
  }

  /** The seq of the request that this answers, 0 for none. */
  public long re() {
    return draft.re();
  }

  /** The HTTP status, 0 for none. */
  public int status() {
    return draft.status();
  }

  /** The bytes as heard. Not a copy: do not write to it. */
  public byte[] body() {
    return draft.body();
  }

  /** The body read as UTF-8. */
  public String text() {
    return new String(draft.body(), StandardCharsets.UTF_8);
  }

  /** Where it is on the tape: {@code path:line} below the archive root, lines from 1. */
  public String ref() {
    return path + ':' + line;
  }
}
