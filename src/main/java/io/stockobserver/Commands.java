package io.stockobserver;

import io.stockobserver.backup.packing.PackageRefused;
import io.stockobserver.backup.packing.Packaged;
import io.stockobserver.etl.LoadRound;
import io.stockobserver.market.Stamp;
import io.stockobserver.mitigation.Mitigation;
import io.stockobserver.recorder.RecorderState;
import io.stockobserver.recorder.SlotState;
import io.stockobserver.recorder.SlotWord;
import io.stockobserver.retention.RetentionPlan;
import io.stockobserver.route.RouteRow;
import io.stockobserver.route.RouteVerb;
import io.stockobserver.route.http.Control;
import io.stockobserver.slot.SlotPlanner;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** What commands ask of the observer that has the archive. */
final class Commands implements Control {
  private final Packages packages;
  private final Forgetting forgetting;
  private final RouteRoom routes;
  private final Rooms rooms;
  private final Map<String, Mitigation> levels;
  private final InstantSource clock;

  Commands(
      Packages packages,
      Forgetting forgetting,
      RouteRoom routes,
      Rooms rooms,
      Map<String, Mitigation> levels,
      InstantSource clock) {
    this.packages = packages;
    this.forgetting = forgetting;
    this.routes = routes;
    this.rooms = rooms;
    this.levels = levels;
    this.clock = clock;
  }

  @Override
  public Map<String, Object> routes() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (RouteRow row : routes.control().rows()) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("id", row.getId());
      told.put("room", row.getRoom());
      told.put("state", row.getState());
      told.put("since", row.getSince());
      told.put("actor", row.getActor());
      told.put("reason", row.getReason());
      told.put("description", row.getDescription());
      all.add(told);
    }
    return Map.of("routes", all);
  }

  /** A refusal is an answer too: {@code refused}. */
  @Override
  public Map<String, Object> route(String act, String name, String actor, String reason) {
    return said(
        () -> {
          RouteVerb verb = RouteVerb.parse(act);
          return routes
              .actors()
              .call(actor, reason, () -> routes.control().act(verb, name, reason));
        });
  }

  @Override
  public Map<String, Object> slot(
      String act, String provider, String symbol, String actor, String reason) {
    return said(
        () -> {
          if (provider.isEmpty() && rooms.all().size() > 1) {
            throw new IllegalArgumentException("say whose symbol it is: --provider P");
          }
          SlotWord word = SlotWord.valueOf(act.toUpperCase(Locale.ROOT));
          for (Room room : concerned(provider)) {
            room.recorder().session().operator(word, symbol, actor, reason);
          }
          return act + " " + symbol;
        });
  }

  @Override
  public Map<String, Object> level(String level, String provider, String actor, String reason) {
    return said(
        () -> {
          if (reason.isBlank()) {
            throw new IllegalArgumentException("say why: --reason TEXT");
          }
          for (Room room : concerned(provider)) {
            Mitigation own = Objects.requireNonNull(levels.get(room.provider()));
            if (level.equals("auto")) {
              own.auto(actor, reason);
            } else if (level.matches("[012]")) {
              own.override(Integer.parseInt(level), actor, reason);
            } else {
              throw new IllegalArgumentException(level + " is no level; write 0, 1, 2 or auto");
            }
          }
          return "level " + level;
        });
  }

  /** Those of this name; all where none is named. */
  private List<Room> concerned(String provider) {
    List<Room> own =
        rooms.all().stream()
            .filter(room -> provider.isEmpty() || room.provider().equals(provider))
            .toList();
    if (own.isEmpty()) {
      throw new IllegalArgumentException(
          provider
              + " is not observed here; write one of "
              + String.join(", ", rooms.all().stream().map(Room::provider).toList()));
    }
    return own;
  }

  private static Map<String, Object> said(Supplier<String> act) {
    try {
      return Map.of("done", act.get());
    } catch (IllegalArgumentException refused) {
      return Map.of("refused", String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public Map<String, Object> status() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Room room : rooms.all()) {
      RecorderState state = room.recorder().state();
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("provider", state.provider());
      told.put("market", state.market());
      told.put("session_id", state.sessionId());
      told.put("day", state.day().date().toString());
      told.put("market_open", state.day().open());
      told.put("feed_open", state.feedOpen());
      told.put("last_message", String.valueOf(state.lastFrame()));
      told.put("universe", state.members());
      told.put("slots_capacity", state.slotsCapacity());
      told.put("slots_acknowledged", state.slotsAcknowledged());
      told.put("slots_receiving", state.slotsReceiving());
      told.put("sweeps_done", state.sweepsDone());
      told.put("mitigation_level", state.mitigationLevel());
      told.put("counters", state.counters());
      all.add(told);
    }
    return Map.of("providers", all);
  }

  @Override
  public Map<String, Object> slots() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Room room : rooms.all()) {
      RecorderState state = room.recorder().state();
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("provider", state.provider());
      told.put("market", state.market());
      told.put("now", Stamp.of(clock.instant()));
      told.put("zone", state.day().zone().getId());
      told.put("slots_capacity", state.slotsCapacity());
      told.put("slots_acknowledged", state.slotsAcknowledged());
      told.put("slots_receiving", state.slotsReceiving());
      told.put("board", room.recorder().slots().stream().map(this::slot).toList());
      all.add(told);
    }
    return Map.of("providers", all);
  }

  /** What is not known is not told. */
  private Map<String, Object> slot(SlotState slot) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("symbol", slot.symbol());
    told.put("name", slot.name());
    told.put(
        "standing",
        slot.standing() == null ? null : slot.standing().name().toLowerCase(Locale.ROOT));
    told.put("price", slot.lastPrice());
    told.put("prev_close", slot.prevClose());
    told.put("trigger", slot.trigger());
    told.put("pinned", SlotPlanner.MANUAL.equals(slot.trigger()));
    told.put("since", slot.since() == null ? null : Stamp.of(slot.since()));
    if (slot.heardAt() != null) {
      told.put("heard_at", Stamp.of(slot.heardAt()));
      told.put(
          "age_seconds",
          Math.max(0, Duration.between(slot.heardAt(), clock.instant()).toMillis()) / 1000.0);
    }
    told.put("fresh", slot.fresh());
    told.put("silent", slot.silent());
    told.values().removeIf(Objects::isNull);
    return told;
  }

  /** A refusal is an answer too: {@code reason} and {@code detail}. */
  @Override
  public Map<String, Object> packageDay(String provider, LocalDate day) {
    Map<String, Object> told = new LinkedHashMap<>();
    try {
      Packaged made = packages.make(provider, day);
      told.put("package", made.id().toString());
      told.put("made", made.made());
      told.put("complete", made.complete());
      told.put("open", made.open());
      told.put("files", made.files());
      told.put("bytes", made.bytes());
      told.put("stored_bytes", made.storedBytes());
      told.put("anomalies", made.anomalies());
      told.put("sha256", made.sha256());
    } catch (PackageRefused refused) {
      told.put("reason", refused.reason().word());
      told.put("detail", refused.getMessage());
    }
    return told;
  }

  @Override
  public Map<String, Object> retention(boolean dryRun) throws Exception {
    List<Map<String, Object>> days = new ArrayList<>();
    for (RetentionPlan plan : forgetting.now(dryRun)) {
      for (RetentionPlan.Planned day : plan.days()) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("day", DateTimeFormatter.BASIC_ISO_DATE.format(day.facts().day()));
        told.put("provider", plan.provider());
        told.put("age_days", day.ageDays());
        told.put("bytes", day.facts().bytes());
        told.put("verdict", day.verdict().act().name().toLowerCase(Locale.ROOT));
        told.put("reason", day.verdict().reason());
        told.put("detail", day.verdict().detail());
        days.add(told);
      }
    }
    return Map.of("days", days);
  }

  @Override
  public Map<String, Object> loadFailed(String provider, LocalDate day, int exit, String detail) {
    for (Room room : rooms.all()) {
      if (room.provider().equals(provider)) {
        room.recorder().event(LoadRound.failed(day, exit, detail, clock.instant()));
        return Map.of("told", true);
      }
    }
    throw new IllegalArgumentException(provider + " is not observed here");
  }
}
