package io.stockobserver;

import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.market.MarketClock;
import io.stockobserver.market.TradingCalendar;
import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import io.stockobserver.provider.kis.KisBoard;
import io.stockobserver.provider.kis.KisCalendar;
import io.stockobserver.provider.kis.KisCalls;
import io.stockobserver.provider.kis.KisFeed;
import io.stockobserver.provider.kis.KisGrantKeeper;
import io.stockobserver.provider.kis.KisKey;
import io.stockobserver.provider.kis.KisMessages;
import io.stockobserver.provider.kis.KisQuotes;
import io.stockobserver.provider.kis.KisUniverse;
import io.stockobserver.provider.kis.KisVenue;
import io.stockobserver.provider.kis.KisVerdict;
import io.stockobserver.provider.kis.KisWire;
import io.stockobserver.recorder.Beats;
import io.stockobserver.recorder.Figures;
import io.stockobserver.recorder.Pulse;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.RecorderSettings;
import io.stockobserver.recorder.Sealing;
import io.stockobserver.recorder.VenueTraits;
import io.stockobserver.route.RestFace;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.trigger.TriggerSettings;
import io.stockobserver.universe.MembershipRule;
import io.stockobserver.universe.UniverseSources;
import io.stockobserver.venue.CallBudget;
import io.stockobserver.venue.CandidatePoller;
import io.stockobserver.venue.ClockOffset;
import io.stockobserver.venue.FeedState;
import io.stockobserver.venue.SweepPoller;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds what observes KIS, by hand, and names the beans that the routes call. */
final class KisRoom implements Room {
  private static final Logger LOG = LoggerFactory.getLogger(KisRoom.class);
  static final String PROVIDER = "kis";
  static final String MARKET = "kr_stocks";
  private static final String STREAM = "trade";

  private final KisSettings settings;
  private final KisKey key;
  private final Path calendarDir;
  private final Path evidenceDir;
  private volatile TradingCalendar calendar;
  private @Nullable LocalDate calendarRead;
  private final Archive archive;
  private final Recorder recorder;
  private final Sealing sealing;
  private final Pulse pulse;
  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final CallBudget budget;
  private @Nullable SweepPoller sweeps;
  private @Nullable CandidatePoller candidates;
  private final ClockOffset clockOffset = new ClockOffset();
  private volatile Supplier<List<FeedState>> feeds = List::of;

  /** The settings of KIS, read and checked. */
  record KisSettings(
      boolean mock,
      String restUrl,
      String feedUrl,
      String masterUrl,
      KisVenue venue,
      String rate,
      Duration silence,
      SlotRules slotRules,
      Duration candidatesEvery,
      SweepGrid sweeps,
      Window scalpWindow,
      Duration scalpEvery,
      BigDecimal minPrice,
      Set<String> boards,
      Set<String> groups,
      TriggerSettings triggers,
      String configSha256) {
    static KisSettings read(Settings s) {
      boolean mock = s.oneOf("provider.kis.environment", "live", "mock").equals("mock");
      String rest =
          s.text(
              "provider.kis.rest.url",
              mock
                  ? "https://openapivts.koreainvestment.com:29443"
                  : "https://openapi.koreainvestment.com:9443");
      String feed =
          s.text(
              "provider.kis.feed.url",
              "ws://ops.koreainvestment.com:" + (mock ? "31000" : "21000") + "/tryitout");
      String master =
          s.text("provider.kis.master.url", "https://new.real.download.dws.co.kr/common/master");
      String rate = s.text("provider.kis.rest.rate", mock ? "1/s" : "18/s");
      s.set("provider.kis.rest.url", url("provider.kis.rest.url", rest, "http"));
      s.set("provider.kis.feed.url", url("provider.kis.feed.url", feed, "ws"));
      s.set("provider.kis.master.url", url("provider.kis.master.url", master, "http"));
      s.set("provider.kis.rest.rate", rate);
      s.parse(
          "provider.kis.rest.rate",
          "a number from 1 and /s or /m, such as 18/s",
          text -> CallBudget.parse(text, System::nanoTime));
      s.span("provider.kis.feed.pace", Duration.ofMillis(20), Duration.ofSeconds(10));
      s.megabytes("provider.kis.feed.queue", 1, 1024);
      return new KisSettings(
          mock,
          rest,
          feed,
          master,
          s.parse("provider.kis.venue", "krx, nxt or unified", KisVenue::parse),
          rate,
          s.text("provider.kis.feed.silence").equals("0s")
              ? Duration.ZERO
              : s.span("provider.kis.feed.silence", Duration.ofSeconds(1), Duration.ofHours(1)),
          new SlotRules(
              s.number("slot.kis.count", 1, 41),
              s.span("slot.kis.min-stay", Duration.ZERO, Duration.ofHours(1)),
              s.number("slot.kis.margin", 0, 100) / 100.0,
              s.span("slot.kis.cooldown", Duration.ZERO, Duration.ofHours(1))),
          s.text("provider.kis.candidates.every").equals("0s")
              ? Duration.ZERO
              : s.span("provider.kis.candidates.every", Duration.ofSeconds(1), Duration.ofHours(1)),
          new SweepGrid(
              s.window("track.swing.window"),
              s.span("track.swing.every", Duration.ofSeconds(1), Duration.ofHours(24)),
              SweepGrid.CLOSING),
          s.window("track.scalp.window"),
          s.span("track.scalp.every", Duration.ofMillis(100), Duration.ofMinutes(1)),
          s.amount("universe.kr_stocks.min-price"),
          s.words("universe.kr_stocks.boards"),
          s.words("universe.kr_stocks.groups"),
          TriggerKeys.read(s),
          sha256(
              s.canonical(
                  key ->
                      !key.endsWith(".url")
                          && !key.endsWith(".dir")
                          && !key.startsWith("calendar."))));
    }

    private static String url(String key, String value, String scheme) {
      if (!value.matches(scheme + "s?://[^/\\s]+(/\\S*)?")) {
        throw new Settings.SettingsException(
            key
                + " = "
                + value
                + " is not allowed; write a URL that begins with "
                + scheme
                + "://");
      }
      return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }
  }

  KisRoom(
      KisSettings settings,
      KisKey key,
      MarketClock clock,
      Path calendarDir,
      Path evidenceDir,
      TradingCalendar calendar,
      Archive archive,
      ArchiveSettings archiveSettings,
      Appender appender,
      Instant since,
      Consumer<String> keyRefused) {
    this.settings = settings;
    this.key = key;
    this.calendarDir = calendarDir;
    this.evidenceDir = evidenceDir;
    this.calendar = calendar;
    this.archive = archive;
    this.budget = CallBudget.parse(settings.rate(), System::nanoTime);
    TradingDay today = day(since.atZone(archiveSettings.zone()).toLocalDate());
    this.recorder =
        new Recorder(
            recorderSettings(archiveSettings.root()),
            new KisWire(settings.venue()),
            archive,
            appender,
            today,
            clock,
            System::nanoTime);
    this.sealing = new Sealing(recorder, archive, clock);
    this.pulse = new Pulse(recorder, clock, System::nanoTime);
    beans(archiveSettings.root(), since, keyRefused);
  }

  private RecorderSettings recorderSettings(Path root) {
    String rule =
        "stck_sdpr>="
            + settings.minPrice().toPlainString()
            + " and board in "
            + String.join("|", settings.boards())
            + " and group in "
            + String.join("|", settings.groups())
            + " and not trht_yn and not sltr_yn";
    return new RecorderSettings(
        root,
        PROVIDER,
        MARKET,
        Set.of(STREAM),
        settings.scalpWindow(),
        settings.scalpEvery(),
        settings.sweeps(),
        settings.slotRules(),
        settings.triggers(),
        settings.silence(),
        new MembershipRule(settings.minPrice(), settings.boards(), settings.groups()),
        rule,
        UniverseSources.of(boards().stream().map(KisBoard::member).collect(Collectors.toSet())),
        VenueTraits.STOCKS,
        settings.configSha256());
  }

  private List<KisBoard> boards() {
    return Arrays.stream(KisBoard.values())
        .filter(board -> settings.boards().contains(board.word()))
        .toList();
  }

  private void beans(Path root, Instant since, Consumer<String> keyRefused) {
    KisCalls calls = new KisCalls(settings.venue(), key);
    Consumer<KisVerdict> refused =
        verdict ->
            keyRefused.accept(
                "KIS refuses the app key: "
                    + verdict.code()
                    + " "
                    + verdict.message()
                    + "; check KIS_APP_KEY and KIS_APP_SECRET, and that they belong to the "
                    + (settings.mock() ? "mock" : "live")
                    + " server");
    KisGrantKeeper token = KisGrantKeeper.token(recorder, System::nanoTime, calls, refused);
    KisGrantKeeper approval = KisGrantKeeper.approval(recorder, System::nanoTime, calls, refused);
    beans.put("kisToken", token);
    beans.put("kisApproval", approval);
    beans.put("kisBudget", budget);
    beans.put("kisRest", new RestFace(recorder, clockOffset));
    beans.put("kisUniverse", new KisUniverse(recorder, boards()));
    beans.put("kisCalendar", new KisCalendar(recorder, calls, token, this::hasEvidence));
    sweeps =
        new SweepPoller(
            "swing",
            recorder,
            settings.sweeps(),
            new KisQuotes("swing", calls, token, settings.mock()),
            since,
            new Random(),
            System::nanoTime);
    beans.put("kisSwing", sweeps);
    // One call a second leaves none for it: there the swing sweeps are what triggers see.
    Duration every = settings.mock() ? Duration.ZERO : settings.candidatesEvery();
    candidates =
        new CandidatePoller(
            recorder,
            new KisQuotes(CandidatePoller.FEED, calls, token, settings.mock()),
            sweeps::sweeping,
            settings.scalpWindow(),
            every,
            System::nanoTime);
    beans.put("kisCandidates", candidates);
    beans.put(
        "kisFeed",
        new KisFeed(
            STREAM,
            recorder,
            new KisMessages(settings.venue()),
            approval,
            settings.scalpWindow(),
            System::nanoTime));
    beans.put("kisPulse", pulse);
    beans.put("kisBeats", new Beats(recorder, this::day, settings.scalpWindow(), pulse));
    beans.put("kisFigures", new Figures(recorder, archive, root, this::figures));
    beans.put("kisSealing", sealing);
  }

  private Map<String, Object> figures() {
    Map<String, Object> all = new LinkedHashMap<>();
    Duration offset = clockOffset.latest();
    if (offset != null) {
      all.put("venue_clock_offset_ms", offset.toMillis());
    }
    Duration cycle = candidates == null ? null : candidates.cycle();
    if (cycle != null) {
      all.put("candidate_cycle_ms", cycle.toMillis());
    }
    all.put("clock_drift_ms", pulse.drift().toMillis());
    all.put("rest_budget", budget.calls());
    all.put("rest_budget_in_use", budget.inUse());
    all.put("rest_budget_waited_ms", budget.waited().toMillis());
    all.put("files_sealed", sealing.sealed());
    all.put("seal_failures", sealing.failures());
    for (FeedState feed : feeds.get()) {
      if (feed.feed().equals(STREAM)) {
        all.put("feed_phase", feed.phase().name().toLowerCase(Locale.ROOT));
        all.put("feed_queued", feed.queued());
        all.put("feed_pauses", feed.pauses());
        all.put("feed_left_behind", feed.leftBehind());
      }
    }
    return all;
  }

  /** The day by the calendar, read anew once a day and when the venue has said more. */
  private TradingDay day(LocalDate date) {
    return calendar.day(date);
  }

  private boolean hasEvidence(LocalDate date) {
    if (date.equals(calendarRead)) {
      return true;
    }
    boolean filed =
        Files.exists(
            evidenceDir.resolve(MARKET + "-" + date.toString().replace("-", "") + ".json"));
    if (filed) {
      try {
        calendar = TradingCalendar.read(calendarDir, evidenceDir, MARKET);
      } catch (IOException e) {
        // Somebody's file is never asked for again and never written over; the days known so far
        // stay known.
        LOG.warn("The calendar stays as it is: {}", e.getMessage());
      }
      calendarRead = date;
    }
    return filed;
  }

  @Override
  public Recorder recorder() {
    return recorder;
  }

  @Override
  public Archive archive() {
    return archive;
  }

  @Override
  public Map<String, Object> beans() {
    return beans;
  }

  @Override
  public void feeds(Supplier<List<FeedState>> states) {
    feeds = states;
  }

  @Override
  public void closing() {
    if (sweeps != null) {
      sweeps.stop();
    }
    if (candidates != null) {
      candidates.stop();
    }
  }

  @Override
  public String greeting(int members) {
    if (!settings.mock()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "the mock server gives single quotes only: one sweep of %,d symbols at %s takes about %d min",
        members,
        settings.rate(),
        Math.max(1, budget.shortest(members).toMinutes()));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
