package io.stockobserver;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;

/**
 * When days are packaged, and by which key.
 *
 * @param at of the market's day
 * @param finalAfter the end of a day
 * @param key a file outside of the archive
 * @param threads that compress
 */
record PackageSettings(LocalTime at, Duration finalAfter, Path key, int threads) {

  /** Reads {@code package.*}. */
  static PackageSettings read(Settings s, Path home, Path root) {
    Path key = home.resolve(s.text("package.key")).toAbsolutePath().normalize();
    return new PackageSettings(
        s.parse("package.at", "a time of the market's day such as 21:00", PackageSettings::time),
        s.span("package.final.after", Duration.ZERO, Duration.ofHours(12)),
        s.parse("package.key", "a file outside of archive.dir", text -> outside(key, root)),
        s.number("package.threads", 1, 16));
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(none);
    }
  }

  /** Whoever gets a copy of the archive does not get its key. */
  private static Path outside(Path key, Path root) {
    if (key.startsWith(root)) {
      throw new IllegalArgumentException();
    }
    return key;
  }
}
