package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A policy with delays of 20 ms that remembers what it was asked. */
class TinyLadder implements FeedPolicy {
  final List<Integer> asked = new CopyOnWriteArrayList<>();
  final List<String> refused = new CopyOnWriteArrayList<>();

  @Override
  public Duration delayBefore(int attempt) {
    asked.add(attempt);
    return Duration.ofMillis(20);
  }

  @Override
  public void refused(int status) {
    refused.add(status + " before " + (asked.size() + 1));
  }

  @Override
  public @Nullable String replyTo(String text) {
    return text.startsWith("{\"PING") ? text : null;
  }

  @Override
  public boolean spares(byte[] message) {
    return message.length > 0 && message[0] == '{';
  }

  @Override
  public boolean provenAlive(Duration connectedFor) {
    return false;
  }

  @Override
  public boolean mayConnect() {
    return true;
  }
}
