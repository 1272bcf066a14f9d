package io.stockobserver.tape;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads lines of the tape, whose format stands in docs/archive-format.md §2. An instance
 * encodes for one thread and remembers what repeats (the instant, the feeds); decoding is static
 * and gives back the identical bytes for any body.
 */
public final class TapeLines {
  /** A longer body leaves only length, checksum and head. In bytes. */
  public static final int LONGEST_BODY = 4 << 20;

  /** How much of a body that is too long stays. In bytes. */
  public static final int HEAD = 256;

  private static final byte[] SEQ = "{\"seq\":".getBytes(US_ASCII);
  private static final byte[] HEARD_AT = ",\"heard_at\":\"".getBytes(US_ASCII);
  private static final byte[] MONO_NS = "Z\",\"mono_ns\":".getBytes(US_ASCII);
  private static final byte[] RE = ",\"re\":".getBytes(US_ASCII);
  private static final byte[] STATUS = ",\"status\":".getBytes(US_ASCII);
  private static final byte[] BODY = ",\"body\":".getBytes(US_ASCII);
  private static final byte[] BODY_B64 = ",\"body_b64\":\"".getBytes(US_ASCII);
  private static final byte[] LENGTH = ",\"length\":".getBytes(US_ASCII);
  private static final byte[] SHA256 = ",\"sha256\":\"".getBytes(US_ASCII);
  private static final byte[] HEAD_B64 = "\",\"head_b64\":\"".getBytes(US_ASCII);
  private static final byte[] END = "}\n".getBytes(US_ASCII);
  private static final byte[] QUOTE_END = "\"}\n".getBytes(US_ASCII);

  private final Map<String, Map<Direction, byte[]>> feeds = new HashMap<>();

  /** What stands between seq and body: the same for all that one read of a socket brought. */
  private final LineBuffer origin = new LineBuffer(128);

  private Instant heardAt = Instant.MIN;
  private long monoNanos;
  private String feed = "";
  private @Nullable Direction direction;
  private long second = Long.MIN_VALUE;
  private byte[] secondText = new byte[0];

  /** Puts the line of this draft, newline included, at the end of {@code out}. */
  public void encode(long seq, Draft draft, LineBuffer out) {
    out.put(SEQ);
    out.putNumber(seq);
    if (!isOfOrigin(draft)) {
      origin.clear();
      origin.put(HEARD_AT);
      putInstant(draft.heardAt(), origin);
      origin.put(MONO_NS);
      origin.putNumber(draft.monoNanos());
      origin.put(feed(draft.feed(), draft.direction()));
      heardAt = draft.heardAt();
      monoNanos = draft.monoNanos();
      feed = draft.feed();
      direction = draft.direction();
    }
    out.put(origin.array(), 0, origin.length());
    if (draft.re() != 0) {
      out.put(RE);
      out.putNumber(draft.re());
    }
    if (draft.status() != 0) {
      out.put(STATUS);
      out.putNumber(draft.status());
    }
    putBody(draft.body(), out);
  }

  /**
   * Reads one line.
   *
   * @param line without its newline
   * @param path the file it stands in, below the archive root, uncompressed name
   * @param number its line number there, from 1
   * @throws IllegalArgumentException when it is no line of the tape
   */
  public static Entry decode(byte[] line, String path, long number) {
    Entry entry = TapeLineScan.read(line, path, number);
    return entry != null ? entry : TapeLineReader.read(line, path, number);
  }

  private boolean isOfOrigin(Draft draft) {
    return draft.monoNanos() == monoNanos
        && draft.heardAt().equals(heardAt)
        && draft.direction() == direction
        && draft.feed().equals(feed);
  }

  private static void putBody(byte[] body, LineBuffer out) {
    if (body.length > LONGEST_BODY) {
      out.put(LENGTH);
      out.putNumber(body.length);
      out.put(SHA256);
      out.put(hex(body).getBytes(US_ASCII));
      out.put(HEAD_B64);
      out.put(Base64.getEncoder().encode(Arrays.copyOf(body, HEAD)));
      out.put(QUOTE_END);
      return;
    }
    int before = out.length();
    out.put(BODY);
    if (JsonText.put(body, out)) {
      out.put(END);
      return;
    }
    out.rewind(before);
    out.put(BODY_B64);
    out.put(Base64.getEncoder().encode(body));
    out.put(QUOTE_END);
  }

  private void putInstant(Instant at, LineBuffer out) {
    if (at.getEpochSecond() != second) {
      secondText = secondText(at);
      second = at.getEpochSecond();
    }
    out.put(secondText);
    out.room(7);
    byte[] bytes = out.array();
    int micros = at.get(ChronoField.MICRO_OF_SECOND);
    int from = out.length();
    bytes[from] = '.';
    for (int i = 6; i > 0; i--) {
      bytes[from + i] = (byte) ('0' + micros % 10);
      micros /= 10;
    }
    out.advance(7);
  }

  private static byte[] secondText(Instant at) {
    String iso = at.truncatedTo(ChronoUnit.SECONDS).toString();
    return iso.substring(0, iso.length() - 1).getBytes(US_ASCII);
  }

  private byte[] feed(String feed, Direction direction) {
    return feeds
        .computeIfAbsent(feed, unseen -> new EnumMap<>(Direction.class))
        .computeIfAbsent(direction, unseen -> feedText(feed, direction));
  }

  private static byte[] feedText(String feed, Direction direction) {
    LineBuffer text = new LineBuffer(64);
    text.put(",\"feed\":".getBytes(US_ASCII));
    JsonText.put(feed.getBytes(UTF_8), text);
    text.put((",\"dir\":\"" + direction.wire() + "\"").getBytes(US_ASCII));
    return text.toByteArray();
  }

  static String hex(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has SHA-256
    }
  }
}
