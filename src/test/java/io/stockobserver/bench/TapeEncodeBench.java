package io.stockobserver.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.LineBuffer;
import io.stockobserver.tape.TapeLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How fast the tape is: encoding alone, and the whole way into a file (number, append, checksum).
 * Bounded to about ten seconds. Start it with the test class path; figures are for frames of about
 * 340 bytes.
 */
final class TapeEncodeBench {
  private static final int FRAMES = 1_000_000;
  private static final Instant AT = Instant.parse("2026-11-20T00:30:00Z");

  private TapeEncodeBench() {}

  public static void main(String[] args) throws IOException {
    List<Draft> drafts = drafts();
    for (int round = 0; round < 4; round++) {
      encode(drafts);
    }
    for (int round = 0; round < 3; round++) {
      append(drafts);
    }
  }

  private static List<Draft> drafts() {
    String frame =
        "0|H0STCNT0|001|005930^093354^71900^5^-100^-0.14^72023.83^72100^72400^".repeat(5);
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      drafts.add(
          Draft.heard(
              AT.plusNanos(i * 2_000_000L),
              i,
              "kis-trade",
              frame.substring(0, 340).getBytes(UTF_8)));
    }
    return drafts;
  }

  private static void encode(List<Draft> drafts) {
    TapeLines lines = new TapeLines();
    LineBuffer out = new LineBuffer(1 << 20);
    long bytes = 0;
    long began = System.nanoTime();
    for (int seq = 0; seq < FRAMES; seq += drafts.size()) {
      out.clear();
      for (int i = 0; i < drafts.size(); i++) {
        lines.encode(seq + i + 1, drafts.get(i), out);
      }
      bytes += out.length();
    }
    tell("encode", System.nanoTime() - began, bytes);
  }

  private static void append(List<Draft> drafts) throws IOException {
    Path root = Files.createTempDirectory("tape-bench");
    try (Archive archive =
        Archive.open(
            ArchiveSettings.of(root, "kis", "kr_stocks", ZoneId.of("Asia/Seoul")), () -> AT)) {
      ChannelAppender appender = new ChannelAppender(root);
      long began = System.nanoTime();
      for (int seq = 0; seq < FRAMES; seq += drafts.size()) {
        archive.number(drafts);
        archive.append(appender);
      }
      long took = System.nanoTime() - began;
      tell("append+hash", took, archive.open().get(0).bytes());
      System.out.println("longest force " + archive.forcing().longest().toMillis() + " ms");
      began = System.nanoTime();
      archive.rotate(AT.plusSeconds(86_400));
      archive.seal();
      System.out.println("seal " + (System.nanoTime() - began) / 1_000_000 + " ms");
    } finally {
      try (var files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void tell(String what, long nanos, long bytes) {
    System.out.printf(
        "%-12s %5d ns a frame, %6.0f MB/s%n", what, nanos / FRAMES, bytes * 1e3 / nanos);
  }
}
