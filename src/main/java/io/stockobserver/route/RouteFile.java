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
