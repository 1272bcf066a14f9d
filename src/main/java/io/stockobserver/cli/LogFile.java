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
}
