package io.stockobserver.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of {@code routes/} as text: what can be known of it without Camel.
 *
 * @param name with {@link #ENDING}
 */
record RouteFile(Path path, String name, List<String> lines) {
  static final String ENDING = ".camel.yaml";
  private static final Pattern KEY = Pattern.compile("\\{\\{([^{}]+)}}");

  /** What reads the environment or a system property, by any of Camel's ways of writing it. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)\\b(?:env|sys|sysenv|systemEnvironment|service|secret)\\b[^\\s\\w]{1,3}"
              + "(\\w*(?:KEY|SECRET|TOKEN|PASSWORD|ALERT_URL)\\w*)");

  /** A placeholder and where it stands. */
  record Key(String name, int line) {}

  static RouteFile read(Path path) throws IOException {
    return new RouteFile(path, path.getFileName().toString(), Files.readAllLines(path));
  }

  /** What its one route or configuration must be called. */
  String id() {
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  boolean hasConfiguration() {
    return lines.stream().anyMatch(line -> line.startsWith("- routeConfiguration:"));
  }

  /** What is left of it without comments. */
  List<String> words() {
    return lines.stream().filter(line -> !isComment(line) && !line.isBlank()).toList();
  }

  /** The settings without which it cannot be built; comments may name what they like. */
  List<Key> keys() {
    List<Key> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (isComment(lines.get(i))) {
        continue;
      }
      Matcher key = KEY.matcher(lines.get(i));
      while (key.find()) {
        String name = key.group(1).trim();
        // {{key:default}} and {{?key}} may be absent; {{env:NAME}} is no setting.
        if (!name.contains(":") && !name.startsWith("?")) {
          all.add(new Key(name, i + 1));
        }
      }
    }
    return all;
  }

  /** The secrets that it names; a route file is no place for them, and its model is shown. */
  List<Key> secrets() {
    List<Key> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher secret = SECRET.matcher(lines.get(i));
      if (!isComment(lines.get(i)) && secret.find()) {
        all.add(new Key(secret.group(1), i + 1));
      }
    }
    return all;
  }

  /** The first line, from 1, that has {@code word}, comments left out; 0 for none. */
  int lineOf(String word) {
    Pattern whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
    for (int i = 0; i < lines.size(); i++) {
      if (!isComment(lines.get(i)) && whole.matcher(lines.get(i)).find()) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean isComment(String line) {
    return line.stripLeading().startsWith("#");
  }
}
