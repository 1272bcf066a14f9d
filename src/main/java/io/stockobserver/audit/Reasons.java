package io.stockobserver.audit;

import java.util.ArrayList;
import java.util.List;

/** The words of what explains, each as a number that fits a byte; 0 is none. */
final class Reasons {
  private final List<String> words = new ArrayList<>(List.of(""));

  byte code(String word) {
    int code = words.indexOf(word);
    if (code < 0) {
      code = words.size();
      // More than a hundred different words are nobody's evidence: the last one stands for all.
      if (code > 100) {
        return 100;
      }
      words.add(word);
    }
    return (byte) code;
  }

  String word(byte code) {
    return words.get(code);
  }
}
