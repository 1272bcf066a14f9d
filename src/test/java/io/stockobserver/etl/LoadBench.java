package io.stockobserver.etl;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A day's scalp lines into indexed tables, with bars and proof, plain and compressed, beside what
 * {@code psql \copy} takes for the same rows as CSV into the same indexed tables.
 */
final class LoadBench {
  private static final String SPECIFIC =
      ",\"provider_specific\":{\"PRDY_VRSS_SIGN\":\"3\",\"PRDY_VRSS\":\"0\",\"PRDY_CTRT\":\"0.00\","
          + "\"WGHN_AVRG_STCK_PRC\":\"561005.18\",\"SELN_CNTG_CSNU\":\"13296\",\"SHNU_CNTG_CSNU\":"
          + "\"13872\",\"NTBY_CNTG_CSNU\":\"576\",\"CTTR\":\"106.34\",\"SELN_CNTG_SMTN\":\"117431\","
          + "\"SHNU_CNTG_SMTN\":\"124875\",\"CCLD_DVSN\":\"1\",\"SHNU_RATE\":\"0.49\","
          + "\"PRDY_VOL_VRSS_ACML_VOL_RATE\":\"7.19\",\"OPRC_HOUR\":\"090028\",\"OPRC_VRSS_PRPR\":"
          + "\"1000\",\"HGPR_HOUR\":\"090142\",\"TRHT_YN\":\"N\",\"TOTAL_ASKP_RSQN\":\"49010\",\"TOTAL_BIDP_RSQN\":\"33467\",\"VOL_TNRT\":\"0.04\",\"HOUR_CLS_CODE\":\"0\",\"MARKET_CLS_CODE\":\"2\"}}\n";

  private LoadBench() {}

  public static void main(String[] args) throws Exception {
    int lines = args.length > 0 ? Integer.parseInt(args[0]) : 2_000_000;
    Path dir = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "load-bench");
    try {
      List<String> manifest = archive(dir, lines);
      System.out.printf(
          Locale.ROOT, "%,d lines in %d files; load average %s%n", lines, manifest.size(), load());
      double ours = load(dir, "load_bench", "plain");
      rerun(dir);
      compress(dir);
      double packed = load(dir, "load_bench_zstd", "zstd");
      double copy = copy(dir);
      System.out.printf(
          Locale.ROOT,
          "rows with bars and proof / psql \\copy: plain %.2f, zstd %.2f; load average %s%n",
          copy / ours,
          copy / packed,
          load());
    } finally {
      PostgresBinaries.delete(dir);
    }
    System.exit(0);
  }

  /**
   * CPU seconds of the server's backends that have ended, and of this process with its children.
   */
  private record Cpu(double server, double client) {
    static Cpu now() throws Exception {
      double[] postmaster = stat(postmasterPid());
      double[] self = stat("self");
      return new Cpu(postmaster[1], self[0] + self[1]);
    }

    private static String pid = "";

    private static String postmasterPid() throws Exception {
      if (!pid.isEmpty()) {
        return pid;
      }
      try (TradingDatabase any = TradingDatabase.empty("load_bench_pid")) {
        Path cluster = Path.of(any.one("SHOW data_directory"));
        pid = Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip();
        return pid;
      }
    }

    private static double[] stat(String pid) throws IOException {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      // Fields 14 to 17 of proc(5): own user and system time, then those of waited-for children.
      return new double[] {
        (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0,
        (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0
      };
    }

    String since(Cpu before) throws Exception {
      Thread.sleep(500); // until the backend has ended and was waited for
      Cpu now = now();
      return String.format(
          Locale.ROOT,
          "CPU %5.1f s server, %5.1f s client",
          now.server - before.server,
          now.client - before.client);
    }
  }

  private static String load() {
    return String.valueOf(
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static double load(Path dir, String name, String what) throws Exception {
    try (TradingDatabase db = TradingDatabase.empty(name)) {
      db.open().close();
      System.gc();
      Thread.sleep(500);
      Cpu cpu = Cpu.now();
      long began = System.nanoTime();
      EtlReport report = new Loading(dir, db).run();
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%-6s %,9.0f rows/s, %5.1f s, %s, agrees %s, heap after %d MB, resident at most %s%n",
          what,
          report.rows() / seconds,
          seconds,
          cpu.since(cpu),
          report.ok(),
          heapMegabytes(),
          resident());
      return seconds;
    }
  }

  private static long heapMegabytes() {
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
  }

  private static String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .map(line -> line.replaceAll("\\D+(\\d+)\\d{3} kB", "$1 MB"))
        .findFirst()
        .orElse("unknown");
  }

  private record Loading(Path dir, TradingDatabase db) {
    EtlReport run() throws Exception {
      try (Database database = db.open()) {
        return new Etl(dir, database, TradingDatabase.CLOCK, List.of(), n -> {})
            .run("kis", SmallArchive.DAY, Etl.Care.NEW);
      }
    }
  }

  private static void rerun(Path dir) throws Exception {
    long began = System.nanoTime();
    TradingDatabase.server();
    try (Database database =
        Database.open(
            new DatabaseAddress(
                TradingDatabase.server().url().replaceFirst("/postgres$", "/load_bench"),
                EmbeddedServer.USER,
                TradingDatabase.server().password(),
                java.time.Duration.ofSeconds(10),
                java.time.Duration.ofSeconds(600)),
            dir)) {
      new Etl(dir, database, TradingDatabase.CLOCK, List.of(), n -> {})
          .run("kis", SmallArchive.DAY, Etl.Care.NEW);
    }
    System.out.printf(
        Locale.ROOT, "again  %.2f s, nothing to do%n", (System.nanoTime() - began) / 1e9);
  }

  /** The rows of the first load as CSV, into a partition that has its indexes. */
  private static double copy(Path dir) throws Exception {
    Path csv = dir.resolve("rows.csv");
    psql("load_bench", "\\copy (SELECT * FROM scalp_ticks ORDER BY id) TO '" + csv + "' CSV");
    try (TradingDatabase db = TradingDatabase.empty("load_bench_copy")) {
      db.open().close();
      db.execute(
          "CREATE TABLE scalp_ticks_kis PARTITION OF scalp_ticks FOR VALUES IN ('kis') PARTITION BY"
              + " LIST (trade_date)");
      db.execute(
          "CREATE TABLE scalp_ticks_kis_20261120 PARTITION OF scalp_ticks_kis FOR VALUES IN"
              + " ('2026-11-20')");
      Thread.sleep(500);
      Cpu cpu = Cpu.now();
      long began = System.nanoTime();
      psql("load_bench_copy", "\\copy scalp_ticks FROM '" + csv + "' CSV");
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "psql   %,9.0f rows/s, %5.1f s, %s%n",
          Long.parseLong(db.one("SELECT count(*) FROM scalp_ticks")) / seconds,
          seconds,
          cpu.since(cpu));
      return seconds;
    }
  }

  private static void psql(String database, String command) throws Exception {
    ProcessBuilder psql =
        new ProcessBuilder(
            "psql",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(TradingDatabase.server().port()),
            "-U",
            EmbeddedServer.USER,
            "-d",
            database,
            "-c",
            command);
    psql.environment().put("PGPASSWORD", TradingDatabase.server().password());
    if (psql.inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("psql failed");
    }
  }

  /** 41 symbols, five minutes a file, as a real day has them. */
  private static List<String> archive(Path dir, int lines) throws Exception {
    new SmallArchive(dir).file(SmallArchive.EVENTS, SmallArchive.started()).sealed();
    String events =
        Files.readAllLines(dir.resolve("manifest/kis/20261120.json")).get(2).replaceFirst(",$", "");
    List<String> entries = new ArrayList<>(List.of(events));
    int half = 0;
    for (int left = lines; left > 0; ) {
      int minute = 30 + half / 120;
      String name =
          SmallArchive.SCALP + String.format("%02d_%02d_00.jsonl", 9 + minute / 60, minute % 60);
      Path file = dir.resolve(name);
      Files.createDirectories(file.getParent());
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      int count = 0;
      try (OutputStream out =
          new DigestOutputStream(
              new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), sha)) {
        for (int h = 0; h < 600 && left > 0; h++, half++) {
          String at = time(half);
          for (int s = 0; s < 41 && left > 0; s++, left--, count++) {
            out.write(line(at, s, half).getBytes(StandardCharsets.UTF_8));
          }
        }
      }
      entries.add(
          "{\"path\":\""
              + name
              + "\",\"state\":\"sealed\",\"bytes\":"
              + Files.size(file)
              + ",\"lines\":"
              + count
              + ",\"sha256\":\""
              + HexFormat.of().formatHex(sha.digest())
              + "\",\"first\":\"2026-11-20T00:30:00.000Z\",\"last\":\"2026-11-20T00:30:00.000Z\"}");
    }
    String text =
        "{\"provider\":\"kis\",\"date\":\"20261120\",\"version\":1,\n\"files\":[\n"
            + String.join(",\n", entries)
            + "\n],\n";
    String check =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    Files.writeString(
        dir.resolve("manifest/kis/20261120.json"), text + "\"check\":\"" + check + "\"}\n");
    return entries;
  }

  private static String time(int half) {
    int second = 30 * 60 + half / 2;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%d00",
        second / 3600,
        second / 60 % 60,
        second % 60,
        half % 2 * 5);
  }

  private static String line(String at, int symbol, int half) {
    int price = 50_000 + symbol * 1000 + half * 7 % 500;
    String line = SmallArchive.scalp(String.format("%06d", symbol), at, "" + price, "" + half % 40);
    return line.substring(0, line.length() - 1)
        + ",\"ask_price\":"
        + (price + 50)
        + ",\"bid_size\":2197,\"ask_size\":13042,\"acc_volume\":255946,\"acc_value\":143587033000,"
        + "\"open\":560000,\"high\":563000,\"low\":560000,\"prev_close\":561000,\"tape_ref\":"
        + "\"tape/kis/kr_stocks/20261120/09_29_50.jsonl:687\""
        + SPECIFIC;
  }

  private static void compress(Path dir) throws IOException {
    Path folder = dir.resolve(SmallArchive.SCALP);
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try (InputStream in = Files.newInputStream(file);
            OutputStream out =
                new ZstdOutputStream(Files.newOutputStream(Path.of(file + ".zst")))
                    .setChecksum(true)) {
          in.transferTo(out);
        }
        Files.delete(file);
      }
    }
  }
}
