package io.stockobserver.recorder;

import io.stockobserver.venue.FeedMessage;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** What a feed's message looks like on the tape: its bytes, or a note of what happened to it. */
final class FeedNotes {
  private FeedNotes() {}

  /**
   * The bytes for the tape.
   *
   * @param when turns {@link FeedMessage#monoNanos()} into the market's time
   * @param heard takes out of what was heard whatever the tape must not have
   */
  static byte[] body(FeedMessage message, LongFunction<Instant> when, UnaryOperator<byte[]> heard) {
    return switch (message.kind()) {
      case TEXT, BINARY -> heard.apply(message.payload());
      case OVERSIZE -> oversize(message, heard);
      case OPENED -> event(Notes.FEED_OPENED, message.event());
      case CLOSED -> event(Notes.FEED_CLOSED, message.event());
      case FAILED -> event(Notes.FEED_FAILED, message.event());
      case SHED -> shed(message.shed(), when);
    };
  }

  private static byte[] event(String name, FeedMessage.Event event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("connection", event.connection());
    fields.put("attempt", event.attempt());
    fields.put("backoff_seconds", event.waited().toSeconds());
    if (!event.reason().isEmpty()) {
      fields.put("why", event.reason());
    }
    return Notes.write(name, fields);
  }

  private static byte[] shed(FeedMessage.Shed shed, LongFunction<Instant> when) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("frames", shed.frames());
    fields.put("bytes", shed.bytes());
    fields.put("first", when.apply(shed.firstNanos()));
    fields.put("last", when.apply(shed.lastNanos()));
    fields.put("why", shed.stopped() ? "route-stopped" : "queue-full");
    return Notes.write(Notes.SHED, fields);
  }

  /** It was digested while it was heard, because it was too large to be held. */
  private static byte[] oversize(FeedMessage message, UnaryOperator<byte[]> heard) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("length", message.digest().length());
    fields.put("sha256", message.digest().sha256());
    fields.put("head_b64", Base64.getEncoder().encodeToString(heard.apply(message.payload())));
    return Notes.write(Notes.OVERSIZE, fields);
  }
}
