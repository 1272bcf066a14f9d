package io.stockobserver.behaviour;

import com.fasterxml.jackson.core.type.TypeReference;
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
import io.stockobserver.recorder.VenueTraits;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.tape.Entry;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.trigger.ShippedTriggers;
import io.stockobserver.universe.MembershipRule;
import io.stockobserver.universe.UniverseSources;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a finished tape anew: every entry goes through a fresh recorder into another directory, at
 * the instant at which it was heard. No route, no socket, no venue.
 */
final class SecondReading {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Books first;
  private final Path root;
  private final Duration swingEvery;
  private final Duration silence;
  private Instant now = Instant.EPOCH;
  private long nanos;

  SecondReading(Books first, Path root, Duration swingEvery, Duration silence) {
    this.first = first;
    this.root = root;
    this.swingEvery = swingEvery;
    this.silence = silence;
  }

  /** Reads the whole tape; returns what it left. */
  Books read() throws IOException {
    Map<Long, Entry> asked = new LinkedHashMap<>();
    Archive archive = null;
    Recorder recorder = null;
    for (Entry entry : first.tape()) {
      now = entry.heardAt();
      nanos = entry.monoNanos();
      if (recorder == null || entry.text().startsWith("{\"note\":\"session_started\"")) {
        if (archive != null) {
          archive.close();
        }
        archive = open();
        recorder = recorder(archive);
      }
      again(entry, recorder, asked);
    }
    if (archive != null) {
      archive.close();
    }
    return new Books(root);
  }

  private Archive open() {
    return Archive.open(
        ArchiveSettings.of(root, "kis", "kr_stocks", Observatory.SEOUL)
            .withSegments(Duration.ofMinutes(5), Duration.ofMinutes(5)),
        () -> now);
  }

  private Recorder recorder(Archive archive) {
    return new Recorder(
        settings(),
        new KisWire(KisVenue.KRX),
        archive,
        new ChannelAppender(root),
        new TradingDay(
            LocalDate.EPOCH,
            ZoneOffset.UTC,
            false,
            false,
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(1),
            "none"),
        new Then(),
        () -> nanos);
  }

  private void again(Entry entry, Recorder recorder, Map<Long, Entry> asked) throws IOException {
    boolean stream = entry.feed().equals("trade");
    switch (entry.direction()) {
      case NOTE -> {
        Map<String, Object> fields = JSON.readValue(entry.body(), new TypeReference<>() {});
        String name = String.valueOf(fields.remove("note"));
        recorder.note(entry.feed(), name, fields);
      }
      case OUT -> {
        if (stream) {
          recorder.sayOnFeed(entry.feed(), entry.text());
        } else {
          asked.put(entry.seq(), entry);
          recorder.say(call(entry));
        }
      }
      case IN -> {
        if (stream) {
          FeedMessage message =
              entry.whole()
                  ? FeedMessage.text(entry.body(), entry.monoNanos())
                  : FeedMessage.oversize(
                      entry.body(),
                      new FeedMessage.Digest(true, entry.length(), entry.sha256()),
                      entry.monoNanos());
          recorder.hearOnFeed(new FeedBatch(entry.feed(), 1, List.of(message)));
        } else {
          Call call = call(asked.getOrDefault(entry.re(), entry));
          recorder.hear(
              new Answer(call, entry.re(), entry.status(), entry.body(), Map.of()), entry.body());
        }
      }
    }
  }

  private static Call call(Entry entry) {
    String text = entry.text();
    String method = text.startsWith("POST") ? "POST" : "GET";
    String path = text.startsWith(method) ? text.split("[ ?\n]", 3)[1] : "/";
    String tape = text.startsWith(method) ? text : method + " /";
    return new Call(entry.feed(), method, path, "", Map.of(), null, tape, List.of());
  }

  private RecorderSettings settings() {
    Set<String> boards = Set.of("kospi", "kosdaq");
    Set<String> groups = Set.of("ST", "RT", "IF", "DR", "MF", "SC", "FS", "EF", "FE", "EN");
    return new RecorderSettings(
        root,
        "kis",
        "kr_stocks",
        Set.of("trade"),
        Window.parse("open+30m..close-30m"),
        Duration.ofMillis(500),
        new SweepGrid(Window.parse("open..close"), swingEvery, SweepGrid.CLOSING),
        new SlotRules(41, Duration.ofSeconds(60), 0.05, Duration.ofSeconds(30)),
        ShippedTriggers.settings(),
        silence,
        new MembershipRule(new BigDecimal("4000"), boards, groups),
        Books.text(first.whole(first.files("universe").get(0)), "rule"),
        UniverseSources.of(Set.of("kospi_code.mst", "kosdaq_code.mst")),
        VenueTraits.STOCKS,
        "the same");
  }

  /** The clock stands at the entry that is being read. */
  private final class Then extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
