package io.stockobserver.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import io.stockobserver.secret.Secrets;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.track.SlotAct;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.trigger.ShippedTriggers;
import io.stockobserver.universe.MembershipRule;
import io.stockobserver.universe.UniverseSources;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A recorder on a real archive, with a driven clock and a venue that speaks {@link PlainWire}. */
final class Rig implements AutoCloseable {
  static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  static final String SESSION = "sess_20261120_092950";

  private static final ObjectMapper JSON = new ObjectMapper();

  final Path root;
  final Archive archive;
  final Secrets secrets = new Secrets();
  final Recorder recorder;
  private final boolean coins;
  private final String provider;
  private final String market;
  private TradingDay today;
  private Instant now = Instant.parse("2026-11-20T00:29:50Z");
  private long connections;
  private boolean closed;

  private final class Driven extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return SEOUL;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  Rig(Path root) {
    this(root, new ChannelAppender(root), () -> {});
  }

  Rig(Path root, Appender appender, Runnable pause) {
    this(root, appender, pause, false, 3);
  }

  /** The same with other rules to begin with. */
  static Rig ofPlaces(Path root, int places) {
    return new Rig(root, new ChannelAppender(root), () -> {}, false, places);
  }

  /** A venue that tells in parts, confirms nothing and never closes; its market is in Seoul too. */
  static Rig ofCoins(Path root) {
    return ofCoins(root, 3);
  }

  static Rig ofCoins(Path root, int places) {
    return new Rig(root, new ChannelAppender(root), () -> {}, true, places);
  }

  private Rig(Path root, Appender appender, Runnable pause, boolean coins, int places) {
    this.root = root;
    this.coins = coins;
    this.provider = coins ? "upbit" : "kis";
    this.market = coins ? "crypto" : "kr_stocks";
    this.today = coins ? coinDay("2026-11-20") : day("2026-11-20");
    this.archive =
        Archive.open(
            ArchiveSettings.of(root, provider, market, SEOUL).withSync(Duration.ofMinutes(1)),
            () -> now);
    Duration tenMinutes = Duration.ofMinutes(10);
    RecorderSettings settings =
        new RecorderSettings(
            root,
            provider,
            market,
            Set.of("trade"),
            new Rules(
                Window.parse(coins ? "open..close" : "open+30m..close-30m"),
                Duration.ofMillis(500),
                coins
                    ? SweepGrid.roundTheClock(tenMinutes)
                    : new SweepGrid(Window.parse("open..close"), tenMinutes, SweepGrid.CLOSING),
                new SlotRules(places, Duration.ofSeconds(30), 0.05, Duration.ofSeconds(30)),
                ShippedTriggers.settings(),
                Duration.ofSeconds(30)),
            new MembershipRule(new BigDecimal("4000"), Set.of("kospi"), Set.of("ST")),
            "stck_sdpr>=4000",
            UniverseSources.of(Set.of("one", "two")),
            coins ? VenueTraits.CRYPTO : VenueTraits.STOCKS,
            "cafe");
    this.recorder =
        new Recorder(
            settings,
            new PlainWire(),
            new Writing(archive, appender, pause),
            today,
            new Driven(),
            this::nanos,
            secrets);
  }

  static TradingDay day(String date) {
    LocalDate day = LocalDate.parse(date);
    return day(day, day.atTime(9, 0), day.atTime(15, 30));
  }

  static TradingDay coinDay(String date) {
    LocalDate day = LocalDate.parse(date);
    return day(day, day.atStartOfDay(), day.plusDays(1).atStartOfDay());
  }

  private static TradingDay day(LocalDate day, LocalDateTime opens, LocalDateTime closes) {
    return new TradingDay(
        day,
        SEOUL,
        true,
        true,
        opens.atZone(SEOUL).toInstant(),
        closes.atZone(SEOUL).toInstant(),
        "test");
  }

  // ---- time ----

  Instant at(String time) {
    return today.date().atTime(LocalTime.parse(time)).atZone(SEOUL).toInstant();
  }

  Rig to(String time) {
    now = at(time);
    return this;
  }

  Rig to(Instant instant) {
    now = instant;
    return this;
  }

  Instant now() {
    return now;
  }

  void turn(String date) {
    today = coins ? coinDay(date) : day(date);
    now = at("00:00");
    recorder.session().turn(today);
  }

  long nanos() {
    return nanos(now);
  }

  private static long nanos(Instant at) {
    return Duration.between(Instant.EPOCH, at).toNanos();
  }

  /** Beats of this day, as routes bring them to a process that never stands still. */
  Beats beats() {
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new Beats(recorder, date -> day("2026-11-20"), new Pulse(recorder, still, () -> 0));
  }

  // ---- what happens ----

  /** Session started, universe of A, B, C, D and E frozen, nothing else. */
  Rig started() {
    recorder.session().start(SESSION, Map.of());
    universe();
    return this;
  }

  /** Both master files, A the most traded by yesterday's volume, then B and so on. */
  void universe() {
    answer("universe", "/one", List.of(), 200, "list one A,10000,900 B,10000,800 C,10000,700");
    answer("universe", "/two", List.of(), 200, "list two D,10000,600 E,10000,500 CHEAP,3999,9999");
  }

  /** The feed opens and the venue confirms everybody whom the board wants. */
  Rig connected() {
    opened(0);
    confirmAll();
    return this;
  }

  void confirmAll() {
    for (SlotAct act = recorder.nextAct(); act != null; act = recorder.nextAct()) {
      recorder.sayOnFeed("trade", (act.register() ? "register " : "unregister ") + act.symbol());
      hear((act.register() ? "ack " : "rel ") + act.symbol());
    }
  }

  void opened(int attempt) {
    connections++;
    message(FeedMessage.opened(connections, attempt, Duration.ofSeconds(attempt), nanos()));
  }

  void lost() {
    lost("1006");
  }

  void lost(String why) {
    message(FeedMessage.closed(connections, 0, Duration.ZERO, why, nanos()));
  }

  /** One text message on the feed, as {@link PlainWire} has it. */
  void hear(String text) {
    message(FeedMessage.text(text.getBytes(StandardCharsets.UTF_8), nanos()));
  }

  /** The same, heard at an earlier instant and read only now. */
  void hearLate(String time, String text) {
    long then = Duration.between(Instant.EPOCH, at(time)).toNanos();
    message(FeedMessage.text(text.getBytes(StandardCharsets.UTF_8), then));
  }

  /** One sample tick of an earlier instant. */
  void sample(String time) {
    recorder.note("sample", "sample", Map.of("at", at(time)));
  }

  void message(FeedMessage message) {
    recorder.hearOnFeed(new FeedBatch("trade", connections, List.of(message)));
  }

  /** The socket gave up messages that were heard from then to then. */
  void shed(long frames, Instant first, Instant last) {
    message(
        FeedMessage.shed(
            new FeedMessage.Shed(frames, frames * 100, nanos(first), nanos(last), false)));
  }

  /** The archive took nothing for a while, as the recorder tells it afterwards. */
  void stalled(Instant from, Instant to, int failures) {
    recorder.note(
        "archive", "stall", Map.of("from", from, "to", to, "failures", failures, "why", "full"));
  }

  /** One sample tick, at this very instant. */
  void sample() {
    recorder.note("sample", "sample", Map.of("at", now));
  }

  /** We ask a venue that takes the whole list at once for whoever is wanted. */
  void sayWhoIsWanted() {
    recorder.sayOnFeed("trade", "only " + String.join(" ", recorder.wanted()));
  }

  /** One planning round, at this very instant. */
  void plan() {
    recorder.note("plan", "plan", Map.of());
  }

  /** Sample ticks every half second, from here until this time, which is now then. */
  Rig sampling(String until) {
    Instant end = at(until);
    while (now.isBefore(end)) {
      now = now.plusMillis(500).isAfter(end) ? end : now.plusMillis(500);
      sample();
    }
    return this;
  }

  /** A request and its answer. */
  void answer(String feed, String path, List<String> symbols, int status, String body) {
    Call call = Call.get(feed, path, String.join(",", symbols), Map.of(), symbols);
    long seq = recorder.say(call);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    recorder.hear(new Answer(call, seq, status, bytes, Map.of()), bytes);
  }

  void sweep(String time, String rows) {
    Instant grid = at(time);
    recorder.note("swing", "sweep_begin", Map.of("at", grid));
    answer("swing", "/q", List.of("A", "B", "C", "D", "E"), 200, "rows " + rows);
    recorder.note("swing", "sweep_end", Map.of("at", grid, "why", "missing-row"));
  }

  // ---- what came of it ----

  List<JsonNode> swing() {
    return lines("swing/" + provider + "/" + market);
  }

  List<JsonNode> scalp() {
    return lines("scalp/" + provider + "/" + market);
  }

  List<JsonNode> scalp(String symbol) {
    return scalp().stream().filter(n -> n.path("symbol").asText().equals(symbol)).toList();
  }

  List<JsonNode> aside() {
    return lines("set_aside/" + provider + "/" + market);
  }

  List<JsonNode> tape() {
    return lines("tape/" + provider + "/" + market);
  }

  List<JsonNode> events(String type) {
    return lines("system/events/" + provider).stream()
        .filter(n -> n.path("event_type").asText().equals(type))
        .toList();
  }

  /** The overflow ledger, each line as {@code 09:31:00 A low_score}. */
  List<String> ledger() {
    return lines("system/overflow/" + provider).stream()
        .map(
            n ->
                local(n, "timestamp")
                    + ' '
                    + n.path("symbol").asText()
                    + ' '
                    + n.path("decision_reason").asText())
        .toList();
  }

  /** The gaps of one reason, each as {@code 09:31:02.000-09:31:09.000 A,B}. */
  List<String> gaps(String reason) {
    return events("gap_marker").stream()
        .filter(n -> n.path("reason").asText().equals(reason))
        .map(Rig::gap)
        .toList();
  }

  /** The same of one scope alone. */
  List<String> gaps(String scope, String reason) {
    return events("gap_marker").stream()
        .filter(n -> n.path("scope").asText().equals(scope))
        .filter(n -> n.path("reason").asText().equals(reason))
        .map(Rig::gap)
        .toList();
  }

  /** Gaps that were told when they began, each as {@code scope reason 09:31:02 A,B}. */
  List<String> begun() {
    List<String> all = new ArrayList<>();
    for (JsonNode n : events("gap_began")) {
      List<String> symbols = new ArrayList<>();
      n.path("symbols").forEach(s -> symbols.add(s.asText()));
      all.add(
          (n.path("scope").asText()
                  + ' '
                  + n.path("reason").asText()
                  + ' '
                  + local(n, "gap_start_ts")
                  + ' '
                  + String.join(",", symbols))
              .strip());
    }
    return all;
  }

  private static String gap(JsonNode n) {
    List<String> symbols = new ArrayList<>();
    n.path("symbols").forEach(s -> symbols.add(s.asText()));
    return (local(n, "gap_start_ts")
            + '-'
            + local(n, "gap_end_ts")
            + ' '
            + String.join(",", symbols))
        .strip();
  }

  static String local(JsonNode line, String key) {
    // ISO_LOCAL_TIME leaves the fraction out where it is zero, and zeros at its end.
    LocalTime time = Instant.parse(line.path(key).asText()).atZone(SEOUL).toLocalTime();
    return java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
        .format(time)
        .replaceFirst("\\.000$", "");
  }

  List<JsonNode> lines(String folder) {
    List<JsonNode> all = new ArrayList<>();
    for (String line : text(folder)) {
      try {
        all.add(JSON.readTree(line));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  /** Every line below a folder, file by file, sealed or not. */
  List<String> text(String folder) {
    List<String> all = new ArrayList<>();
    Path below = root.resolve(folder);
    if (!Files.isDirectory(below)) {
      return all;
    }
    try (Stream<Path> files = Files.walk(below)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (SegmentReader reader = SegmentReader.open(file)) {
          for (var line = reader.next(); line.isPresent(); line = reader.next()) {
            all.add(new String(line.get().bytes(), StandardCharsets.UTF_8));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** The line of the tape that a {@code path:line} points to. */
  JsonNode pointedTo(String ref) {
    int colon = ref.lastIndexOf(':');
    try (SegmentReader reader = SegmentReader.open(root, ref.substring(0, colon))) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        if (line.get().number() == Long.parseLong(ref.substring(colon + 1))) {
          return JSON.readTree(line.get().bytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("nothing stands at " + ref);
  }

  /** Promise 2: declared = parsed = kept + set aside. */
  Map<String, Long> balanced() {
    Map<String, Long> c = recorder.state().counters();
    assertThat(c.get("parsed")).as("parsed of %s", c).isEqualTo(c.get("declared"));
    assertThat(c.get("kept") + c.get("set_aside"))
        .as("kept + set aside of %s", c)
        .isEqualTo(c.get("parsed"));
    return c;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      recorder.closing();
      archive.close();
    }
  }
}
