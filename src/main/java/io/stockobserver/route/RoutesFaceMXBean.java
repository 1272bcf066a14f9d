package io.stockobserver.route;

import java.util.List;

/**
 * The routes for an operator at a JMX console. A name is that of a route or of a room (the group of
 * its routes, such as {@code provider.kis}); a reason belongs to every act, which is evidence in
 * the archive and answers with what was done, or is refused with what to do first.
 */
@Meaning(
    "The routes and their rooms. A name is a route's or a room's, such as provider.kis; each act needs a reason and is an event with who and why.")
public interface RoutesFaceMXBean {
  /** Every route: how it stands, since when, by whom and why; as of now. */
  @Meaning("Every route: how it stands, since when, by whom and why; now.")
  List<RouteRow> getRoutes();

  /** What was heard ends first, up to 15 seconds of it. */
  @Meaning("Stops it; what was heard ends first, up to 15 seconds of it.")
  String stop(@Meaning("name") String name, @Meaning("reason") String reason);

  @Meaning("Starts it.")
  String start(@Meaning("name") String name, @Meaning("reason") String reason);

  @Meaning("Lets it rest; it stays loaded.")
  String suspend(@Meaning("name") String name, @Meaning("reason") String reason);

  @Meaning("Lets it go on after a suspension.")
  String resume(@Meaning("name") String name, @Meaning("reason") String reason);

  /** Stops only if all that is under way gets through within a minute. */
  @Meaning("Stops it only if all that is under way gets through within a minute.")
  String drain(@Meaning("name") String name, @Meaning("reason") String reason);
}
