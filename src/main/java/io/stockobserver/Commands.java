package io.stockobserver;

import io.stockobserver.backup.PackageRefused;
import io.stockobserver.backup.Packaged;
import io.stockobserver.etl.LoadRound;
import io.stockobserver.retention.RetentionPlan;
import io.stockobserver.route.http.Control;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What commands ask of the observer that has the archive. */
final class Commands implements Control {
  private final Packages packages;
  private final Forgetting forgetting;
  private final Rooms rooms;
  private final InstantSource clock;

  Commands(Packages packages, Forgetting forgetting, Rooms rooms, InstantSource clock) {
    this.packages = packages;
    this.forgetting = forgetting;
    this.rooms = rooms;
    this.clock = clock;
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
