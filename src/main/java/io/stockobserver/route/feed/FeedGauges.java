package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedState.Phase;
import java.util.concurrent.atomic.AtomicLong;

/** The figures of one feed, from its last start on. Written by event loop and pump, read by any. */
final class FeedGauges {
  volatile Phase phase = Phase.WAITING;
  volatile long connection;

  /** 0 before the first message. */
  volatile long lastMessageNanos;

  /** Of a feed that has stopped; a running one's queue counts. */
  volatile long shed;

  final AtomicLong messages = new AtomicLong();
  final AtomicLong bytes = new AtomicLong();
  final AtomicLong delivered = new AtomicLong();
  final AtomicLong leftBehind = new AtomicLong();
  final AtomicLong sent = new AtomicLong();
  final AtomicLong pauses = new AtomicLong();
  final AtomicLong reconnects = new AtomicLong();
}
