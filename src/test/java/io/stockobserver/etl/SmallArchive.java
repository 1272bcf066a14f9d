package io.stockobserver.etl;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** An archive of one day, written by hand after docs/archive-format.md: no code of ours helps. */
final class SmallArchive {
  static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  static final String SCALP = "scalp/kis/kr_stocks/20261120/";
  static final String SWING = "swing/kis/kr_stocks/20261120/";
  static final String FIRST = SCALP + "09_30_00.jsonl";
  static final String SECOND = SCALP + "09_35_00.jsonl";
  static final String EVENTS = "system/events/kis/20261120.jsonl";
  static final String UNIVERSE = "universe/kis/kr_stocks/20261120.json";
  private static final String SESSION = "sess_20261120_085000";

  private final Path root;
  private final TreeMap<String, byte[]> contents = new TreeMap<>();
  private final TreeMap<String, Long> prefixes = new TreeMap<>();

  SmallArchive(Path root) {
    this.root = root;
  }

  /** A day of two files of the fast track and one of the slow one, sealed. */
  static SmallArchive usual(Path root) {
    return new SmallArchive(root)
        .file(EVENTS, started())
        .file(
            FIRST,
            scalp("005930", "00:30:00.000", "70100", "5"),
            scalp("000660", "00:30:00.000", "561000.00", "0.00001000"),
            scalp("005930", "00:30:00.500", "70200", "7"))
        .file(SECOND, scalp("005930", "00:35:00.000", "70300", "1"))
        .file(SWING + "09_00.jsonl", swing("005930", "00:30:01.200", "70100", "900"))
        .sealed();
  }

  Path root() {
    return root;
  }

  /** A session of the whole day: scalp 09:30-15:00 every half second, sweeps every ten minutes. */
  static String started() {
    return "{\"event_type\":\"session_started\",\"timestamp\":\"2026-11-19T23:50:00.000Z\","
        + "\"provider\":\"kis\",\"market\":\"kr_stocks\",\"session_id\":\""
        + SESSION
        + "\",\"mitigation_level\":0,\"day\":\"2026-11-20\",\"zone\":\"Asia/Seoul\","
        + "\"market_open\":true,\"opens\":\"2026-11-20T00:00:00Z\",\"closes\":"
        + "\"2026-11-20T06:30:00Z\",\"scalp_from\":\"2026-11-20T00:30:00Z\",\"scalp_until\":"
        + "\"2026-11-20T06:00:00Z\",\"scalp_every_ms\":500,\"swing_from\":"
        + "\"2026-11-20T00:00:00Z\",\"swing_until\":\"2026-11-20T06:30:00Z\",\"swing_every_ms\":"
        + "600000,\"swing_closing\":\"2026-11-20T06:31:00Z\",\"slots\":41}";
  }

  /** An event of the day. */
  static String event(String type, String at, String more) {
    return "{\"event_type\":\""
        + type
        + "\",\"timestamp\":\"2026-11-20T"
        + at
        + "Z\",\"provider\":\"kis\",\"market\":\"kr_stocks\",\"session_id\":\""
        + SESSION
        + "\""
        + more
        + "}";
  }

  /** A line of the fast track; times are UTC times of the day. */
  static String scalp(String symbol, String sample, String price, String volume) {
    return line("scalp", symbol, sample, ",\"sample_time\":\"2026-11-20T" + sample + "Z\"", price)
        + ",\"volume\":"
        + volume
        + "}";
  }

  /** A line of the slow track. */
  static String swing(String symbol, String received, String price, String accVolume) {
    return line("swing", symbol, received, "", price)
        + ",\"acc_volume\":"
        + accVolume
        + ",\"open\":100,\"high\":120,\"low\":90}";
  }

  private static String line(String track, String symbol, String at, String more, String price) {
    return "{\"schema_version\":\"1.0\",\"track\":\""
        + track
        + "\",\"provider\":\"kis\",\"market\":\"kr_stocks\",\"symbol\":\""
        + symbol
        + "\",\"event_time\":\"2026-11-20T"
        + at
        + "Z\",\"receive_time\":\"2026-11-20T"
        + at
        + "Z\""
        + more
        + ",\"session_id\":\""
        + SESSION
        + "\",\"mitigation_level\":0,\"quality_flag\":\"normal\",\"last_price\":"
        + price
        + ",\"bid_price\":99.5";
  }

  /** Puts a file there, or another content in its place. */
  SmallArchive file(String path, String... lines) {
    return bytes(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  SmallArchive bytes(String path, byte[] content) {
    contents.put(path, content);
    prefixes.remove(path);
    write(path, content);
    return this;
  }

  /** What a writer has added since the manifest was written: nobody vouches for it yet. */
  SmallArchive appended(String path, String text) {
    byte[] old = contents.get(path);
    byte[] more = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(old, old.length + more.length);
    System.arraycopy(more, 0, all, old.length, more.length);
    prefixes.put(path, (long) old.length);
    write(path, all);
    return this;
  }

  /** As a backup has it: compressed, the manifest the same. */
  SmallArchive compressed(String path) {
    try {
      Files.delete(root.resolve(path));
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (ZstdOutputStream out = new ZstdOutputStream(packed).setChecksum(true)) {
        out.write(contents.get(path));
      }
      write(path + ".zst", packed.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes the manifest of all that was put there. */
  SmallArchive sealed() {
    StringBuilder text = new StringBuilder();
    text.append("{\"provider\":\"kis\",\"date\":\"20261120\",\"version\":1,\n\"files\":[\n");
    int left = contents.size();
    for (var file : contents.entrySet()) {
      byte[] content = file.getValue();
      text.append("{\"path\":\"").append(file.getKey()).append("\",\"state\":\"");
      text.append(prefixes.containsKey(file.getKey()) ? "open" : "sealed");
      text.append("\",\"bytes\":").append(content.length);
      text.append(",\"lines\":")
          .append(new String(content, StandardCharsets.UTF_8).lines().count());
      text.append(",\"sha256\":\"").append(sha256(content));
      text.append(
          "\",\"first\":\"2026-11-20T00:30:00.000Z\",\"last\":\"2026-11-20T00:30:00.000Z\"}");
      text.append(--left > 0 ? ",\n" : "\n");
    }
    text.append("],\n");
    String check = sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    text.append("\"check\":\"").append(check).append("\"}\n");
    write("manifest/kis/20261120.json", text.toString().getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** The line that a reference leads to. */
  String at(String ref) throws IOException {
    int colon = ref.lastIndexOf(':');
    List<String> lines =
        new String(contents.get(ref.substring(0, colon)), StandardCharsets.UTF_8).lines().toList();
    return lines.get(Integer.parseInt(ref.substring(colon + 1)) - 1);
  }

  private void write(String path, byte[] content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * So many seconds of two samples each for so many symbols, from 09:30 on, five minutes a file.
   */
  SmallArchive filled(int symbols, int seconds) {
    Instant from = Instant.parse("2026-11-20T00:30:00Z");
    for (int begin = 0; begin < seconds; begin += 300) {
      StringBuilder text = new StringBuilder();
      for (int half = begin * 2; half < Math.min(seconds, begin + 300) * 2; half++) {
        String at = from.plusMillis(half * 500L).toString();
        String time = at.substring(11, at.length() - 1) + (at.length() == 20 ? ".000" : "");
        for (int s = 0; s < symbols; s++) {
          text.append(scalp(String.format("%06d", s), time, String.valueOf(1000 + half % 97), "3"));
          text.append('\n');
        }
      }
      Instant name = from.plusSeconds(begin).plusSeconds(9 * 3600);
      String second = name.toString().substring(11, 19).replace(':', '_');
      bytes(SCALP + second + ".jsonl", text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }
}
