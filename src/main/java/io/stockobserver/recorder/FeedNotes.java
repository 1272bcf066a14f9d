package io.stockobserver.recorder;

import io.stockobserver.venue.FeedMessage;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a feed's message looks like on the tape: its bytes, or a note of what happened to it. */
final class FeedNotes {
  private FeedNotes() {}

  static byte[] body(FeedMessage message) {
    return switch (message.kind()) {
      case TEXT, BINARY -> message.payload();
      case OVERSIZE -> oversize(message);
      case OPENED -> event(Notes.FEED_OPENED, message.event());
      case CLOSED -> event(Notes.FEED_CLOSED, message.event());
      case FAILED -> event(Notes.FEED_FAILED, message.event());
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

  /** It was digested while it was heard, because it was too large to be held. */
  private static byte[] oversize(FeedMessage message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("length", message.digest().length());
    fields.put("sha256", message.digest().sha256());
    fields.put("head_b64", Base64.getEncoder().encodeToString(message.payload()));
    return Notes.write(Notes.OVERSIZE, fields);
  }
}
