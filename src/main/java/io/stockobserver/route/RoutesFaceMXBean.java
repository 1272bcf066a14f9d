package io.stockobserver.route;

import java.util.List;

/**
 * The routes for an operator at a JMX console. A name is that of a route or of a room (the group of
 * its routes, such as {@code provider.kis}); a reason belongs to every act, which is evidence in
 * the archive and answers with what was done, or is refused with what to do first.
 */
public interface RoutesFaceMXBean {
  /** Every route: how it stands, since when, by whom and why; as of now. */
  List<RouteRow> getRoutes();

  /** What was heard ends first, up to 15 seconds of it. */
  String stop(String name, String reason);

  String start(String name, String reason);

  String suspend(String name, String reason);

  String resume(String name, String reason);

  /** Stops only if all that is under way gets through within a minute. */
  String drain(String name, String reason);
}
