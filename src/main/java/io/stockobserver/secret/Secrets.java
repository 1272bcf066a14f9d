package io.stockobserver.secret;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Every secret that this process knows, to be masked wherever text leaves it. Whoever shows a text
 * with one in it raises the alarm. Thread-safe; to look at a text that has none costs less than to
 * copy it.
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

  private final Map<String, Deque<String>> learnt = new HashMap<>();
  private final Map<String, WordScan> own = new ConcurrentHashMap<>();
  private volatile WordScan all = new WordScan(List.of());
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
    own.put(owner, new WordScan(words(owner, known)));
    all =
        new WordScan(
            learnt.entrySet().stream()
                .flatMap(one -> words(one.getKey(), one.getValue()).stream())
                .toList());
  }

  private static List<WordScan.Word> words(String owner, Collection<String> secrets) {
    return secrets.stream()
        .flatMap(secret -> spellings(secret).stream())
        .map(spelling -> new WordScan.Word(owner, spelling.getBytes(StandardCharsets.UTF_8)))
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
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] masked = mask(where, bytes);
    return masked == bytes ? text : new String(masked, StandardCharsets.UTF_8);
  }

  /** The same for bytes of UTF-8, or of anything: what is no secret stays byte for byte. */
  public byte[] mask(String where, byte[] bytes) {
    return mask(all, where, bytes);
  }

  /**
   * The same for what streams from somebody: only their own secrets are looked for. A short
   * password of a person may well be the volume of a trade.
   */
  public byte[] maskOwn(String owner, String where, byte[] bytes) {
    WordScan scan = own.get(owner);
    return scan == null ? bytes : mask(scan, where, bytes);
  }

  private byte[] mask(WordScan scan, String where, byte[] bytes) {
    WordScan.Hit hit = scan.find(bytes, 0);
    if (hit == null) {
      return bytes;
    }
    ByteArrayOutputStream masked = new ByteArrayOutputStream(bytes.length);
    int from = 0;
    while (hit != null) {
      masked.write(bytes, from, hit.at() - from);
      masked.writeBytes(MARK.getBytes(StandardCharsets.UTF_8));
      alarm.accept(new Sighting(hit.word().owner(), where));
      from = hit.end();
      hit = scan.find(bytes, from);
    }
    masked.write(bytes, from, bytes.length - from);
    return masked.toByteArray();
  }

  @Override
  public synchronized String toString() {
    return "Secrets[" + learnt.values().stream().mapToInt(Deque::size).sum() + ']';
  }
}
