package io.stockobserver.route;

import java.util.List;

/** Where acts on routes, files and settings are written down as evidence. Thread-safe. */
public interface RouteBook {
  /** It was done. To be told before it is done when afterwards nothing can be written. */
  void done(RouteAct act);

  /** It was not done. */
  void refused(RouteAct act, String detail);

  /** A file of {@code routes/} runs now as it stands. */
  void applied(String file, List<String> routes, String sha256);

  /** A saved file does not run; what ran before runs on. */
  void refused(RouteFinding finding);

  /** A setting holds now, or will from the next start on. */
  void setting(String key, String from, String to, boolean applied);
}
