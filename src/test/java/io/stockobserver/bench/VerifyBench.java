package io.stockobserver.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.Verification;
import io.stockobserver.archive.Verification.Means;
import io.stockobserver.archive.Verification.Report;
import io.stockobserver.tape.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Verification of sealed segments against {@code sha256sum} of the same files on as many threads,
 * turn by turn in one run. Plain segments are read and hashed by both; of compressed ones
 * verification hashes what is stored and what it holds, so there {@code zstd -dc | sha256sum} is
 * measured, too. Arguments: megabytes (1024), threads (2), rounds (5).
 */
final class VerifyBench {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  private VerifyBench() {}

  public static void main(String[] args) throws Exception {
    long megabytes = args.length > 0 ? Long.parseLong(args[0]) : 1024;
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    Path dir = Files.createTempDirectory("observer-verify-bench");
    try {
      for (Lane lane : List.of(Lane.SCALP, Lane.TAPE)) {
        Path root = dir.resolve(lane.folder());
        write(root, lane, megabytes << 20);
        measure(root, lane, threads, rounds);
      }
    } finally {
      try (Stream<Path> all = Files.walk(dir)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void write(Path root, Lane lane, long bytes) throws IOException {
    Instant[] now = {START};
    Random random = new Random(4);
    ArchiveSettings settings =
        ArchiveSettings.of(root, "kis", "kr_stocks", SEOUL).withSync(Duration.ofSeconds(1));
    try (Archive archive = Archive.open(settings, () -> now[0])) {
      long written = 0;
      while (written < bytes) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
          String line = line(random, now[0]);
          written += line.length();
          if (lane == Lane.TAPE) {
            drafts.add(Draft.heard(now[0], 1, "kis-trade", line.getBytes(UTF_8)));
          } else {
            archive.line(lane, now[0], line.getBytes(UTF_8));
          }
        }
        archive.number(drafts);
        archive.append(new ChannelAppender(root));
        now[0] = now[0].plusSeconds(5);
        archive.rotate(now[0]);
        archive.seal();
      }
    }
  }

  /** As long and about as compressible as a line of a market day. */
  private static String line(Random random, Instant at) {
    int price = 70_000 + random.nextInt(400);
    return ("{\"schema_version\":1,\"track\":\"scalp\",\"provider\":\"kis\",\"market\":\"kr_stocks\","
            + "\"symbol\":\"%06d\",\"event_time\":\"%s\",\"receive_time\":\"%s\",\"last_price\":%d,"
            + "\"bid_price\":%d,\"ask_price\":%d,\"bid_size\":%d,\"ask_size\":%d,\"acc_volume\":%d,"
            + "\"acc_value\":%d,\"tape_ref\":\"tape/kis/kr_stocks/20261120/09_30_00.jsonl:%d\"}")
        .formatted(
            random.nextInt(2_700),
            at.plusMillis(random.nextInt(5_000)),
            at,
            price,
            price - 100,
            price + 100,
            random.nextInt(50_000),
            random.nextInt(50_000),
            random.nextInt(90_000_000),
            random.nextInt(),
            random.nextInt(900_000));
  }

  private static void measure(Path root, Lane lane, int threads, int rounds) throws Exception {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root.resolve(lane.folder()))) {
      all.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    long stored = 0;
    for (Path file : files) {
      stored += Files.size(file);
    }
    Report report = verify(root, threads);
    System.out.printf(
        Locale.ROOT,
        "%s: %d files, %.0f MB stored, %.0f MB of content, %d threads; %s%n",
        lane.folder(),
        files.size(),
        stored / 1e6,
        report.bytes() / 1e6,
        threads,
        report.ok() ? "sound" : report.problems());
    boolean packed = lane == Lane.TAPE;
    String list =
        "find '%s' -type f -print0 | xargs -0 -P%d -n4 "
            .formatted(root.resolve(lane.folder()), threads);
    String sum = list + "sha256sum > /dev/null";
    String content = list + "sh -c 'for f; do zstd -dcq \"$f\" | sha256sum; done' sh > /dev/null";
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    double[] unpacked = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long began = System.nanoTime();
      verify(root, threads);
      long then = System.nanoTime();
      run(sum);
      long last = System.nanoTime();
      if (packed) {
        run(content);
      }
      ours[i] = (then - began) / 1e9;
      theirs[i] = (last - then) / 1e9;
      unpacked[i] = (System.nanoTime() - last) / 1e9;
    }
    System.out.printf(
        Locale.ROOT,
        "  verify %.2f s, sha256sum %.2f s of the same files: %.2f of its speed%n",
        median(ours),
        median(theirs),
        median(theirs) / median(ours));
    if (packed) {
      System.out.printf(
          Locale.ROOT,
          "  zstd -dc | sha256sum %.2f s; with sha256sum of what is stored %.2f s: %.2f of the speed of both%n",
          median(unpacked),
          median(unpacked) + median(theirs),
          (median(unpacked) + median(theirs)) / median(ours));
    }
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.printf(
        Locale.ROOT,
        "  heap of at most %d MB, %d MB used after%n",
        Runtime.getRuntime().maxMemory() >> 20,
        used >> 20);
  }

  private static double median(double[] of) {
    double[] sorted = of.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static Report verify(Path root, int threads) {
    return Verification.of(root, new Means(threads, Optional.empty(), false, bytes -> {}));
  }

  private static void run(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("failed: " + command);
    }
  }
}
