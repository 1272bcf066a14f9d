package io.stockobserver.archive;

import io.stockobserver.market.MarketClock;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A writer without Camel, to be killed: about 5,000 lines a second, segments of one second, and it
 * says after each forcing how far it is safe.
 */
final class KilledWriter {
  static final String FILL = "005930^092950^70100^".repeat(15);

  private KilledWriter() {}

  static InstantSource clock() {
    return MarketClock.live();
  }

  static Process start(Path root) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            root.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] args) {
    Path root = Path.of(args[0]);
    InstantSource clock = clock();
    try {
      ArchiveLock.take(root, clock);
    } catch (ArchiveException refused) {
      System.out.println("refused " + refused.getMessage());
      System.exit(3);
    }
    ArchiveSettings settings =
        ArchiveSettings.of(root, "kis", "kr_stocks", Given.SEOUL)
            .withSync(Duration.ofMillis(20))
            .withSegments(Duration.ofSeconds(1), Duration.ofSeconds(1));
    Archive archive = Archive.open(settings, clock);
    System.out.println("ready");
    Thread sealing = new Thread(() -> seal(archive, clock), "seal");
    sealing.setDaemon(true);
    sealing.start();
    write(archive, clock, new ChannelAppender(root));
  }

  private static void seal(Archive archive, InstantSource clock) {
    while (true) {
      archive.rotate(clock.instant());
      archive.seal();
      LockSupport.parkNanos(30_000_000);
    }
  }

  private static void write(Archive archive, InstantSource clock, Appender appender) {
    long round = 0;
    while (true) {
      Instant now = clock.instant();
      List<Draft> drafts = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        drafts.add(Given.frame(now, "frame " + round + "." + i + "|" + FILL));
      }
      List<Entry> entries = archive.number(drafts);
      archive.line(Lane.SCALP, now, Given.snapshot(now, "005930"));
      archive.line(Lane.SWING, now, Given.snapshot(now, "005930"));
      archive.line(Lane.EVENTS, now, Given.event(now, "metrics"));
      archive.append(appender);
      if (++round % 5 == 0 && archive.force()) {
        System.out.println("safe " + entries.get(24).seq() + ".");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
