package io.stockobserver.route;

import java.util.Locale;
import org.apache.camel.ServiceStatus;

/** What an operator can do to a route. */
public enum RouteVerb {
  STOP("route_stopped"),
  START("route_started"),
  SUSPEND("route_suspended"),
  RESUME("route_resumed"),
  /** A stop that waits until all that is under way is through, or is none. */
  DRAIN("route_drained");

  private final String event;

  RouteVerb(String event) {
    this.event = event;
  }

  /** Its event in the archive. */
  public String event() {
    return event;
  }

  /** As people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException naming what there is
   */
  public static RouteVerb parse(String word) {
    for (RouteVerb verb : values()) {
      if (verb.word().equals(word)) {
        return verb;
      }
    }
    throw new IllegalArgumentException(
        word + " is no act; write stop, start, suspend, resume or drain");
  }

  /** Whether the route is at rest after it. */
  public boolean rests() {
    return this != START && this != RESUME;
  }

  /** Whether a route that stands so needs it no more. */
  boolean isDone(ServiceStatus status) {
    return switch (this) {
      case STOP, DRAIN -> status.isStopped();
      case SUSPEND -> status.isSuspended() || status.isStopped();
      case START, RESUME -> status.isStarted();
    };
  }
}
