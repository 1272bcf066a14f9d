package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.evidence.Event;
import io.stockobserver.health.Alerts;
import io.stockobserver.health.HealthReport;
import io.stockobserver.recorder.Recorder;
import io.stockobserver.route.AlertFace;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Builds who is told of what is wrong; reads where to. */
final class AlertRoom {
  /** The webhook's address; whoever knows it can write there. */
  static final String URL = "ALERT_URL";

  private AlertRoom() {}

  /** Reads {@code alert.quiet}: whether a closed market's causes wait. */
  static boolean read(Settings s) {
    return s.oneOf("alert.quiet", "closed", "never").equals("closed");
  }

  /**
   * Of these rooms; silent where no address is given.
   *
   * @throws SettingsException for an address that is none, without showing it
   */
  static AlertFace over(
      Rooms rooms,
      Settings settings,
      Credentials credentials,
      Supplier<HealthReport> health,
      InstantSource clock) {
    String url = credentials.find(URL).orElse("");
    if (!url.isEmpty() && !url.matches("https?://[^/\\s]+(/\\S*)?")) {
      throw new SettingsException(
          URL + " is no URL that begins with http:// or https://; correct it or leave it out");
    }
    return new AlertFace(
        new Alerts(BackupSettings.name(settings), read(settings)),
        url,
        health,
        provider -> isOpen(rooms, provider, clock),
        (provider, event) -> tell(rooms, provider, event),
        clock);
  }

  /** For looking at what would be built. */
  static AlertFace silent(InstantSource clock) {
    return new AlertFace(
        new Alerts("nobody", true),
        "",
        () -> new HealthReport(clock.instant(), List.of()),
        provider -> false,
        (provider, event) -> {},
        clock);
  }

  private static boolean isOpen(Rooms rooms, String provider, InstantSource clock) {
    return rooms.all().stream()
        .filter(room -> provider.isEmpty() || room.provider().equals(provider))
        .anyMatch(room -> room.recorder().today().inSession(clock.instant()));
  }

  private static void tell(Rooms rooms, String provider, Event event) {
    for (Room room : rooms.all()) {
      Recorder recorder = room.recorder();
      if (provider.isEmpty() || room.provider().equals(provider)) {
        recorder.event(event);
      }
    }
  }
}
