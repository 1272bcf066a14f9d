package io.stockobserver.cli;

/** Where the application's own log goes: beside the archive, so that the terminal stays calm. */
final class LogFile {
  private LogFile() {}

  static void begin(Place place) {
    if (System.getProperty("observer.log") == null) {
      String dir =
          place.data != null
              ? place.data.toString()
              : CollectCommand.settings(place).text("archive.dir");
      System.setProperty("observer.log", dir + "/log/observer.log");
    }
  }
}
