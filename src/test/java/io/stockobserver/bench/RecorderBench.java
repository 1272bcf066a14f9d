package io.stockobserver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import io.stockobserver.provider.kis.KisVenue;
import io.stockobserver.provider.kis.KisWire;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.RecorderSettings;
import io.stockobserver.recorder.Rules;
import io.stockobserver.recorder.VenueTraits;
import io.stockobserver.recorder.Writing;
import io.stockobserver.secret.Secrets;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.trigger.ShippedTriggers;
import io.stockobserver.universe.MembershipRule;
import io.stockobserver.universe.Universe;
import io.stockobserver.universe.UniverseSources;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the recorder alone costs: from a batch of 500 frames to tape and latest state, on one
 * thread, without socket and routes. In CPU time of that thread, so that a busy machine disturbs it
 * less. Bounded to some ten seconds.
 */
final class RecorderBench {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");
  private static final Instant AT = DAY.atTime(10, 15, 33).atZone(SEOUL).toInstant();
  private static final int BATCH = 500;
  private static final int BATCHES = 1000;
  private static final int ROUNDS = 10;

  private RecorderBench() {}

  public static void main(String[] args) throws IOException {
    Path root = Files.createTempDirectory("recorder-bench");
    byte[][] frames =
        Arrays.stream(Flood.frames())
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    try (Archive archive =
        Archive.open(ArchiveSettings.of(root, "kis", "kr_stocks", SEOUL), () -> AT)) {
      Recorder recorder = recorder(root, archive);
      archive.keep("universe/kis/kr_stocks/20261120.json", universe());
      recorder.session().start("sess_bench", Map.of());
      recorder.session().useFrozenUniverse();
      for (int round = 0; round < ROUNDS; round++) {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int batch = 0; batch < BATCHES; batch++) {
          recorder.hearOnFeed(batch(frames, batch * BATCH));
        }
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
        System.out.printf("recorder %.3f CPU us/frame%n", took / 1e3 / BATCH / BATCHES);
      }
      System.out.println(recorder.state().counters());
      recorder.session().stop("done");
    } finally {
      try (var files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** As the socket would hand it on: arrays of its own, one clock call for many frames. */
  private static FeedBatch batch(byte[][] frames, int from) {
    List<FeedMessage> messages = new ArrayList<>(BATCH);
    long heard = 0;
    for (int i = 0; i < BATCH; i++) {
      heard = i % 150 == 0 ? System.nanoTime() : heard;
      messages.add(FeedMessage.text(frames[(from + i) % frames.length].clone(), heard));
    }
    return new FeedBatch("trade", 1, messages);
  }

  private static Recorder recorder(Path root, Archive archive) {
    return new Recorder(
        new RecorderSettings(
            root,
            "kis",
            "kr_stocks",
            Set.of("trade"),
            new Rules(
                Window.parse("open+30m..close-30m"),
                Duration.ofMillis(500),
                new SweepGrid(
                    Window.parse("open..close"), Duration.ofMinutes(10), SweepGrid.CLOSING),
                new SlotRules(41, Duration.ofSeconds(60), 0.05, Duration.ofSeconds(30)),
                ShippedTriggers.settings(),
                Duration.ofSeconds(30)),
            new MembershipRule(BigDecimal.ZERO, Set.of("kospi"), Set.of("ST")),
            "all",
            UniverseSources.of(Set.of("one")),
            VenueTraits.STOCKS,
            "bench"),
        new KisWire(KisVenue.KRX),
        new Writing(archive, new ChannelAppender(root)),
        new TradingDay(
            DAY,
            SEOUL,
            true,
            true,
            DAY.atTime(9, 0).atZone(SEOUL).toInstant(),
            DAY.atTime(15, 30).atZone(SEOUL).toInstant(),
            "bench"),
        Clock.fixed(AT, SEOUL),
        System::nanoTime,
        secrets());
  }

  /** As long as KIS's own are: key, secret, token, approval key. */
  private static Secrets secrets() {
    Secrets secrets = new Secrets();
    for (int length : new int[] {36, 180, 350, 36}) {
      StringBuilder word = new StringBuilder();
      for (int i = 0; i < length; i++) {
        word.append((char) ('A' + (i * 7 + length) % 50));
      }
      secrets.learn("kis", word.toString());
    }
    return secrets;
  }

  private static byte[] universe() throws IOException {
    List<Universe.Member> members = new ArrayList<>();
    Flood.basePrices()
        .forEach(
            (symbol, base) ->
                members.add(
                    new Universe.Member(
                        symbol,
                        symbol,
                        BigDecimal.valueOf(base),
                        "kospi",
                        "ST",
                        List.of(),
                        null,
                        null)));
    return new ObjectMapper()
        .writeValueAsBytes(
            new Universe(
                "20261120", "kis", "kr_stocks", "", "all", List.of(), Map.of(), members, null));
  }
}
