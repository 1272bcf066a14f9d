package io.stockobserver.recorder;

import io.stockobserver.secret.Secrets;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.venue.FeedBatch;
import io.stockobserver.venue.FeedMessage;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * What a feed's messages look like on the tape: their bytes without secrets, or notes of what
 * happened to them, each with the instant that it was heard at. Thread-safe.
 */
final class FeedDrafts {
  private static final String IN_FRAME = "a message of the feed";

  private final String provider;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Secrets secrets;

  FeedDrafts(String provider, Clock clock, LongSupplier nanos, Secrets secrets) {
    this.provider = provider;
    this.clock = clock;
    this.nanos = nanos;
    this.secrets = secrets;
  }

  /** Drafts of a batch that has just got its turn, in its order. */
  List<Draft> of(FeedBatch batch) {
    Instant now = clock.instant();
    long nowNanos = nanos.getAsLong();
    List<Draft> drafts = new ArrayList<>(batch.messages().size());
    long heardNanos = nowNanos;
    Instant heardAt = now.truncatedTo(ChronoUnit.MICROS);
    LongFunction<Instant> when =
        heard -> now.minusNanos(Math.max(0, nowNanos - heard)).truncatedTo(ChronoUnit.MICROS);
    for (FeedMessage message : batch.messages()) {
      // What one read of the socket brought was heard at one instant.
      if (message.monoNanos() != heardNanos) {
        heardNanos = message.monoNanos();
        heardAt = when.apply(heardNanos);
      }
      drafts.add(
          new Draft(
              heardAt,
              message.monoNanos(),
              batch.feed(),
              isWhole(message) ? Direction.IN : Direction.NOTE,
              0,
              0,
              body(message, when)));
    }
    return drafts;
  }

  /** A giant was digested while it was heard: of that there is only a note. */
  private static boolean isWhole(FeedMessage message) {
    return message.isHeard() && message.kind() != FeedMessage.Kind.OVERSIZE;
  }

  /** As it was heard; a note may tell in the venue's words what became of a connection. */
  private byte[] body(FeedMessage message, LongFunction<Instant> when) {
    return switch (message.kind()) {
      case TEXT, BINARY -> heard(message);
      case OVERSIZE -> note(Notes.OVERSIZE, oversize(message));
      case OPENED -> note(Notes.FEED_OPENED, event(message.event()));
      case CLOSED -> note(Notes.FEED_CLOSED, event(message.event()));
      case FAILED -> note(Notes.FEED_FAILED, event(message.event()));
      case SHED -> note(Notes.SHED, shed(message.shed(), when));
    };
  }

  private byte[] heard(FeedMessage message) {
    return secrets.maskOwn(provider, IN_FRAME, message.payload());
  }

  private byte[] note(String name, Map<String, ?> fields) {
    return secrets.mask(Sequencer.ON_TAPE, Notes.write(name, fields));
  }

  private static Map<String, ?> event(FeedMessage.Event event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("connection", event.connection());
    fields.put("attempt", event.attempt());
    fields.put("backoff_seconds", event.waited().toSeconds());
    if (!event.reason().isEmpty()) {
      fields.put("why", event.reason());
    }
    return fields;
  }

  private static Map<String, ?> shed(FeedMessage.Shed shed, LongFunction<Instant> when) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("frames", shed.frames());
    fields.put("bytes", shed.bytes());
    fields.put("first", when.apply(shed.firstNanos()));
    fields.put("last", when.apply(shed.lastNanos()));
    fields.put("why", shed.stopped() ? "route-stopped" : "queue-full");
    return fields;
  }

  /** It was digested while it was heard, because it was too large to be held. */
  private Map<String, ?> oversize(FeedMessage message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("length", message.digest().length());
    fields.put("sha256", message.digest().sha256());
    fields.put("head_b64", Base64.getEncoder().encodeToString(heard(message)));
    return fields;
  }
}
