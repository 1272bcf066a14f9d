package io.stockobserver.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every secret that this process knows, to be masked wherever text leaves it. Whoever shows a text
 * with one in it raises the alarm. Thread-safe; looking costs a search for each secret.
 */
public final class Secrets {
  /** What stands where a secret stood. */
  public static final String MARK = "[secret]";

  /** A shorter word is no secret worth the name, and would be found in everything. */
  static final int SHORTEST = 8;

  /** Of tokens that are renewed for months, the last ones. */
  private static final int REMEMBERED = 16;

  /**
   * One was about to leave.
   *
   * @param owner whose it is, such as {@code kis}
   * @param where it was seen, for a person
   */
  public record Sighting(String owner, String where) {}

  private record Word(String owner, List<String> spellings) {}

  private final Map<String, Deque<String>> learnt = new HashMap<>();
  private volatile List<Word> words = List.of();
  private volatile Consumer<Sighting> alarm = sighting -> {};

  /**
   * From now on this word is masked. One that is shorter than eight characters is not: the place
   * that takes it should refuse it.
   */
  public synchronized void learn(String owner, String secret) {
    if (secret.length() < SHORTEST) {
      return;
    }
    Deque<String> known = learnt.computeIfAbsent(owner, one -> new ArrayDeque<>());
    if (known.contains(secret)) {
      return;
    }
    known.addLast(secret);
    if (known.size() > REMEMBERED) {
      known.removeFirst();
    }
    words =
        learnt.entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .map(word -> new Word(entry.getKey(), spellings(word))))
            .toList();
  }

  /** As it is, in a URL, and inside quotes of JSON. */
  private static List<String> spellings(String word) {
    Set<String> all = new LinkedHashSet<>();
    all.add(word);
    all.add(URLEncoder.encode(word, StandardCharsets.UTF_8));
    all.add(word.replace("\\", "\\\\").replace("\"", "\\\""));
    all.add(word.replace("/", "\\/"));
    return List.copyOf(all);
  }

  /** Who is told of a sighting; must return at once and may be called from any thread. */
  public void alarm(Consumer<Sighting> told) {
    alarm = told;
  }

  /** The text without any secret; the same object when it had none. */
  public String mask(String where, String text) {
    String masked = text;
    for (Word word : words) {
      for (String spelling : word.spellings()) {
        if (masked.contains(spelling)) {
          masked = masked.replace(spelling, MARK);
          alarm.accept(new Sighting(word.owner(), where));
        }
      }
    }
    return masked;
  }

  /** The same for bytes of UTF-8, or of anything: what is no secret stays byte for byte. */
  public byte[] mask(String where, byte[] bytes) {
    if (words.isEmpty()) {
      return bytes;
    }
    // Every byte a character of its own, so that what is no UTF-8 survives; keys are ASCII.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String masked = mask(where, text);
    return masked.equals(text) ? bytes : masked.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return "Secrets[" + words.size() + ']';
  }
}
