package io.stockobserver.venue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a venue says about its socket: when to try again and what to answer at once. Every method is
 * called on the socket's event loop, must return at once and must not block.
 */
public interface FeedPolicy {
  /**
   * Why nothing is said to a venue any more of which a secret was seen: as {@link #hangUp} has it,
   * and the gaps that follow from it.
   */
  String SECRET_SEEN = "secret_seen";

  /**
   * How long to wait before connection attempt number {@code attempt} (1 = first after a loss). The
   * answer is exact and is what gets reported; the socket adds its jitter itself.
   */
  Duration delayBefore(int attempt);

  /**
   * The venue answered a handshake with this HTTP status instead of a connection. Told before
   * {@link #delayBefore} is asked.
   */
  default void refused(int status) {}

  /**
   * What to answer at once, on the event loop, to a text message (a venue's application-level
   * ping); null for nothing.
   */
  @Nullable String replyTo(String text);

  /**
   * True once the feed has proven alive, so that the ladder starts anew. Asked when the connection
   * is lost.
   *
   * @param connectedFor from the opening to the last message heard; WebSocket pings are no messages
   */
  boolean provenAlive(Duration connectedFor);

  /**
   * True if a connection may be opened now; false, for instance, while there is no approval key.
   * Asked before each attempt, and five times a second while it says no.
   */
  boolean mayConnect();

  /**
   * Why the open connection is of no more use and is to be closed, in a few words without secrets;
   * null while it is. Asked once a second.
   */
  default @Nullable String hangUp() {
    return null;
  }

  /**
   * Messages of more bytes than this are not shown to {@link #replyTo}, so that no trade frame is
   * decoded just to see that it is no ping.
   */
  default int longestQuestion() {
    return 256;
  }

  /**
   * Whether a text message is about the feed itself (an acknowledgement, a ping) and is to be kept
   * where data must be given up. Asked only while the queue is full.
   */
  default boolean spares(byte[] message) {
    return message.length <= longestQuestion();
  }
}
