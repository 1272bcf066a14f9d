package io.stockobserver.route;

import org.jspecify.annotations.Nullable;

/** How one provider's feed is, over JMX; the units and ages stand in {@link Meaning}. */
@Meaning("The feed of one provider, now. State only: nothing can be set here.")
public interface FeedFaceMXBean {
  @Meaning(
      "waiting, connecting, open, paused (not read from for a moment, that the route may catch up) or closed (the route is stopped); now.")
  String getPhase();

  @Meaning("Where it connects to, without path or query.")
  String getHost();

  @Meaning("Number of the open or last connection, 0 before the first; since the route started.")
  long getConnection();

  @Meaning("Seconds since the venue said anything, heartbeats included; null before the first.")
  @Nullable Double getLastMessageAgeSeconds();

  @Meaning("Messages heard and not yet through the route; now.")
  int getQueuedMessages();

  @Meaning("Messages heard since the route started: delivered, shed and left behind together.")
  long getMessages();

  @Meaning("Messages given up because the queue was full; since the route started.")
  long getShedMessages();

  @Meaning("Attempts to connect after the first; since the route started.")
  long getReconnects();

  @Meaning("From the socket to the tape in milliseconds, 99 of 100 messages; of the last minute.")
  double getToTapeMillis();

  @Meaning("What the venue refused last, and when; null for nothing since the start.")
  @Nullable String getTrouble();
}
