package io.stockobserver.backup.packing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;

/**
 * An archive whose Friday gets late evidence again and again, and each time another version: as a
 * process of its own, for being killed.
 */
final class KilledPackager {
  private static final int LINES = 3_000;

  private KilledPackager() {}

  /** {@code DIR TIME}, such as {@code 21T00:20:00}. */
  public static void main(String[] args) {
    Recorded day = new Recorded(Path.of(args[0]), args[1]);
    day.threads = 2;
    System.out.println("ready");
    while (true) {
      late(day);
      round(day).makeWhenDue();
    }
  }

  private static void late(Recorded day) {
    Instant of = Recorded.at("20T14:00:00");
    for (int i = 0; i < LINES; i++) {
      String line = "{\"timestamp\":\"%s\",\"late\":%d}".formatted(of, (long) i * i * i * 7919);
      day.archive.line(Lane.EVENTS, of, line.getBytes(UTF_8));
    }
    day.archive.append(new ChannelAppender(day.root));
    day.archive.rotate(day.now());
    day.archive.seal();
  }

  /** One that has looked at nothing yet: it makes at once what is due. */
  static PackageRound round(Recorded day) {
    return new PackageRound(
        day.packager(),
        LocalTime.of(21, 0),
        Duration.ofMinutes(10),
        day::now,
        Runnable::run,
        Packager.Progress.NONE);
  }
}
