package io.stockobserver.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.pulling.Patience;
import io.stockobserver.backup.pulling.PullException;
import io.stockobserver.backup.pulling.PullProgress;
import io.stockobserver.backup.pulling.PullReport;
import io.stockobserver.backup.pulling.PullServer;
import io.stockobserver.backup.pulling.PullSettings;
import io.stockobserver.backup.pulling.Puller;
import io.stockobserver.backup.pulling.Shop;
import io.stockobserver.route.http.HttpFrontForTests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Processes of their own, for being killed; this one is one side of a pull. */
public final class Killed {
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

  /** A small process of the tests' own classes, which has said that it is ready. */
  public static Process start(Class<?> main, String... args) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    words.addAll(List.of(args));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.equals("ready")) {
      line = said.readLine();
    }
    CompletableFuture<Void> rest =
        CompletableFuture.runAsync(() -> said.lines().forEach(ignored -> {}));
    assertThat(rest).isNotNull();
    return process;
  }

  public static PullReport pull(Path tree, int port) throws PullException {
    Patience patience = new Patience(Duration.ofSeconds(20), Duration.ofMillis(50), 3, 2);
    PullSettings settings = new PullSettings(tree, "pc", 4, Duration.ofDays(3000), patience);
    PullServer server =
        new PullServer("tokyo", URI.create("http://127.0.0.1:" + port), null, Shop.TOKEN);
    return new Puller(settings, new LocalDisk(), () -> Instant.parse("2026-11-20T15:10:00Z"))
        .pull(List.of(server), PullProgress.unseen());
  }
}
