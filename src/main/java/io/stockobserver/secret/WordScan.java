package io.stockobserver.secret;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds words in bytes while it looks at few of these (Wu and Manber, 1994): two bytes say how far
 * the next word can be at the soonest, so that a frame without one costs a look for each length of
 * the shortest word. Immutable.
 */
final class WordScan {
  private static final int TABLE = 1 << 13;

  private final List<Word> words;
  private final int shortest;
  private final byte[] steps = new byte[TABLE];

  /** A word and whose it is; at least two bytes. */
  record Word(String owner, byte[] bytes) {}

  /** Where a word stands. */
  record Hit(Word word, int at) {
    int end() {
      return at + word.bytes().length;
    }
  }

  WordScan(List<Word> words) {
    this.words = List.copyOf(words);
    int least = Byte.MAX_VALUE;
    for (Word word : words) {
      least = Math.min(least, word.bytes().length);
    }
    shortest = least;
    Arrays.fill(steps, (byte) (shortest - 1));
    for (Word word : words) {
      for (int end = 1; end < shortest; end++) {
        int slot = slot(word.bytes(), end);
        steps[slot] = (byte) Math.min(steps[slot], shortest - 1 - end);
      }
    }
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  private static int slot(byte[] text, int end) {
    return ((text[end - 1] & 0xff) << 5 ^ (text[end] & 0xff)) & (TABLE - 1);
  }

  /** The first word from there on, of several the longest; null for none. */
  @Nullable Hit find(byte[] text, int from) {
    if (words.isEmpty()) {
      return null;
    }
    int end = from + shortest - 1;
    while (end < text.length) {
      int step = steps[slot(text, end)];
      if (step == 0) {
        Word longest = longestAt(text, end - shortest + 1);
        if (longest != null) {
          return new Hit(longest, end - shortest + 1);
        }
        step = 1;
      }
      end += step;
    }
    return null;
  }

  private @Nullable Word longestAt(byte[] text, int at) {
    Word longest = null;
    for (Word word : words) {
      byte[] bytes = word.bytes();
      if (at + bytes.length <= text.length
          && (longest == null || bytes.length > longest.bytes().length)
          && Arrays.equals(text, at, at + bytes.length, bytes, 0, bytes.length)) {
        longest = word;
      }
    }
    return longest;
  }
}
