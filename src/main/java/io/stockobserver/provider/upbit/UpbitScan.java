package io.stockobserver.provider.upbit;

import io.stockobserver.market.Digits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of one JSON object after the other where they stand in a message: no tree, no
 * text of what nobody asks for. The hot path. It accepts a little more than JSON does, but never a
 * message that does not end. Used by one thread, for one message after the other: it remembers
 * which field came after which, because the venue keeps to its order.
 */
final class UpbitScan {
  /** What {@link #object} and {@link #value} return for what is no JSON. */
  static final int MALFORMED = -1;

  /** Milliseconds of 2001 to 2096: seconds, microseconds and nanoseconds are all outside. */
  private static final long EARLIEST_MILLIS = 1_000_000_000_000L;

  private static final long LATEST_MILLIS = 4_000_000_000_000L;
  private static final int LONGEST_MILLIS = 18;

  /** What a number may consist of. */
  private static final boolean[] OF_NUMBER = new boolean[256];

  static {
    for (char c : "0123456789.-+eE".toCharArray()) {
      OF_NUMBER[c] = true;
    }
  }

  private byte[] b;

  /** By a field's index, where the name of the one behind it stands; at the end, of the first. */
  private final int[] behind = new int[UpbitField.COUNT + 1];

  private final int[] from = new int[UpbitField.COUNT];
  private final int[] to = new int[UpbitField.COUNT];
  private long present;
  private int strangeFrom;
  private int strangeTo;

  UpbitScan(byte[] b) {
    this.b = b;
    Arrays.fill(behind, UpbitField.UNKNOWN);
  }

  /** Goes on with another message. */
  UpbitScan turnTo(byte[] message) {
    b = message;
    present = 0;
    return this;
  }

  /** Takes every field of an object that {@link #object} comes across; names without quotes. */
  @FunctionalInterface
  interface Visitor {
    void field(@Nullable UpbitField field, int nameFrom, int nameTo, int valueFrom, int valueTo);
  }

  /** The first place from {@code at} on that is not blank; the message's length for none. */
  int blank(int at) {
    int i = at;
    if (i < b.length && b[i] > ' ') {
      return i;
    }
    while (i < b.length && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t')) {
      i++;
    }
    return i;
  }

  /** The byte there; 0 behind the end. */
  byte peek(int at) {
    return at < b.length ? b[at] : 0;
  }

  /** Whether there is nothing but blanks from {@code at} on. */
  boolean ends(int at) {
    return blank(at) == b.length;
  }

  /** Reads the object that begins at {@code at}; where it ends, or {@link #MALFORMED}. */
  int object(int at) {
    present = 0;
    strangeFrom = 0;
    strangeTo = 0;
    return object(at, null);
  }

  /** As {@link #object(int)}, telling {@code visitor} and remembering nothing. */
  int object(int at, @Nullable Visitor visitor) {
    if (peek(at) != '{') {
      return MALFORMED;
    }
    int i = blank(at + 1);
    if (peek(i) == '}') {
      return i + 1;
    }
    int last = UpbitField.COUNT;
    while (true) {
      if (peek(i) != '"') {
        return MALFORMED;
      }
      int nameFrom = i + 1;
      int name = behind[last];
      int nameTo = nameFrom + UpbitField.lengthOf(name);
      if (peek(nameTo) != '"' || !UpbitField.stands(name, b, nameFrom)) {
        nameTo = string(nameFrom) - 1;
        name = nameTo < 0 ? UpbitField.UNKNOWN : UpbitField.find(b, nameFrom, nameTo);
        behind[last] = name;
      }
      i = nameTo < 0 ? b.length : blank(nameTo + 1);
      if (peek(i) != ':') {
        return MALFORMED;
      }
      int valueFrom = blank(i + 1);
      int valueTo = value(valueFrom);
      if (valueTo == MALFORMED) {
        return MALFORMED;
      }
      UpbitField field = UpbitField.of(name);
      last = field == null ? UpbitField.COUNT : field.index();
      if (visitor != null) {
        visitor.field(field, nameFrom, nameTo, valueFrom, valueTo);
      } else if (field == null) {
        strangeFrom = nameFrom;
        strangeTo = nameTo;
      } else {
        present |= field.bit();
        from[field.index()] = valueFrom;
        to[field.index()] = valueTo;
      }
      i = blank(valueTo);
      byte next = peek(i);
      if (next == '}') {
        return i + 1;
      }
      if (next != ',') {
        return MALFORMED;
      }
      i = blank(i + 1);
    }
  }

  /** Where the value that begins at {@code at} ends, or {@link #MALFORMED}. */
  int value(int at) {
    byte first = peek(at);
    return switch (first) {
      case '"' -> string(at + 1);
      case '{', '[' -> nested(at);
      case 't' -> word(at, "true");
      case 'f' -> word(at, "false");
      case 'n' -> word(at, "null");
      default -> number(at);
    };
  }

  /** How many values the array has that is all of {@code [at, end)}; {@link #MALFORMED} if none. */
  int elements(int at) {
    if (peek(at) != '[') {
      return MALFORMED;
    }
    int i = blank(at + 1);
    if (peek(i) == ']') {
      return ends(i + 1) ? 0 : MALFORMED;
    }
    int count = 0;
    while (true) {
      i = value(i);
      if (i == MALFORMED) {
        return MALFORMED;
      }
      count++;
      i = blank(i);
      if (peek(i) == ']') {
        return ends(i + 1) ? count : MALFORMED;
      }
      if (peek(i) != ',') {
        return MALFORMED;
      }
      i = blank(i + 1);
    }
  }

  private int string(int at) {
    for (int i = at; i < b.length; i++) {
      byte c = b[i];
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\') {
        i++;
      }
    }
    return MALFORMED;
  }

  private int number(int at) {
    int i = at;
    while (i < b.length && OF_NUMBER[b[i] & 0xFF]) {
      i++;
    }
    return i == at ? MALFORMED : i;
  }

  private int word(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek(at + i) != word.charAt(i)) {
        return MALFORMED;
      }
    }
    return at + word.length();
  }

  private int nested(int at) {
    int depth = 0;
    for (int i = at; i < b.length; i++) {
      switch (b[i]) {
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          if (depth == 0) {
            return i + 1;
          }
        }
        case '"' -> {
          int end = string(i + 1);
          if (end == MALFORMED) {
            return MALFORMED;
          }
          i = end - 1;
        }
        default -> {}
      }
    }
    return MALFORMED;
  }

  /** The fields that the object has. */
  long present() {
    return present;
  }

  /** The name of a field that nobody knows; null where all are known. */
  @Nullable String strange() {
    return strangeTo == 0
        ? null
        : new String(b, strangeFrom, strangeTo - strangeFrom, StandardCharsets.UTF_8);
  }

  /** Where a field's value begins; only of one that is {@link #present}. */
  int from(UpbitField field) {
    return from[field.index()];
  }

  int to(UpbitField field) {
    return to[field.index()];
  }

  /** Whether it is there and not null. */
  boolean has(UpbitField field) {
    return (present & field.bit()) != 0 && b[from(field)] != 'n';
  }

  /** Whether its value is this text, in quotes or bare. */
  boolean is(UpbitField field, String text) {
    if (!has(field)) {
      return false;
    }
    int quote = b[from(field)] == '"' ? 1 : 0;
    int start = from(field) + quote;
    if (to(field) - quote - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (b[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Its value as sent, without quotes; empty for none. */
  String text(UpbitField field) {
    return has(field) ? text(from(field), to(field)) : "";
  }

  /** A value as sent, without quotes. */
  String text(int valueFrom, int valueTo) {
    int quote = b[valueFrom] == '"' ? 1 : 0;
    String text =
        new String(b, valueFrom + quote, valueTo - valueFrom - 2 * quote, StandardCharsets.UTF_8);
    return quote == 1 && text.indexOf('\\') >= 0 ? UpbitJson.unescaped(text) : text;
  }

  /**
   * Its number, digits as sent; also in quotes, as some of the venue's documents show it (sheet 2).
   * Null where it is null or not there.
   *
   * @throws UpbitMisfit where it is no number, or one that cannot be written out
   */
  @Nullable BigDecimal number(UpbitField field) {
    if (!has(field)) {
      return null;
    }
    int quote = b[from(field)] == '"' ? 1 : 0;
    try {
      return Digits.decimal(b, from(field) + quote, to(field) - quote);
    } catch (NumberFormatException e) {
      throw malformed(field);
    }
  }

  /** As {@link #number}, but zero is no value either: padding, or nothing traded yet. */
  @Nullable BigDecimal price(UpbitField field) {
    BigDecimal price = number(field);
    return price == null || price.signum() == 0 ? null : price;
  }

  /**
   * Its instant, from milliseconds.
   *
   * @throws UpbitMisfit where there is none, or it is in another unit
   */
  Instant instant(UpbitField field) {
    if (!has(field)) {
      throw new UpbitMisfit("field-missing", field.wireName());
    }
    int end = to(field);
    if (end - from(field) > LONGEST_MILLIS) {
      throw new UpbitMisfit("time-unit", shown(field));
    }
    long millis = 0;
    for (int i = from(field); i < end; i++) {
      int digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        throw malformed(field);
      }
      millis = millis * 10 + digit;
    }
    if (millis < EARLIEST_MILLIS || millis > LATEST_MILLIS) {
      throw new UpbitMisfit("time-unit", shown(field));
    }
    return Instant.ofEpochMilli(millis);
  }

  UpbitMisfit malformed(UpbitField field) {
    return new UpbitMisfit("field-malformed", shown(field));
  }

  private String shown(UpbitField field) {
    String text = text(field);
    return field.wireName() + '=' + (text.length() > 40 ? text.substring(0, 40) : text);
  }

  /** The beginning of what stands in {@code [from, to)}, for an eye that looks at it. */
  static String sample(byte[] b, int from, int to) {
    return new String(b, from, Math.min(to - from, 256), StandardCharsets.UTF_8);
  }

  static String sample(byte[] b) {
    return sample(b, 0, b.length);
  }
}
