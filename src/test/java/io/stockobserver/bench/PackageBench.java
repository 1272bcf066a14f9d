package io.stockobserver.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.LocalDisk;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.backup.packing.PackageKeys;
import io.stockobserver.backup.packing.Packaged;
import io.stockobserver.backup.packing.Packager;
import io.stockobserver.backup.packing.Verdict;
import io.stockobserver.tape.Draft;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A day's package against {@code zstd -3} and {@code sha256sum} of the same files, in turns, on one
 * thread each. Two shares: a day of scalp lines, all of which has to be compressed; and half of it
 * tape, which the archive has compressed when it was sealed. {@code make DIR MB scalp|mixed},
 * {@code run DIR}.
 */
final class PackageBench {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final int ROUNDS = 3;

  private PackageBench() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[1]);
    if (args[0].equals("make")) {
      make(root, Long.parseLong(args[2]) << 20, args[3].equals("mixed"));
    } else {
      run(root);
    }
  }

  private static Archive open(Path root, Instant[] now) {
    return Archive.open(
        ArchiveSettings.of(root, "kis", "kr_stocks", SEOUL)
            .withSync(Duration.ofSeconds(10))
            .withSegments(Duration.ofMinutes(5), Duration.ofMinutes(5)),
        () -> now[0]);
  }

  /** 41 lines each half second, and as much of the tape as of them. */
  private static void make(Path root, long bytes, boolean tape) throws IOException {
    Instant[] now = {START};
    String[] frames = Flood.frames();
    Random chance = new Random(1);
    ChannelAppender appender = new ChannelAppender(root);
    long written = 0;
    int frame = 0;
    try (Archive archive = open(root, now)) {
      for (int tick = 0; written < bytes; tick++) {
        now[0] = START.plusMillis(500L * tick);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; tape && i < 70; i++) {
          byte[] body = frames[frame++ % frames.length].getBytes(UTF_8);
          drafts.add(Draft.heard(now[0].plusMillis(i), tick * 70L + i, "kis-trade", body));
          written += body.length + 130;
        }
        if (tape) {
          archive.number(drafts);
        }
        for (int slot = 0; slot < 41; slot++) {
          byte[] line = scalp(slot, tick, now[0], chance);
          archive.line(Lane.SCALP, now[0], line);
          written += line.length + 1;
        }
        archive.append(appender);
        if (tick % 600 == 0) {
          archive.rotate(now[0]);
          archive.seal();
        }
      }
      now[0] = DAY.plusDays(1).atTime(0, 1).atZone(SEOUL).toInstant();
      archive.rotate(now[0]);
      archive.seal();
      archive.begin(DAY.plusDays(1));
    }
  }

  private static byte[] scalp(int slot, int tick, Instant at, Random chance) {
    int price = 50_000 + 1000 * slot + chance.nextInt(20) * 100;
    return "{\"schema_version\":1,\"track\":\"scalp\",\"provider\":\"kis\",\"market\":\"kr_stocks\",\"symbol\":\"%06d\",\"event_time\":\"%s\",\"receive_time\":\"%s\",\"sample_time\":\"%s\",\"session_id\":\"sess_20261120_090000\",\"mitigation_level\":0,\"quality_flag\":\"normal\",\"last_price\":%d,\"bid_price\":%d,\"ask_price\":%d,\"bid_size\":%d,\"ask_size\":%d,\"volume\":%d,\"acc_volume\":%d,\"acc_value\":%d,\"open\":%d,\"high\":%d,\"low\":%d,\"prev_close\":%d,\"tape_ref\":\"tape/kis/kr_stocks/20261120/09_00_00.jsonl:%d\",\"provider_specific\":{\"cntg_vol\":%d,\"cttr\":%d.%02d,\"seln_cntg_csnu\":%d,\"shnu_cntg_csnu\":%d,\"total_askp_rsqn\":%d,\"total_bidp_rsqn\":%d}}"
        .formatted(
            5930 + slot * 97,
            at,
            at.plusMillis(chance.nextInt(90)),
            at,
            price,
            price - 100,
            price,
            chance.nextInt(20_000),
            chance.nextInt(20_000),
            chance.nextInt(500),
            1_000_000L + tick * 37L,
            70_000_000_000L + tick * 2_500_000L,
            price - 700,
            price + 900,
            price - 1100,
            price - 300,
            tick * 70 + slot,
            chance.nextInt(300),
            chance.nextInt(200),
            chance.nextInt(100),
            tick * 3 + chance.nextInt(3),
            tick * 3 + chance.nextInt(3),
            chance.nextInt(900_000),
            chance.nextInt(900_000))
        .getBytes(UTF_8);
  }

  private static void run(Path root) throws Exception {
    Instant[] now = {DAY.plusDays(1).atTime(0, 20).atZone(SEOUL).toInstant()};
    Path work = Files.createTempDirectory(root.toAbsolutePath().getParent(), "package-bench");
    try (Archive archive = open(root, now)) {
      Path plain = plain(root, work.resolve("plain"));
      double[] ours = new double[ROUNDS];
      double[] theirs = new double[ROUNDS];
      double cpu = 0;
      double theirCpu = 0;
      long bytes = 0;
      long rss = 0;
      for (int round = 0; round < ROUNDS; round++) {
        clear(root.resolve("package"));
        long cpuBegan = cpuNanos();
        long began = System.nanoTime();
        Packager packager =
            new Packager(
                archive,
                new LocalDisk(),
                new PackageKeys(work.resolve("package.key")),
                day -> new Verdict(List.of(), List.of()),
                event -> {},
                () -> now[0],
                1);
        Packaged made = packager.make(DAY, Packager.Progress.NONE);
        ours[round] = (System.nanoTime() - began) / 1e9;
        cpu += (cpuNanos() - cpuBegan) / 1e9;
        bytes = made.bytes();
        rss = highWater();
        theirs[round] = theirs(plain, work.resolve("theirs"));
        theirCpu += theirCpu(work.resolve("theirs/times"));
        System.out.printf(
            Locale.ROOT,
            "round %d: package %.2f s (%d MB/s), zstd -3 and sha256sum %.2f s (%d MB/s), complete %s%n",
            round + 1,
            ours[round],
            Math.round(bytes / 1e6 / ours[round]),
            theirs[round],
            Math.round(bytes / 1e6 / theirs[round]),
            made.complete());
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      System.out.printf(
          Locale.ROOT,
          "%.2f GB: %.2f times as fast as zstd -3 and sha256sum (best of %d rounds each; medians %.2f; 0.8 is asked), by processor time %.2f (%.1f s and %.1f s a round); %d MB resident at most%n",
          bytes / 1e9,
          theirs[0] / ours[0],
          ROUNDS,
          theirs[ROUNDS / 2] / ours[ROUNDS / 2],
          theirCpu / cpu,
          cpu / ROUNDS,
          theirCpu / ROUNDS,
          rss >> 20);
    } finally {
      clear(work);
    }
  }

  private static double theirs(Path plain, Path to) throws Exception {
    clear(to);
    Files.createDirectories(to);
    Process zstd =
        new ProcessBuilder(
                "sh",
                "-c",
                "cd '%s' && zstd -3 -q -T1 --single-thread --output-dir-flat '%s' * && sha256sum * > '%s/sums' && times > '%s/times'"
                    .formatted(plain, to, to, to))
            .inheritIO()
            .start();
    long began = System.nanoTime();
    if (zstd.waitFor() != 0) {
      throw new IOException("zstd or sha256sum failed");
    }
    return (System.nanoTime() - began) / 1e9;
  }

  /** Of this process, the compiler's share included. */
  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** The shell's word on its children, such as {@code 0m10.100000s 0m0.300000s}; seconds. */
  private static double theirCpu(Path times) throws IOException {
    double seconds = 0;
    for (String time : Files.readAllLines(times).get(1).strip().split(" ", -1)) {
      String[] parts = time.replace("s", "").split("m", -1);
      seconds += 60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
    }
    return seconds;
  }

  /** Every line file of the day as it was written. */
  private static Path plain(Path root, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file :
          all.filter(p -> p.toString().matches(".*/20261120/.*\\.jsonl(\\.zst)?"))
              .filter(p -> !p.startsWith(root.resolve("package")))
              .toList()) {
        String name = root.relativize(file).toString().replace('/', '_').replace(".zst", "");
        try (SegmentReader in = SegmentReader.open(file);
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(to.resolve(name)))) {
          for (var line = in.next(); line.isPresent(); line = in.next()) {
            out.write(line.get().bytes());
            out.write('\n');
          }
        }
      }
    }
    return to;
  }

  private static long highWater() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
