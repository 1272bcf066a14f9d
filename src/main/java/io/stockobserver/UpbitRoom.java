package io.stockobserver;

import io.stockobserver.archive.Archive;
import io.stockobserver.market.MarketClock;
import io.stockobserver.market.Window;
import io.stockobserver.provider.upbit.UpbitBlock;
import io.stockobserver.provider.upbit.UpbitBudget;
import io.stockobserver.provider.upbit.UpbitFeed;
import io.stockobserver.provider.upbit.UpbitQuotes;
import io.stockobserver.provider.upbit.UpbitUniverse;
import io.stockobserver.provider.upbit.UpbitUniverseSources;
import io.stockobserver.provider.upbit.UpbitWire;
import io.stockobserver.recorder.Beats;
import io.stockobserver.recorder.Figures;
import io.stockobserver.recorder.Pulse;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.recorder.RecorderSettings;
import io.stockobserver.recorder.Sealing;
import io.stockobserver.recorder.VenueTraits;
import io.stockobserver.recorder.Writing;
import io.stockobserver.route.RestFace;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.venue.BudgetState;
import io.stockobserver.venue.ClockOffset;
import io.stockobserver.venue.FeedState;
import io.stockobserver.venue.SweepPoller;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Builds what observes Upbit, by hand, and names the beans that the routes call. */
final class UpbitRoom implements Room {
  private static final String STREAM = "stream";

  /** A market that never closes is always watched. */
  private static final Window ALWAYS = Window.parse("open..close");

  private final UpbitSettings settings;
  private final Archive archive;
  private final Recorder recorder;
  private final Sealing sealing;
  private final Pulse pulse;
  private final UpbitBudget budget;
  private final SweepPoller sweeps;
  private final UpbitUniverse universe;
  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final ClockOffset clockOffset = new ClockOffset();
  private volatile Supplier<List<FeedState>> feeds = List::of;

  UpbitRoom(UpbitSettings settings, Site site) {
    this.settings = settings;
    this.archive = site.archive();
    MarketClock clock = site.clock();
    MarketDays days = site.days();
    Tracks tracks = site.ground().tracks();
    SweepGrid grid = SweepGrid.roundTheClock(tracks.swingEvery());
    this.recorder =
        new Recorder(
            recorderSettings(site, tracks, grid),
            new UpbitWire(),
            new Writing(archive, site.appender()),
            days.day(site.since().atZone(days.zone()).toLocalDate()),
            clock,
            System::nanoTime,
            text -> site.secrets().mask("an answer or a note on the tape", text));
    this.sealing = new Sealing(recorder, archive, clock);
    this.pulse = new Pulse(recorder, clock, System::nanoTime);
    UpbitBlock block = new UpbitBlock(System::nanoTime);
    this.budget = new UpbitBudget(settings.rate(), block, System::nanoTime);
    this.universe = new UpbitUniverse(recorder, settings.quotes(), budget::waitingFor);
    this.sweeps =
        new SweepPoller(
            "swing",
            recorder,
            grid,
            new UpbitQuotes(budget::waitingFor),
            site.since(),
            new Random(),
            System::nanoTime);
    beans.put("upbitBudget", budget);
    beans.put("upbitRest", new RestFace(recorder, clockOffset));
    beans.put("upbitUniverse", universe);
    beans.put("upbitSwing", sweeps);
    beans.put(
        "upbitFeed", new UpbitFeed(STREAM, recorder, settings.messages(), block, System::nanoTime));
    beans.put("upbitPulse", pulse);
    beans.put("upbitBeats", new Beats(recorder, days::day, ALWAYS, pulse));
    beans.put("upbitFigures", new Figures(recorder, archive, site.ground().root(), this::figures));
    beans.put("upbitSealing", sealing);
  }

  private RecorderSettings recorderSettings(Site site, Tracks tracks, SweepGrid grid) {
    return new RecorderSettings(
        site.ground().root(),
        UpbitDoor.PROVIDER,
        UpbitDoor.MARKET,
        Set.of(STREAM),
        ALWAYS,
        tracks.scalpEvery(),
        grid,
        settings.slotRules(),
        tracks.triggers(),
        settings.silence(),
        settings.rule(),
        settings.ruleText(),
        new UpbitUniverseSources(settings.quotes()),
        VenueTraits.CRYPTO,
        site.configSha256());
  }

  private Map<String, Object> figures() {
    Map<String, Object> all = new LinkedHashMap<>();
    Duration offset = clockOffset.latest();
    if (offset != null) {
      all.put("venue_clock_offset_ms", offset.toMillis());
    }
    all.put("clock_drift_ms", pulse.drift().toMillis());
    all.put("rest_budget", budget.calls());
    all.put("rest_budget_in_use", budget.inUse());
    all.put("rest_budget_waited_ms", budget.waited().toMillis());
    all.put("rest_refusals", budget.refusals());
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

  @Override
  public String provider() {
    return UpbitDoor.PROVIDER;
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
  public BudgetState budget() {
    return new BudgetState(budget.calls(), budget.inUse(), budget.waited());
  }

  @Override
  public Sealing sealing() {
    return sealing;
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
  public boolean turn(String key, Settings fresh) {
    boolean known = key.equals("provider.upbit.rest.rate");
    if (known) {
      budget.rate(UpbitSettings.read(fresh).rate());
    }
    return known;
  }

  @Override
  public void closing() {
    sweeps.stop();
    universe.stop();
    budget.close();
  }

  @Override
  public String greeting(int members) {
    return "";
  }
}
