package io.stockobserver.simulator.upbit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object of the wire, in long or in short words. */
final class Row {
  private final boolean brief;
  private final List<String> fields = new ArrayList<>();

  /** In long words, or in short ones if {@code brief}. */
  Row(boolean brief) {
    this.brief = brief;
  }

  boolean brief() {
    return brief;
  }

  /** With a value that is JSON already. */
  Row raw(String word, String shortWord, String json) {
    fields.add('"' + (brief ? shortWord : word) + "\":" + json);
    return this;
  }

  Row text(String word, String shortWord, @Nullable String value) {
    return raw(word, shortWord, value == null ? "null" : quoted(value));
  }

  Row number(String word, String shortWord, Numbers way, BigDecimal value) {
    return raw(word, shortWord, way.text(value));
  }

  Row whole(String word, String shortWord, long value) {
    return raw(word, shortWord, Long.toString(value));
  }

  /** REST has long words only. */
  Row text(String word, @Nullable String value) {
    return text(word, word, value);
  }

  Row number(String word, Numbers way, BigDecimal value) {
    return number(word, word, way, value);
  }

  Row whole(String word, long value) {
    return whole(word, word, value);
  }

  Row raw(String word, String json) {
    return raw(word, word, json);
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    return text.append('"').toString();
  }

  /** The object, its fields in the order in which they came. */
  String json() {
    return json(0);
  }

  /** The object, beginning with this field and ending with the one before it. */
  String json(int first) {
    StringBuilder text = new StringBuilder(64 * fields.size()).append('{');
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(fields.get((first + i) % fields.size()));
    }
    return text.append('}').toString();
  }

  /** An array of texts. */
  static String array(List<String> texts) {
    StringBuilder text = new StringBuilder("[");
    for (String one : texts) {
      text.append(text.length() == 1 ? "" : ",").append(quoted(one));
    }
    return text.append(']').toString();
  }
}
