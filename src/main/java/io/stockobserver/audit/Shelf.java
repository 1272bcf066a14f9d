package io.stockobserver.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One provider's market within an archive. */
public record Shelf(String provider, String market) {
  private static final Pattern DAY = Pattern.compile("(\\d{8})(?:\\D.*)?");
  private static final List<String> BY_MARKET = List.of("universe", "tape", "scalp", "swing");

  String folder(String lane, LocalDate day) {
    return lane + '/' + provider + '/' + market + '/' + EventBook.DAY.format(day);
  }

  /** Every market of which the archive has a folder, in order. */
  public static List<Shelf> in(Path root) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    for (String lane : BY_MARKET) {
      for (String provider : EventBook.names(root, lane)) {
        for (String market : EventBook.names(root, lane + '/' + provider)) {
          found.add(provider + '/' + market);
        }
      }
    }
    List<Shelf> all = new ArrayList<>();
    for (String name : found) {
      int slash = name.indexOf('/');
      all.add(new Shelf(name.substring(0, slash), name.substring(slash + 1)));
    }
    return all;
  }

  /**
   * The newest day that was recorded; where none was, of which there is an event: commands leave
   * events on days on which nobody records.
   */
  public static Optional<LocalDate> newestDay(Path root, List<Shelf> shelves) throws IOException {
    TreeSet<LocalDate> all = new TreeSet<>();
    for (Shelf shelf : shelves) {
      all.addAll(shelf.recorded(root));
    }
    for (Shelf shelf : all.isEmpty() ? shelves : List.<Shelf>of()) {
      all.addAll(shelf.days(root));
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.last());
  }

  /** Whether there is an event or a line of this day. */
  public boolean has(Path root, LocalDate day) throws IOException {
    return days(root).contains(day);
  }

  private TreeSet<LocalDate> days(Path root) throws IOException {
    TreeSet<LocalDate> days = recorded(root);
    EventBook.names(root, "system/events/" + provider)
        .forEach(name -> day(name).ifPresent(days::add));
    return days;
  }

  private TreeSet<LocalDate> recorded(Path root) throws IOException {
    List<String> names = new ArrayList<>();
    for (String lane : BY_MARKET) {
      names.addAll(EventBook.names(root, lane + '/' + provider + '/' + market));
    }
    TreeSet<LocalDate> days = new TreeSet<>();
    names.forEach(name -> day(name).ifPresent(days::add));
    return days;
  }

  private static Optional<LocalDate> day(String name) {
    Matcher m = DAY.matcher(name);
    try {
      return m.matches()
          ? Optional.of(LocalDate.parse(m.group(1), EventBook.DAY))
          : Optional.empty();
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }
}
