package io.stockobserver.provider.upbit;

import io.stockobserver.venue.Desk;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedPolicy;
import io.stockobserver.venue.ReconnectLadder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live side of Upbit's WebSocket: when to connect, and what to say. Whenever what is wanted
 * differs from what was said last on this connection, everything is said again, because a request
 * replaces the one before. What a message means is {@link UpbitWire}'s business. Thread-safe.
 */
public final class UpbitFeed implements FeedPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(UpbitFeed.class);

  /** 100 words a minute are allowed (Upbit sheet 3.5), however fast the route beats. */
  private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(650).toNanos();

  /** Well before the venue gives up an idle connection: after 60 s, some saw (sheet 3.3). */
  private static final long PING_NANOS = Duration.ofSeconds(25).toNanos();

  /** A handshake too many: 5 s, and twice that each time again, a minute at most. */
  private static final Duration REFUSED = Duration.ofSeconds(5);

  private static final Duration LONGEST_REFUSED = Duration.ofMinutes(1);

  /** Signs of life and errors are shorter, records longer. */
  private static final int SHORTEST_RECORD = 150;

  private final String feed;
  private final Desk desk;
  private final UpbitMessages messages;
  private final UpbitBlock block;
  private final ReconnectLadder ladder = new ReconnectLadder();
  private final LongSupplier nanos;
  private volatile boolean open;
  private volatile boolean hungUp;
  private volatile @Nullable String useless;
  private volatile long connection;
  private volatile long openedNanos;
  private volatile long dataNanos;
  private final AtomicInteger refusedInARow = new AtomicInteger();
  private long spokenOn;
  private int words;
  private long lastWordNanos;
  private long lastPingNanos;
  private boolean pinged;
  private List<String> saidTickers = List.of();
  private SortedSet<String> saidSlots = new TreeSet<>();

  /**
   * A feed without a connection.
   *
   * @param feed its name on the tape
   * @param block while it lasts, no connection is tried either
   */
  public UpbitFeed(
      String feed, Desk desk, UpbitMessages messages, UpbitBlock block, LongSupplier nanos) {
    this.feed = feed;
    this.desk = desk;
    this.messages = messages;
    this.block = block;
    this.nanos = nanos;
  }

  /** Everything heard goes on the tape and is read there; only errors are noticed here. */
  public void hear(FeedBatch batch) {
    desk.hearOnFeed(batch);
    for (FeedMessage message : batch.messages()) {
      switch (message.kind()) {
        case OPENED -> {
          useless = null;
          hungUp = false;
          refusedInARow.set(0);
          connection = batch.connection();
          openedNanos = message.monoNanos();
          dataNanos = openedNanos;
          open = true;
        }
        case CLOSED, FAILED -> open = false;
        case TEXT, BINARY -> notice(message);
        default -> {}
      }
    }
  }

  private void notice(FeedMessage message) {
    byte[] payload = message.payload();
    if (payload.length >= SHORTEST_RECORD) {
      dataNanos = message.monoNanos();
      return;
    }
    String text = new String(payload, StandardCharsets.UTF_8);
    if (text.contains("\"error\"")) {
      LOG.warn("Upbit refuses what was said: {}", text);
      // It closes a moment later, most times (Upbit sheet 3.4).
      useless = "refused: " + text;
    }
  }

  /** Whether something should be said now. */
  public synchronized boolean hasWord() {
    if (!open || useless != null) {
      return false;
    }
    long now = nanos.getAsLong();
    if (spokenOn != connection) {
      forget();
    }
    boolean soon = words > 0 && now - lastWordNanos < SHORTEST_PAUSE_NANOS;
    return !soon && (news() || pingDue(now));
  }

  private void forget() {
    spokenOn = connection;
    words = 0;
    pinged = false;
    saidTickers = List.of();
  }

  private boolean news() {
    List<String> universe = desk.universe();
    return !universe.isEmpty()
        && (!universe.equals(saidTickers) || !desk.wanted().equals(saidSlots));
  }

  private boolean pingDue(long now) {
    return !pinged || now - lastPingNanos >= PING_NANOS;
  }

  /** The next word; it is on the tape before it is said. Null when there is none after all. */
  public synchronized @Nullable String nextWord() {
    if (!hasWord()) {
      return null;
    }
    String word;
    long now = nanos.getAsLong();
    if (news()) {
      saidTickers = List.copyOf(desk.universe());
      saidSlots = new TreeSet<>(desk.wanted());
      String ticket = "observer-" + connection + '-' + (words + 1);
      word = messages.subscription(ticket, saidTickers, saidSlots);
    } else {
      word = UpbitMessages.PING;
      pinged = true;
      lastPingNanos = now;
    }
    words++;
    lastWordNanos = now;
    desk.sayOnFeed(feed, word);
    return word;
  }

  /** The venue refused a handshake; asked for the delay before the next right after. */
  @Override
  public void refused(int status) {
    if (status == 418) {
      block.refused(Duration.ZERO);
    } else if (status == 429) {
      refusedInARow.incrementAndGet();
    }
  }

  @Override
  public Duration delayBefore(int attempt) {
    Duration delay = longer(ladder.delayBefore(attempt), block.remaining());
    int refusals = refusedInARow.get();
    if (refusals == 0) {
      return delay;
    }
    Duration refused = REFUSED.multipliedBy(1L << Math.min(refusals - 1, 10));
    return longer(delay, refused.compareTo(LONGEST_REFUSED) < 0 ? refused : LONGEST_REFUSED);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Nothing is asked of us on the socket: signs of life come in answer to our own. */
  @Override
  public @Nullable String replyTo(String text) {
    return null;
  }

  @Override
  public int longestQuestion() {
    return -1;
  }

  /** A feed that is dead is hung up once: what is known of it may be known a while longer. */
  @Override
  public @Nullable String hangUp() {
    if (useless != null) {
      return useless;
    }
    String dead = open && !hungUp ? desk.deadFeed() : null;
    hungUp |= dead != null;
    return dead;
  }

  /** Signs of life prove nothing: from the opening to the last record. */
  @Override
  public boolean provenAlive(Duration connectedFor) {
    Duration withData = Duration.ofNanos(dataNanos - openedNanos);
    return ladder.provenAlive(withData.compareTo(connectedFor) < 0 ? withData : connectedFor);
  }

  /** Without a universe there is nothing to listen to. */
  @Override
  public boolean mayConnect() {
    return desk.today().open() && !desk.universe().isEmpty() && block.remaining().isZero();
  }
}
