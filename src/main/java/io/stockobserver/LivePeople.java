package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.route.RouteBook;
import io.stockobserver.route.RouteFinding;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who has an account, changed while we run: a saved file of users holds at once, and whoever looks
 * on has to say again who he is. A broken one changes nothing. Used by one thread.
 */
final class LivePeople {
  private static final String KEY = "http.users";
  private static final Pattern LINE = Pattern.compile(" line (\\d{1,9}) ");

  private final Path file;
  private final People people;
  private final Runnable letGo;

  /**
   * Of this file.
   *
   * @param letGo lets everybody go who looks on
   */
  LivePeople(Path file, People people, Runnable letGo) {
    this.file = file;
    this.people = people;
    this.letGo = letGo;
  }

  Path file() {
    return file;
  }

  /** The file was saved, or is gone. */
  void take(RouteBook book) {
    People.Change change;
    try {
      change = people.again();
    } catch (SettingsException bad) {
      book.refused(finding(String.valueOf(bad.getMessage())));
      return;
    }
    if (!change.from().equals(change.to())) {
      letGo.run();
      book.setting(KEY, change.from(), change.to(), true);
    }
  }

  private RouteFinding finding(String message) {
    String[] halves = message.split("; ", 2);
    Matcher line = LINE.matcher(halves[0]);
    return new RouteFinding(
        file.getFileName().toString(),
        line.find() ? Integer.parseInt(line.group(1)) : 0,
        halves[0].replace(file.toString(), "the file"),
        halves.length > 1 ? halves[1] : "correct it");
  }
}
