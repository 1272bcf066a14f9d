package io.stockobserver.backup;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.route.http.HttpFrontForTests;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One side of a pull as a process of its own, for being killed. */
final class Killed {
  private Killed() {}

  /** {@code serve ROOT PORT} or {@code pull TREE PORT}. */
  public static void main(String[] args) throws Exception {
    Path path = Path.of(args[1]);
    int port = Integer.parseInt(args[2]);
    if (args[0].equals("serve")) {
      HttpFrontForTests.serve(path, port, Shop.TOKEN);
      System.out.println("ready");
      Thread.sleep(Duration.ofMinutes(10).toMillis());
    } else {
      System.out.println("ready");
      System.exit(pull(path, port).exit());
    }
  }

  static PullReport pull(Path tree, int port) throws PullException {
    Patience patience = new Patience(Duration.ofSeconds(20), Duration.ofMillis(50), 3, 2);
    PullSettings settings = new PullSettings(tree, "pc", 4, Duration.ofDays(3000), patience);
    PullServer server =
        new PullServer("tokyo", URI.create("http://127.0.0.1:" + port), null, Shop.TOKEN);
    return new Puller(settings, new LocalDisk(), () -> Instant.parse("2026-11-20T15:10:00Z"))
        .pull(List.of(server), PullProgress.unseen());
  }
}
