package io.stockobserver.guarantees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of the table in docs/guarantees.md.
 *
 * @param tests {@code Class#method}, or {@code Class} for all of its tests; below io.stockobserver
 * @param when {@code verify}, or {@code -Pfaults} for the full figures
 */
record Promise(String name, List<String> tests, String when, int line) {
  private static final Pattern TEST = Pattern.compile("`([\\w.]+(?:#\\w+)?)`");
  private static final String HEAD = "| promise | what holds today |";

  static List<Promise> read(Path page) throws IOException {
    return read(Files.readAllLines(page));
  }

  /** The rows of the table of what holds; what is not yet promised stands in another. */
  static List<Promise> read(List<String> lines) {
    List<Promise> all = new ArrayList<>();
    boolean inside = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(HEAD)) {
        inside = true;
      } else if (!line.startsWith("|")) {
        inside = false;
      } else if (inside && !line.startsWith("|--")) {
        all.add(of(line, i + 1));
      }
    }
    return all;
  }

  private static Promise of(String row, int line) {
    String[] cells = row.substring(1).split("\\|", -1);
    List<String> tests = new ArrayList<>();
    if (cells.length > 2) {
      Matcher test = TEST.matcher(cells[2]);
      while (test.find()) {
        tests.add(test.group(1));
      }
    }
    return new Promise(cells[0].strip(), tests, cells.length > 3 ? cells[3].strip() : "", line);
  }
}
