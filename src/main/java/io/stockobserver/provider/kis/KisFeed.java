package io.stockobserver.provider.kis;

import io.stockobserver.market.TradingDay;
import io.stockobserver.market.Window;
import io.stockobserver.track.SlotAct;
import io.stockobserver.venue.Desk;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import io.stockobserver.venue.FeedPolicy;
import io.stockobserver.venue.ReconnectLadder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live side of KIS's WebSocket: when to connect, what to answer at once, what to say next about
 * slots. What a message means is {@link KisWire}'s business. Thread-safe.
 */
public final class KisFeed implements FeedPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(KisFeed.class);

  /** Before the window opens, so that every slot is acknowledged when it does. */
  private static final Duration LEAD = Duration.ofMinutes(10);

  /**
   * After OPSP8996 somebody else holds the key; hurrying gets it blocked: 10 s and more (KIS sheet
   * 6.3), also when the jitter takes a tenth.
   */
  private static final Duration KEY_IN_USE = Duration.ofSeconds(12);

  private final String feed;
  private final Desk desk;
  private final KisMessages messages;
  private final KisGrantKeeper approval;
  private final Supplier<Window> window;
  private final ReconnectLadder ladder = new ReconnectLadder();
  private final LongSupplier nanos;
  private volatile @Nullable Long inUseUntilNanos;
  private volatile long openedNanos;
  private volatile long dataNanos;
  private volatile boolean open;
  private volatile boolean hungUp;
  private volatile @Nullable String useless;
  private volatile @Nullable String keyShown;

  public KisFeed(
      String feed,
      Desk desk,
      KisMessages messages,
      KisGrantKeeper approval,
      Supplier<Window> window,
      LongSupplier nanos) {
    this.nanos = nanos;
    this.feed = feed;
    this.desk = desk;
    this.messages = messages;
    this.approval = approval;
    this.window = window;
  }

  /** Everything heard goes on the tape and is read there; only refused keys are noticed here. */
  public void hear(FeedBatch batch) {
    desk.hearOnFeed(batch);
    for (FeedMessage message : batch.messages()) {
      switch (message.kind()) {
        case OPENED -> {
          useless = null;
          openedNanos = message.monoNanos();
          dataNanos = openedNanos;
          hungUp = false;
          open = true;
        }
        case CLOSED, FAILED -> open = false;
        case TEXT -> notice(message);
        default -> {}
      }
    }
  }

  private void notice(FeedMessage message) {
    byte[] payload = message.payload();
    // Control messages begin with a brace; the hot path ends here for all others.
    if (payload.length == 0 || payload[0] != '{') {
      dataNanos = message.monoNanos();
      return;
    }
    String text = new String(payload, StandardCharsets.UTF_8);
    String reply = KisMessages.replyTo(text);
    if (reply != null) {
      // Said by the socket the moment it was asked; the tape tells it a little later.
      desk.sayOnFeed(feed, reply);
    }
    if (text.contains("OPSP0011")) {
      String refused = keyShown;
      if (refused != null) {
        approval.reject(refused);
      }
      useless = "OPSP0011 approval key refused";
    } else if (text.contains("OPSP8996")) {
      inUseUntilNanos = nanos.getAsLong() + KEY_IN_USE.toNanos();
      if (useless == null) {
        tellWhoMayHoldTheKey();
      }
      useless = "OPSP8996 app key in use: by another program, or by our last session at KIS";
    }
  }

  private static void tellWhoMayHoldTheKey() {
    LOG.error(
        "OPSP8996: KIS grants one session an app key, and somebody holds it: another program with"
            + " the same key on this machine or another, or our own last connection, which KIS has"
            + " not given up yet. Stop the other one or give it a key of its own; the next attempt"
            + " is in {} s at the earliest",
        KEY_IN_USE.toSeconds());
  }

  /** Whether something should be said about slots now. */
  public boolean hasWord() {
    return open && useless == null && approval.value() != null && desk.nextAct() != null;
  }

  /** The next registration or its end, as KIS wants it; it is on the tape before it is said. */
  public @Nullable String nextWord() {
    SlotAct act = desk.nextAct();
    String key = approval.value();
    if (act == null || key == null) {
      return null;
    }
    KisMessages.Outgoing word =
        act.register()
            ? messages.register(act.symbol(), key)
            : messages.unregister(act.symbol(), key);
    keyShown = key;
    desk.sayOnFeed(feed, word.tapeText());
    return word.text();
  }

  @Override
  public Duration delayBefore(int attempt) {
    Duration delay = ladder.delayBefore(attempt);
    Long until = inUseUntilNanos;
    boolean inUse = until != null && nanos.getAsLong() - until < 0;
    return inUse && delay.compareTo(KEY_IN_USE) < 0 ? KEY_IN_USE : delay;
  }

  @Override
  public @Nullable String replyTo(String text) {
    return KisMessages.replyTo(text);
  }

  /** Control messages begin with a brace (KIS sheet 6.5). */
  @Override
  public boolean spares(byte[] message) {
    return message.length > 0 && message[0] == '{';
  }

  /**
   * Nothing more is said to a venue whose key was seen. Both refusals are fatal for the session
   * (KIS sheet 6.3); KIS may leave it open all the same. A feed that is dead is hung up once: what
   * is known of it may be known a while longer.
   */
  @Override
  public @Nullable String hangUp() {
    if (approval.isAbandoned()) {
      return SECRET_SEEN;
    }
    if (useless != null) {
      return useless;
    }
    String dead = open && !hungUp ? desk.deadFeed() : null;
    hungUp |= dead != null;
    return dead;
  }

  /** Heartbeats prove nothing: from the opening to the last message that was none. */
  @Override
  public boolean provenAlive(Duration connectedFor) {
    Duration withData = Duration.ofNanos(dataNanos - openedNanos);
    return ladder.provenAlive(withData.compareTo(connectedFor) < 0 ? withData : connectedFor);
  }

  @Override
  public boolean mayConnect() {
    TradingDay today = desk.today();
    Instant now = desk.now();
    return approval.value() != null
        && today.open()
        && !now.isBefore(window.get().start(today).minus(LEAD))
        && now.isBefore(window.get().end(today));
  }
}
