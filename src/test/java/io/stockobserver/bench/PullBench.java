package io.stockobserver.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.LocalDisk;
import io.stockobserver.backup.HandMade;
import io.stockobserver.backup.pulling.Patience;
import io.stockobserver.backup.pulling.PullProgress;
import io.stockobserver.backup.pulling.PullReport;
import io.stockobserver.backup.pulling.PullServer;
import io.stockobserver.backup.pulling.PullSettings;
import io.stockobserver.backup.pulling.Puller;
import io.stockobserver.route.http.HttpFront;
import io.stockobserver.route.http.HttpFrontForTests;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A day of sealed segments (4 MB each; so many MB of content in all) pulled from the real port in
 * processes of their own, proven and forced on the way; side by side with {@code rsync -a} over
 * loopback, which does neither, of the same sealed segments as an archive has them, and of the
 * compressed files that the pull brings. Same disk, whole processes, best of three.
 */
public final class PullBench {
  private static final String TOKEN = "bench";
  private static final int SEGMENT = 4 << 20;
  private static final int ROUNDS = 3;

  private PullBench() {}

  /** {@code [MB]}; {@code serve} and {@code pull} are the two other processes. */
  public static void main(String[] args) throws Exception {
    if (args.length == 3 && args[0].equals("serve")) {
      HttpFront front = HttpFrontForTests.serve(Path.of(args[1]), 0, TOKEN);
      Files.writeString(Path.of(args[2]), Integer.toString(front.port()));
      Thread.sleep(Duration.ofHours(1).toMillis());
    } else if (args.length == 3 && args[0].equals("pull")) {
      System.exit(pull(Path.of(args[1]), Integer.parseInt(args[2])));
    } else {
      bench(args.length > 0 ? Integer.parseInt(args[0]) : 1024);
    }
  }

  private static int pull(Path to, int port) throws Exception {
    PullSettings settings = new PullSettings(to, "bench", 4, Duration.ofDays(3650), Patience.USUAL);
    PullServer server = new PullServer("here", URI.create("http://127.0.0.1:" + port), null, TOKEN);
    PullReport report =
        new Puller(settings, new LocalDisk(), () -> Instant.parse("2026-11-20T15:10:00Z"))
            .pull(List.of(server), PullProgress.unseen());
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) {
        System.out.printf(
            Locale.ROOT,
            "  resident at most %s, %.2f s of processor, %.2f s pulling%n",
            line.substring(6).strip(),
            Run.cpuNanos() / 1e9,
            report.servers().get(0).took().toNanos() / 1e9);
      }
    }
    return report.exit();
  }

  private static void bench(int megabytes) throws Exception {
    Path folder = Files.createTempDirectory("pull-bench");
    Process server = null;
    Process daemon = null;
    try {
      Path sealed = folder.resolve("sealed");
      make(folder.resolve("data"), sealed, megabytes);
      long stored = size(folder.resolve("data/package/kis/20261120/2"));
      System.out.printf(
          Locale.ROOT, "%d MB of sealed segments, %.0f MB as a package%n", megabytes, stored / 1e6);
      Path told = folder.resolve("port");
      server = java("serve", folder.resolve("data").toString(), told.toString()).start();
      while (!Files.exists(told) || Files.size(told) == 0) {
        Thread.sleep(20);
      }
      String port = Files.readString(told);
      double pulled = Double.MAX_VALUE;
      double plain = Double.MAX_VALUE;
      double packed = Double.MAX_VALUE;
      int free = free();
      daemon = daemon(folder, free);
      for (int i = 0; i < ROUNDS; i++) {
        pulled =
            Math.min(pulled, seconds(java("pull", folder.resolve("pulled" + i).toString(), port)));
        if (daemon != null) {
          plain = Math.min(plain, rsync(free, "sealed", folder.resolve("plain" + i)));
          packed = Math.min(packed, rsync(free, "package", folder.resolve("packed" + i)));
        }
      }
      tell("pull, proven and forced", pulled, megabytes);
      if (daemon == null) {
        System.out.println("rsync: skipped, it is not installed (Debian: apt-get install rsync)");
      } else {
        tell("rsync -a of the sealed segments", plain, megabytes);
        tell("rsync -a of the package's files", packed, megabytes);
        System.out.printf(
            Locale.ROOT,
            "pull is %.2f x rsync of the segments, %.2f x rsync of the package's files%n",
            plain / pulled,
            packed / pulled);
      }
    } finally {
      end(server);
      end(daemon);
      run(new ProcessBuilder("rm", "-rf", folder.toString()));
    }
  }

  private static void end(Process process) throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  private static void tell(String what, double seconds, int megabytes) {
    System.out.printf(
        Locale.ROOT, "%-32s %6.2f s, %7.1f MB of segments/s%n", what, seconds, megabytes / seconds);
  }

  /** Lines as a scalp file has them; a few segments under many names. */
  private static void make(Path root, Path sealed, int megabytes) throws IOException {
    HandMade made = new HandMade(root);
    byte[][] some = new byte[8][];
    for (int i = 0; i < some.length; i++) {
      some[i] = segment(i);
    }
    for (int i = 0; i < megabytes / (SEGMENT >> 20); i++) {
      String path =
          "scalp/kis/kr_stocks/20261120/%02d_%02d_%02d.jsonl"
              .formatted(i / 3600, i / 60 % 60, i % 60);
      made.contents.put(path, some[i % some.length]);
      Path file = sealed.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, some[i % some.length]);
    }
    made.contents.put("manifest/kis/20261120.json", "{}\n".getBytes(UTF_8));
    made.write("kis/20261120/2", "2026-11-20T15:00:04.000Z");
  }

  private static byte[] segment(int seed) {
    Random random = new Random(seed);
    StringBuilder all = new StringBuilder(SEGMENT + 1024);
    for (int n = 0; all.length() < SEGMENT; n++) {
      all.append("{\"schema_version\":1,\"track\":\"scalp\",\"provider\":\"kis\",")
          .append("\"market\":\"kr_stocks\",\"symbol\":\"")
          .append(100_000 + n % 41 * 10)
          .append("\",\"event_time\":\"2026-11-20T00:30:")
          .append(10 + n / 82 % 50)
          .append('.')
          .append(100 + random.nextInt(900))
          .append("Z\",\"quality_flag\":\"normal\",\"last_price\":")
          .append(70_000 + random.nextInt(50) * 100)
          .append(",\"bid_size\":")
          .append(random.nextInt(100_000))
          .append(",\"ask_size\":")
          .append(random.nextInt(100_000))
          .append(",\"acc_volume\":")
          .append(1_000_000 + n * 17L + random.nextInt(17))
          .append(",\"tape_ref\":\"tape/kis/kr_stocks/20261120/09_29_50.jsonl:")
          .append(n * 3)
          .append("\"}\n");
    }
    return all.toString().getBytes(UTF_8);
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  private static ProcessBuilder java(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms48m", "-Xmx192m", "-Xss512k"));
    command.addAll(List.of("-Dlogback.configurationFile=src/main/resources/logback.xml"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(PullBench.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).inheritIO();
  }

  private static int free() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Null where there is no rsync. */
  private static Process daemon(Path folder, int port) throws IOException, InterruptedException {
    Path config = folder.resolve("rsyncd.conf");
    Files.writeString(
        config,
        "address = 127.0.0.1\nuse chroot = no\nuid = %s\ngid = *\n[sealed]\npath = %s\n[package]\npath = %s\n"
            .formatted(
                System.getProperty("user.name"),
                folder.resolve("sealed"),
                folder.resolve("data/package/kis/20261120/2")));
    try {
      Process started =
          new ProcessBuilder(
                  "rsync", "--daemon", "--no-detach", "--port=" + port, "--config=" + config)
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      for (int i = 0; i < 200; i++) {
        if (run(new ProcessBuilder("rsync", "rsync://127.0.0.1:" + port + "/")) == 0) {
          return started;
        }
        Thread.sleep(50);
      }
      started.destroy();
      throw new IllegalStateException("rsync's daemon did not come up");
    } catch (IOException absent) {
      return null;
    }
  }

  private static int run(ProcessBuilder command) throws IOException, InterruptedException {
    return command
        .redirectErrorStream(true)
        .redirectOutput(new File("/dev/null"))
        .start()
        .waitFor();
  }

  private static double rsync(int port, String what, Path to)
      throws IOException, InterruptedException {
    return seconds(
        new ProcessBuilder(
            "rsync", "-a", "rsync://127.0.0.1:" + port + "/" + what + "/", to + "/"));
  }

  private static double seconds(ProcessBuilder command) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process = command.start();
    if (!process.waitFor(1, TimeUnit.HOURS) || process.exitValue() != 0) {
      throw new IllegalStateException(command.command() + " failed: " + process.exitValue());
    }
    return (System.nanoTime() - began) / 1e9;
  }
}
