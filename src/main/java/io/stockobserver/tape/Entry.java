package io.stockobserver.tape;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * One line of the tape. Immutable, except that {@link #body()} is the array itself, uncopied: read
 * it only. A message over {@value TapeLines#LONGEST_BODY} bytes has left only its head there.
 */
public final class Entry {
  private final long seq;
  private final Draft draft;
  private final long length;
  private final String sha256;
  private final String path;
  private final long line;

  /** A draft that got its number and its place: line {@code line} (from 1) of {@code path}. */
  public Entry(long seq, Draft draft, String path, long line) {
    this(
        seq,
        isTooLong(draft) ? head(draft) : draft,
        draft.body().length,
        isTooLong(draft) ? TapeLines.hex(draft.body()) : "",
        path,
        line);
  }

  private Entry(long seq, Draft draft, long length, String sha256, String path, long line) {
    this.seq = seq;
    this.draft = draft;
    this.length = length;
    this.sha256 = sha256;
    this.path = path;
    this.line = line;
  }

  private static boolean isTooLong(Draft draft) {
    return draft.body().length > TapeLines.LONGEST_BODY;
  }

  /** Nobody behind the tape may see more of a message than the tape has. */
  private static Draft head(Draft draft) {
    return new Draft(
        draft.heardAt(),
        draft.monoNanos(),
        draft.feed(),
        draft.direction(),
        draft.re(),
        draft.status(),
        Arrays.copyOf(draft.body(), TapeLines.HEAD));
  }

  /** What is left of a message that was too long: the draft's body is only its head. */
  static Entry ofHead(long seq, Draft head, long length, String sha256, String path, long line) {
    return new Entry(seq, head, length, sha256, path, line);
  }

  /** 1, 2, 3 … over the whole archive of a provider. */
  public long seq() {
    return seq;
  }

  /** Market clock when it was heard. */
  public Instant heardAt() {
    return draft.heardAt();
  }

  /** {@code System.nanoTime()} of the recording process when it was heard. */
  public long monoNanos() {
    return draft.monoNanos();
  }

  public String feed() {
    return draft.feed();
  }

  public Direction direction() {
    return draft.direction();
  }

  /** The seq of the request that this answers, 0 none. */
  public long re() {
    return draft.re();
  }

  /** The HTTP status, 0 none. */
  public int status() {
    return draft.status();
  }

  /** The bytes as heard; only the head of them when {@link #whole()} says no. Not a copy. */
  public byte[] body() {
    return draft.body();
  }

  /** The body as text; bytes that are no UTF-8 show as U+FFFD. */
  public String text() {
    return new String(draft.body(), StandardCharsets.UTF_8);
  }

  /** False when the tape has only length, checksum and head of a message that was too long. */
  public boolean whole() {
    return length == draft.body().length;
  }

  /** How long the message was, in bytes. */
  public long length() {
    return length;
  }

  /** SHA-256 of the message, in hex, when it was too long for the tape; else empty. */
  public String sha256() {
    return sha256;
  }

  /** The file that this line is in, below the archive root, uncompressed name. */
  public String path() {
    return path;
  }

  /** Its line number there, from 1. */
  public long line() {
    return line;
  }

  /** Where it stands: {@code tape/kis/kr_stocks/20261120/09_29_50.jsonl:17}. */
  public String ref() {
    return path + ":" + line;
  }

  @Override
  public String toString() {
    return ref()
        + " seq "
        + seq
        + " "
        + direction().wire()
        + " "
        + feed()
        + " "
        + length
        + " bytes";
  }
}
