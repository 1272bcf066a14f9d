package io.stockobserver;

import io.stockobserver.archive.Archive;
import io.stockobserver.market.MarketClock;
import io.stockobserver.provider.kis.KisBoard;
import io.stockobserver.provider.kis.KisCalendar;
import io.stockobserver.provider.kis.KisCalls;
import io.stockobserver.provider.kis.KisFeed;
import io.stockobserver.provider.kis.KisGrantKeeper;
import io.stockobserver.provider.kis.KisKey;
import io.stockobserver.provider.kis.KisMessages;
import io.stockobserver.provider.kis.KisQuotes;
import io.stockobserver.provider.kis.KisUniverse;
import io.stockobserver.provider.kis.KisVerdict;
import io.stockobserver.provider.kis.KisWire;
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
import io.stockobserver.universe.UniverseSources;
import io.stockobserver.venue.BudgetState;
import io.stockobserver.venue.CallBudget;
import io.stockobserver.venue.CandidatePoller;
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
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds what observes KIS, by hand, and names the beans that the routes call. */
final class KisRoom implements Room {
  private static final String STREAM = "trade";

  private final KisSettings settings;
  private final Tracks tracks;
  private final SweepGrid sweepGrid;
  private final MarketDays days;
  private final Archive archive;
  private final Recorder recorder;
  private final Sealing sealing;
  private final Pulse pulse;
  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final CallBudget budget;
  private List<KisGrantKeeper> grants = List.of();
  private @Nullable SweepPoller sweeps;
  private @Nullable CandidatePoller candidates;
  private final ClockOffset clockOffset = new ClockOffset();
  private volatile Supplier<List<FeedState>> feeds = List::of;

  KisRoom(KisSettings settings, KisKey key, Site site) {
    this.settings = settings;
    this.tracks = site.ground().tracks();
    this.days = site.days();
    this.archive = site.archive();
    this.budget = CallBudget.parse(settings.rate(), System::nanoTime);
    this.sweepGrid = new SweepGrid(tracks.swingWindow(), tracks.swingEvery(), SweepGrid.CLOSING);
    MarketClock clock = site.clock();
    this.recorder =
        new Recorder(
            recorderSettings(site),
            new KisWire(settings.venue()),
            new Writing(archive, site.appender()),
            days.day(site.since().atZone(days.zone()).toLocalDate()),
            clock,
            System::nanoTime,
            text -> site.secrets().mask("an answer or a note on the tape", text));
    this.sealing = new Sealing(recorder, archive, clock);
    this.pulse = new Pulse(recorder, clock, System::nanoTime);
    beans(site, key);
  }

  private RecorderSettings recorderSettings(Site site) {
    return new RecorderSettings(
        site.ground().root(),
        KisDoor.PROVIDER,
        KisDoor.MARKET,
        Set.of(STREAM),
        tracks.scalpWindow(),
        tracks.scalpEvery(),
        sweepGrid,
        settings.slotRules(),
        tracks.triggers(),
        settings.silence(),
        settings.rule(),
        settings.ruleText(),
        UniverseSources.of(
            settings.boards().stream().map(KisBoard::member).collect(Collectors.toSet())),
        VenueTraits.STOCKS,
        site.configSha256());
  }

  private void beans(Site site, KisKey key) {
    KisCalls calls = new KisCalls(settings.venue(), key);
    Consumer<KisVerdict> refused =
        verdict ->
            site.refused()
                .accept(
                    "KIS refuses the app key: "
                        + verdict.code()
                        + " "
                        + verdict.message()
                        + "; check KIS_APP_KEY and KIS_APP_SECRET, and that they belong to the "
                        + (settings.mock() ? "mock" : "live")
                        + " server");
    Consumer<String> learnt = secret -> site.secrets().learn(KisDoor.PROVIDER, secret);
    learnt.accept(key.appKey());
    learnt.accept(key.appSecret());
    KisGrantKeeper token = KisGrantKeeper.token(recorder, System::nanoTime, calls, refused);
    KisGrantKeeper approval = KisGrantKeeper.approval(recorder, System::nanoTime, calls, refused);
    grants = List.of(token, approval);
    grants.forEach(grant -> grant.learning(learnt));
    beans.put("kisToken", token);
    beans.put("kisApproval", approval);
    beans.put("kisBudget", budget);
    beans.put("kisRest", new RestFace(recorder, clockOffset));
    beans.put("kisUniverse", new KisUniverse(recorder, settings.boards()));
    beans.put("kisCalendar", new KisCalendar(recorder, calls, token, days::hasEvidence));
    sweeps =
        new SweepPoller(
            "swing",
            recorder,
            sweepGrid,
            new KisQuotes("swing", calls, token, settings.mock()),
            site.since(),
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
            tracks.scalpWindow(),
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
            tracks.scalpWindow(),
            System::nanoTime));
    beans.put("kisPulse", pulse);
    beans.put("kisBeats", new Beats(recorder, days::day, tracks.scalpWindow(), pulse));
    beans.put("kisFigures", new Figures(recorder, archive, site.ground().root(), this::figures));
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

  @Override
  public String provider() {
    return KisDoor.PROVIDER;
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
    KisSettings now = KisSettings.read(fresh);
    switch (key) {
      case "provider.kis.rest.rate" -> budget.rate(now.rate());
      case "provider.kis.candidates.every" -> {
        if (candidates != null && !settings.mock()) {
          candidates.every(now.candidatesEvery());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void abandonKeys() {
    grants.forEach(KisGrantKeeper::abandon);
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
}
