package io.stockobserver.etl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object as our own lines are written, two to three times as fast as a library that
 * reads every JSON: no blanks, no escapes, ASCII only, no exponents. Of anything else it says so
 * and somebody else has to read it; what it accepts is JSON. Not thread-safe.
 */
final class PlainJson {
  private static final int DEEPEST = 16;
  private static final int LONGEST_NUMBER = 100;
  private static final int TABLE = 128;

  /** The names that are asked for, by {@link #slot}. */
  private final byte[][] names = new byte[TABLE][];

  private final String[] known = new String[TABLE];

  private byte[] line = {};
  private int at;

  /** What a value is. */
  enum Kind {
    /** Text, without its quotes. */
    TEXT,
    /** A number, as it stands there. */
    NUMBER,
    /** Null, true, false, an object or an array. */
    OTHER,
    /** Null. */
    NULL
  }

  /** Is told what was asked for, in the line's order. */
  @FunctionalInterface
  interface Fields {
    /**
     * One field.
     *
     * @param text empty unless it is text or a number
     */
    void field(String name, Kind kind, String text);
  }

  /** One that tells of these names. */
  PlainJson(Collection<String> asked) {
    for (String name : asked) {
      byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
      int slot = slot(ascii, 0, ascii.length);
      while (names[slot] != null) {
        slot = (slot + 1) % TABLE;
      }
      names[slot] = ascii;
      known[slot] = name;
    }
  }

  /** False when the line has to be read by somebody else; some fields may have been told then. */
  boolean read(byte[] json, Fields fields) {
    line = json;
    at = 0;
    if (!is('{')) {
      return false;
    }
    do {
      int from = at + 1;
      if (!text()) {
        return false;
      }
      String name = name(from, at - 1);
      if (!is(':') || !(name == null ? value(0) : told(name, fields))) {
        return false;
      }
    } while (is(','));
    return is('}') && at == line.length;
  }

  private boolean told(String name, Fields fields) {
    int from = at;
    byte first = next();
    if (!value(0)) {
      return false;
    }
    if (first == '"') {
      fields.field(name, Kind.TEXT, ascii(from + 1, at - 1));
    } else if (first == '-' || isDigit(first)) {
      fields.field(name, Kind.NUMBER, ascii(from, at));
    } else {
      fields.field(name, first == 'n' ? Kind.NULL : Kind.OTHER, "");
    }
    return true;
  }

  private String ascii(int from, int to) {
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private @Nullable String name(int from, int to) {
    int slot = slot(line, from, to);
    while (names[slot] != null) {
      if (Arrays.equals(names[slot], 0, names[slot].length, line, from, to)) {
        return known[slot];
      }
      slot = (slot + 1) % TABLE;
    }
    return null;
  }

  private static int slot(byte[] name, int from, int to) {
    return from == to
        ? 0
        : (name[from] * 5 + name[(from + to) / 2] * 3 + name[to - 1] + to - from) % TABLE;
  }

  private byte next() {
    return at < line.length ? line[at] : 0;
  }

  private boolean is(char c) {
    if (next() != c) {
      return false;
    }
    at++;
    return true;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private boolean value(int depth) {
    return switch (next()) {
      case '"' -> text();
      case '{' -> depth < DEEPEST && object(depth + 1);
      case '[' -> depth < DEEPEST && array(depth + 1);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    };
  }

  private boolean object(int depth) {
    at++;
    if (is('}')) {
      return true;
    }
    do {
      if (!text() || !is(':') || !value(depth)) {
        return false;
      }
    } while (is(','));
    return is('}');
  }

  private boolean array(int depth) {
    at++;
    if (is(']')) {
      return true;
    }
    do {
      if (!value(depth)) {
        return false;
      }
    } while (is(','));
    return is(']');
  }

  private boolean text() {
    if (!is('"')) {
      return false;
    }
    for (int i = at; i < line.length; i++) {
      byte b = line[i];
      if (b == '"') {
        at = i + 1;
        return true;
      }
      if (b < ' ' || b == '\\') { // bytes above ASCII are below zero
        return false;
      }
    }
    return false;
  }

  private boolean word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!is(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean number() {
    int from = at;
    is('-');
    if (!is('0') && !digits()) {
      return false;
    }
    return (!is('.') || digits()) && next() != 'e' && next() != 'E' && at - from <= LONGEST_NUMBER;
  }

  private boolean digits() {
    int from = at;
    while (isDigit(next())) {
      at++;
    }
    return at > from;
  }
}
