package io.stockobserver.cli;

import io.stockobserver.Caretaker;
import io.stockobserver.etl.LoadRound;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Writes into an archive that a day of it is not in the database, which marks the day for
 * retention: by the observer that records there, or alone. Copies are not written into.
 */
final class FailedLoad {
  private final Place place;
  private final Path root;
  private final LocalDate day;

  FailedLoad(Place place, Path root, LocalDate day) {
    this.place = place;
    this.root = root;
    this.day = day;
  }

  /** Tells it; where that cannot be done either, a line says so and that is all. */
  void tell(List<String> providers, int exit, String detail) {
    if (Files.exists(root.resolve("package.json")) || Files.exists(root.resolve("backup.lock"))) {
      return;
    }
    try {
      Optional<ControlClient> observer = ControlClient.of(root);
      if (observer.isPresent()) {
        for (String provider : providers) {
          observer.get().post(path(provider, exit, detail));
        }
      } else {
        alone(providers, exit, detail);
      }
    } catch (IOException | RuntimeException e) {
      System.err.println("observer: the day is not marked in its archive: " + e.getMessage());
    }
  }

  private String path(String provider, int exit, String detail) {
    return "/api/load-failed/"
        + provider
        + '/'
        + DateTimeFormatter.BASIC_ISO_DATE.format(day)
        + "?exit="
        + exit
        + "&detail="
        + URLEncoder.encode(detail, StandardCharsets.UTF_8);
  }

  private void alone(List<String> providers, int exit, String detail) throws IOException {
    try (Caretaker caretaker =
        Caretaker.take(place.home(), System.getenv(), place.overrides(), providers)) {
      for (Caretaker.Part part : caretaker.parts()) {
        part.event(LoadRound.failed(day, exit, detail, caretaker.clock().instant()));
      }
    }
  }
}
