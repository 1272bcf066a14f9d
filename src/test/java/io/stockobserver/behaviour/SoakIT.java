package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.archive.ArchiveLock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault row 24: the whole program in a process of its own, at three times the load that is expected
 * of it, with somebody at the page: what it holds does not grow. {@code -Dsoak.minutes} and {@code
 * -Dsoak.load} (times the expected) make other soaks of it; a night's is 360 and 0.2.
 */
@Tag("fault")
class SoakIT {
  private static final Duration WARM = Duration.ofMinutes(Long.getLong("soak.warm", 6));
  private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("soak.minutes", 30));
  private static final double LOAD = Double.parseDouble(System.getProperty("soak.load", "3"));

  /** What 41 slots bring, frames a second. */
  private static final double EXPECTED = 435;

  /**
   * What the venue trades for it, records a second: whoever sits on the board has about half of
   * that and more.
   */
  private static final double RECORDS = 900;

  /**
   * The serial collector lets a twentieth of dead objects lie, and counts them as {@code int[]};
   * each fourth full collection moves everything. The fifth look is for one that came by itself.
   */
  private static final int LOOKS = 5;

  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

  @TempDir Path dir;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Live bytes after a full collection, by class too; open descriptors; threads. */
  private record Reading(double hours, long heap, int files, int threads, Map<String, Long> by) {
    Reading orLess(Reading other) {
      boolean less = other.heap < heap;
      return new Reading(
          hours,
          less ? other.heap : heap,
          Math.min(files, other.files),
          Math.min(threads, other.threads),
          less ? other.by : by);
    }
  }

  @Test
  void whatItHoldsDoesNotGrow() throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "counts by /proc");
    try (Observatory o =
        new Observatory(dir, "09:29:50")
            .venue(v -> v.withRecordsPerSecond(RECORDS * LOAD).withRecordsPerFrame(1))
            .set("universe.kr_stocks.min-price", "0")) {
      List<Reading> readings;
      double rate;
      try (Child child = o.child()) {
        Observatory.await("its address", () -> !address(o).isEmpty());
        String address = address(o);
        InputStream page = open(address + "/api/events");
        ConcurrentLinkedQueue<IOException> cut = new ConcurrentLinkedQueue<>();
        Thread reader = new Thread(() -> read(page, cut), "who looks on");
        reader.start();

        pass(o, child, WARM);
        long frames = o.venue().traffic().framesSent();
        long began = System.nanoTime();
        readings = readings(o, child, address);
        rate = (o.venue().traffic().framesSent() - frames) / ((System.nanoTime() - began) / 1e9);
        assertThat(cut).as("the page's stream").isEmpty();
        child.end();
        assertThat(child.exit()).as(child.said()).isZero();
        reader.join();
      }
      String told = told(readings, rate);
      System.out.println(told);
      assertThat(rate).as(told).isGreaterThan(EXPECTED * LOAD);
      proven(o);
      Trend heap = trend(readings, Reading::heap);
      assertThat(heap.atLeast()).as(told).isLessThan(1e6);
      stands(readings, Reading::files, told);
      stands(readings, Reading::threads, told);
    }
  }

  /** Nothing shed, every second explained, every seal holds. */
  private static void proven(Observatory o) {
    JsonNode counters = o.books().events("session_stopped").get(0).path("counters");
    assertThat(counters.path("shed").asLong()).isZero();
    assertThat(counters.path("frames").asLong()).isGreaterThan(1_000);
    assertThat(o.books().events("frames_shed")).isEmpty();
    AuditIT.proven(o.root());
    o.books().verified();
  }

  /** Comes and goes by ones at most: over the whole time not even two more. */
  private static void stands(List<Reading> readings, ToDoubleFunction<Reading> what, String told) {
    double hours = readings.get(readings.size() - 1).hours() - readings.get(0).hours();
    assertThat(trend(readings, what).atLeast() * hours).as(told).isLessThan(2);
  }

  private static Trend trend(List<Reading> readings, ToDoubleFunction<Reading> what) {
    return Trend.of(
        readings.stream().mapToDouble(Reading::hours).toArray(),
        readings.stream().mapToDouble(what).toArray());
  }

  /** One a minute: the least of five, since what is under way just then is no growth either. */
  private List<Reading> readings(Observatory o, Child child, String address) throws Exception {
    List<Reading> all = new ArrayList<>();
    long began = System.nanoTime();
    for (long minute = 0; minute <= LENGTH.toMinutes(); minute++) {
      // A person and Prometheus look on, as they do.
      assertThat(get(address + "/health/live")).isEqualTo(200);
      assertThat(get(address + "/metrics")).isEqualTo(200);
      Reading least = reading(child, began);
      for (int i = 1; i < LOOKS; i++) {
        pass(o, child, Duration.ofMinutes(1).dividedBy(LOOKS));
        least = least.orLess(reading(child, began));
      }
      all.add(least);
      System.out.printf(
          "soak minute %d: %,d bytes live, %d files, %d threads%n",
          minute, least.heap(), least.files(), least.threads());
      pass(o, child, Duration.ofMinutes(1).dividedBy(LOOKS));
    }
    return all;
  }

  private static Reading reading(Child child, long began) throws Exception {
    double hours = (System.nanoTime() - began) / 3.6e12;
    Map<String, Long> by = histogram(child);
    Path proc = Path.of("/proc/" + child.pid());
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      long heap = by.values().stream().mapToLong(Long::longValue).sum();
      return new Reading(hours, heap, (int) open.count(), threads(proc), by);
    }
  }

  /** Bytes by class of what a full collection leaves. */
  private static Map<String, Long> histogram(Child child) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(child.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(said).isZero();
    Map<String, Long> all = new TreeMap<>();
    for (String line : said.lines().toList()) {
      Matcher row = CLASS.matcher(line);
      if (row.matches()) {
        all.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum);
      }
    }
    return all;
  }

  private static int threads(Path proc) throws IOException {
    for (String line : Files.readAllLines(proc.resolve("status"))) {
      if (line.startsWith("Threads:")) {
        return Integer.parseInt(line.substring(8).trim());
      }
    }
    throw new IOException("no count of threads in " + proc);
  }

  private static void pass(Observatory o, Child child, Duration time) {
    long until = System.nanoTime() + time.toNanos();
    Awaitility.await()
        .atMost(time.plusMinutes(1))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              assertThat(child.alive()).as(child.said()).isTrue();
              return System.nanoTime() > until;
            });
    assertThat(o.venue().traffic().connectionsOpened()).as("its feed").isEqualTo(1);
  }

  private static String address(Observatory o) throws IOException {
    return ArchiveLock.holder(o.root()).map(ArchiveLock.Holder::url).orElse("");
  }

  private int get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private InputStream open(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  private static void read(InputStream page, ConcurrentLinkedQueue<IOException> cut) {
    try (page) {
      page.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      cut.add(e);
    }
  }

  /** The figures, and which classes grew the most. */
  private static String told(List<Reading> readings, double rate) {
    Reading first = readings.get(0);
    Reading last = readings.get(readings.size() - 1);
    Trend heap = trend(readings, Reading::heap);
    StringBuilder all = new StringBuilder();
    all.append(
        "%,.0f frames/s for %.0f min: heap %+.2f MB/h (error %.2f), %.1f to %.1f MB; files %s;"
            .formatted(
                rate,
                60 * last.hours(),
                heap.anHour() / 1e6,
                heap.error() / 1e6,
                first.heap() / 1e6,
                last.heap() / 1e6,
                span(readings, Reading::files)));
    all.append(" threads ").append(span(readings, Reading::threads));
    last.by().entrySet().stream()
        .map(e -> Map.entry(e.getKey(), e.getValue() - first.by().getOrDefault(e.getKey(), 0L)))
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(12)
        .forEach(e -> all.append("%n  %+,d %s".formatted(e.getValue(), e.getKey())));
    return all.toString();
  }

  private static String span(List<Reading> readings, ToDoubleFunction<Reading> what) {
    return "%.0f to %.0f, %+.1f/h"
        .formatted(
            readings.stream().mapToDouble(what).min().orElseThrow(),
            readings.stream().mapToDouble(what).max().orElseThrow(),
            trend(readings, what).anHour());
  }
}
