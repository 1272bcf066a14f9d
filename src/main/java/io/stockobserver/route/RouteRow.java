package io.stockobserver.route;

/** How one route stands, as a row of the table over JMX. */
public final class RouteRow {
  private final String id;
  private final String description;
  private final String room;
  private final String state;
  private final String since;
  private final String actor;
  private final String reason;

  @java.beans.ConstructorProperties({
    "id",
    "description",
    "room",
    "state",
    "since",
    "actor",
    "reason"
  })
  public RouteRow(
      String id,
      String description,
      String room,
      String state,
      String since,
      String actor,
      String reason) {
    this.id = id;
    this.description = description;
    this.room = room;
    this.state = state;
    this.since = since;
    this.actor = actor;
    this.reason = reason;
  }

  /** As the file is called. */
  public String getId() {
    return id;
  }

  /** What it does, in a line. */
  public String getDescription() {
    return description;
  }

  /** Its group; a name for all of its routes. */
  public String getRoom() {
    return room;
  }

  /** {@code started}, {@code stopped} or {@code suspended}. */
  public String getState() {
    return state;
  }

  /** The market's instant, ISO-8601 UTC. */
  public String getSince() {
    return since;
  }

  /** Who brought it there; empty where nobody did. */
  public String getActor() {
    return actor;
  }

  /** Why; empty where nobody said. */
  public String getReason() {
    return reason;
  }
}
