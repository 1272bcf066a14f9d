package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.evidence.Event;
import io.stockobserver.slot.SlotBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of each attempt to connect again, and whether they have failed for so long that the
 * scalp track counts as paused. Owned by the recorder's lock.
 */
final class Reconnects {
  /** A venue that has not confirmed a lost slot after so long is told of without it. */
  static final Duration RECOVERY = Duration.ofSeconds(10);

  /** The founding document, section 2.5. */
  static final Duration FAILING = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Reconnects.class);

  private final Rulebook rules;
  private final Journal journal;
  private final SlotBoard board;
  private @Nullable Opened opened;
  private @Nullable Instant downSince;
  private boolean failing;
  private boolean resumed;
  private int failed;
  private String lastWhy = "";
  private @Nullable String idle;
  private volatile boolean secretSeen;

  /** A connection that is open, and of which no one knows yet what it brought back. */
  private record Opened(Instant at, int attempt, int backoffSeconds, List<String> lost) {}

  Reconnects(Rulebook rules, Journal journal, SlotBoard board) {
    this.rules = rules;
    this.journal = journal;
    this.board = board;
  }

  /** A session begins, without a feed. */
  void begin(Instant at) {
    opened = null;
    downSince = at;
    failing = false;
    resumed = false;
    failed = 0;
    lastWhy = "";
    idle = null;
    secretSeen = false;
  }

  /** An operator stopped the route that connects. */
  void stopped() {
    idle = "nobody tries until its route is started again";
  }

  /** A secret of the venue was seen: nothing is said to it any more by this process. */
  void secretSeen() {
    secretSeen = true;
  }

  /** Why nobody ever tries again, for a person; null while somebody may. Anybody may ask. */
  @Nullable String overForGood() {
    return secretSeen
        ? "a secret of the venue was seen: nobody tries until the observer is started anew"
        : null;
  }

  /** Whether attempts have failed for five minutes of the window in a row. */
  boolean failing() {
    return failing;
  }

  /** An attempt led to a connection; what had been acknowledged before it is to come back. */
  void opened(JsonNode note, Instant at, List<String> lost) {
    int attempt = note.path("attempt").asInt();
    idle = null;
    if (attempt > 0) {
      opened = new Opened(at, attempt, note.path("backoff_seconds").asInt(), lost);
    }
  }

  /** An attempt led to none. */
  void failed(JsonNode note, Instant at) {
    idle = null;
    fail(
        Math.max(1, note.path("attempt").asInt()),
        note.path("backoff_seconds").asInt(),
        note.path("why").asText(),
        at);
  }

  /** The connection is gone; one that had brought nothing back was a failed attempt. */
  void lost(JsonNode note, Instant at) {
    Opened was = opened;
    opened = null;
    if (was != null) {
      fail(was.attempt(), was.backoffSeconds(), note.path("why").asText(), at);
    }
    if (downSince == null) {
      downSince = at;
    }
  }

  private void fail(int attempt, int backoffSeconds, String why, Instant at) {
    failed++;
    lastWhy = why;
    tell(attempt, backoffSeconds, "FAIL", null, why, at);
  }

  /** The first good message after an interruption. */
  void good(Instant at) {
    if (failing) {
      LOG.warn("The feed is back after {} failed attempts: scalp recording goes on", failed);
      failing = false;
      resumed = true;
    }
    downSince = null;
    failed = 0;
    lastWhy = "";
  }

  /** Time has passed, or something was heard. */
  void look(Instant at, Days days) {
    Opened now = opened;
    if (now != null && isBack(now, at)) {
      success(now, at);
    }
    Instant since = downSince;
    if (since == null || failing || !rules.inScalp(days.today(), at)) {
      return;
    }
    Instant expected = rules.at(at).scalpWindow().start(days.today());
    Instant from = since.isBefore(expected) ? expected : since;
    if (Duration.between(from, at).compareTo(FAILING) >= 0) {
      failing = true;
      String nobody = secretSeen ? overForGood() : idle;
      String detail =
          "nothing heard since "
              + since
              + ", "
              + failed
              + " attempts failed"
              + (lastWhy.isEmpty() ? "" : ", the last one: " + lastWhy)
              + (nobody == null ? "" : "; " + nobody);
      LOG.error(
          "SCALP RECORDING IS PAUSED: {}{}", detail, nobody == null ? "; attempts go on" : "");
      journal.event(
          Event.of("anomaly_marked", at)
              .with("reason", "reconnect_failing")
              .with("detail", detail));
    }
  }

  private boolean isBack(Opened now, Instant at) {
    if (Duration.between(now.at(), at).compareTo(RECOVERY) >= 0) {
      return true;
    }
    return downSince == null
        && now.lost().stream()
            .allMatch(s -> board.acknowledgedAt(s) != null || !board.wanted().contains(s));
  }

  private void success(Opened now, Instant at) {
    opened = null;
    List<String> recovered =
        now.lost().stream().filter(s -> board.acknowledgedAt(s) != null).toList();
    String detail = resumed ? "scalp recording goes on" : "";
    resumed = false;
    tell(now.attempt(), now.backoffSeconds(), "SUCCESS", recovered, detail, at);
  }

  private void tell(
      int attempt,
      int backoffSeconds,
      String result,
      @Nullable List<String> recovered,
      String detail,
      Instant at) {
    journal.event(
        Event.of("reconnection_event", at)
            .with("attempt_no", attempt)
            .with("backoff_seconds", backoffSeconds)
            .with("result", result)
            .with("recovered_slot_list", recovered)
            .with("mitigation_level_after", journal.level())
            .with("detail", detail.isEmpty() ? null : detail));
  }

  /** The clock was set; what counts is how long it has lasted. */
  void stepped(Duration step) {
    downSince = downSince == null ? null : downSince.plus(step);
    Opened now = opened;
    opened =
        now == null
            ? null
            : new Opened(now.at().plus(step), now.attempt(), now.backoffSeconds(), now.lost());
  }

  /** A day ends: the next one's window counts anew. */
  void endDay() {
    failing = false;
  }

  /** The session ends: what an open connection has brought back until now is told. */
  void finish(Instant at) {
    if (opened != null) {
      success(opened, at);
    }
  }
}
