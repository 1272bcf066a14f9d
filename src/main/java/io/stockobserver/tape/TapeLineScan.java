package io.stockobserver.tape;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line of the tape in the very form in which {@link TapeLines} writes one with a text body:
 * keys in their order, nothing between them. Whatever looks any other way, damage included, it
 * leaves to {@link TapeLineReader}, so that there is one judge of what is a line. One use.
 */
final class TapeLineScan {
  private static final byte[] SEQ = "{\"seq\":".getBytes(US_ASCII);
  private static final byte[] HEARD_AT = ",\"heard_at\":\"".getBytes(US_ASCII);
  private static final byte[] MONO_NS = "\",\"mono_ns\":".getBytes(US_ASCII);
  private static final byte[] FEED = ",\"feed\":\"".getBytes(US_ASCII);
  private static final byte[] DIR = "\",\"dir\":\"".getBytes(US_ASCII);
  private static final byte[] RE = ",\"re\":".getBytes(US_ASCII);
  private static final byte[] STATUS = ",\"status\":".getBytes(US_ASCII);
  private static final byte[] BODY = ",\"body\":\"".getBytes(US_ASCII);

  private static final String INSTANT = "0000-00-00T00:00:00.000000Z";

  /** More digits than these may be more than a long holds. */
  private static final int MOST_DIGITS = 18;

  private final byte[] line;
  private int at;
  private boolean fits = true;

  private TapeLineScan(byte[] line) {
    this.line = line;
  }

  /** The entry; null where the line has not that form. */
  static @Nullable Entry read(byte[] line, String path, long number) {
    try {
      return new TapeLineScan(line).read(path, number);
    } catch (DateTimeException | IllegalArgumentException | ArrayIndexOutOfBoundsException other) {
      return null;
    }
  }

  private @Nullable Entry read(String path, long number) {
    expect(SEQ);
    long seq = digits();
    expect(HEARD_AT);
    Instant heardAt = instant();
    expect(MONO_NS);
    boolean negative = fits && line[at] == '-';
    at += negative ? 1 : 0;
    long monoNanos = negative ? -digits() : digits();
    expect(FEED);
    String feed = word();
    expect(DIR);
    Direction direction = Direction.of(word());
    at++; // the quote that ended the word
    long re = has(RE) ? digits() : 0;
    long status = has(STATUS) ? digits() : 0;
    expect(BODY);
    byte[] body = fits ? text() : null;
    boolean ended = at == line.length - 2 && line[at] == '"' && line[at + 1] == '}';
    if (body == null || !fits || !ended || seq < 1 || status > 999) {
      return null;
    }
    return new Entry(
        seq, new Draft(heardAt, monoNanos, feed, direction, re, (int) status, body), path, number);
  }

  /** {@code 2026-11-20T00:29:50.123456Z}, no other form. */
  private Instant instant() {
    int from = at;
    at += INSTANT.length();
    for (int i = 0; i < INSTANT.length(); i++) {
      char form = INSTANT.charAt(i);
      fits &= form == '0' ? line[from + i] >= '0' && line[from + i] <= '9' : line[from + i] == form;
    }
    return LocalDateTime.of(
            number(from, 4),
            number(from + 5, 2),
            number(from + 8, 2),
            number(from + 11, 2),
            number(from + 14, 2),
            number(from + 17, 2),
            number(from + 20, 6) * 1_000)
        .toInstant(ZoneOffset.UTC);
  }

  private int number(int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      value = value * 10 + line[i] - '0';
    }
    return value;
  }

  private boolean has(byte[] word) {
    boolean here =
        fits
            && at + word.length <= line.length
            && Arrays.equals(line, at, at + word.length, word, 0, word.length);
    at += here ? word.length : 0;
    return here;
  }

  private void expect(byte[] word) {
    fits = has(word);
  }

  private long digits() {
    long value = 0;
    int from = at;
    while (fits && line[at] >= '0' && line[at] <= '9') {
      value = value * 10 + line[at++] - '0';
    }
    int count = at - from;
    fits &= count > 0 && count <= MOST_DIGITS && (count == 1 || line[from] != '0');
    return value;
  }

  /** Up to the next quote; a plain word has nothing escaped in it. */
  private String word() {
    int from = at;
    while (fits && line[at] != '"') {
      fits = line[at] >= ' ' && line[at] != '\\';
      at++;
    }
    return fits ? new String(line, from, at - from, US_ASCII) : "";
  }

  /** Up to the quote that ends the body, its escapes undone; null for any that we do not write. */
  private byte @Nullable [] text() {
    byte[] out = new byte[line.length - at];
    int n = 0;
    while (line[at] != '"') {
      int b = line[at];
      if (b == '\\') {
        int plain = plain(line[at + 1]);
        if (plain == 'u') {
          plain = control();
          at += 4;
        }
        if (plain < 0) {
          return null;
        }
        out[n++] = (byte) plain;
        at += 2;
      } else if (b >= ' ') {
        out[n++] = (byte) b;
        at++;
      } else {
        int width = b < 0 ? JsonText.sequence(line, at) : 0;
        if (width == 0) {
          return null;
        }
        System.arraycopy(line, at, out, n, width);
        n += width;
        at += width;
      }
    }
    return Arrays.copyOf(out, n);
  }

  private static int plain(int escaped) {
    return switch (escaped) {
      case '"', '\\', 'u' -> escaped;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /** Four hexadecimal digits of a control character: others stand for themselves. */
  private int control() {
    int high = Character.digit(line[at + 4], 16);
    int low = Character.digit(line[at + 5], 16);
    boolean small = line[at + 2] == '0' && line[at + 3] == '0' && high >= 0 && high < 8;
    return small && low >= 0 ? high * 16 + low : -1;
  }
}
