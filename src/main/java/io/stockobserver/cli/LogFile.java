package io.stockobserver.cli;

import java.nio.file.Path;

/** Where the application's own log goes: beside the archive, so that the terminal stays calm. */
final class LogFile {
  private LogFile() {}

  static void begin(Place place) {
    if (System.getProperty("observer.log") == null) {
      Path dir = place.archive();
      System.setProperty("observer.log", dir.resolve("log/observer.log").toString());
    }
  }

  /**
   * The same; as JSON, where that is wanted, also on standard error, where a container's engine
   * takes it.
   */
  static void begin(Place place, boolean json) {
    if (json || place.settings().text("log.json").equals("on")) {
      System.setProperty("observer.log.json", "true");
      System.setProperty("observer.log.also", "STDERR");
    }
    begin(place);
  }
}
