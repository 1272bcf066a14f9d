package io.stockobserver.recorder;

import io.stockobserver.market.TradingDay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a recorder stands at one moment.
 *
 * @param members how many symbols today's universe has; 0 until it is frozen
 * @param scalpPaused attempts to connect have failed for five minutes in a row
 * @param slotsReceiving acknowledged slots that have heard a frame and are not silent
 * @param notReceiving who is wanted and not heard, although it should be
 * @param sweepRecorded rows kept of the running sweep, or of the last one
 * @param toTapeP99 from the socket to the tape, 99 of 100 messages since the last minute's figures
 * @param trouble the last thing that a venue refused, and when, for a person; null for none
 * @param diskTrouble why the archive cannot be written right now; null when it can
 */
public record RecorderState(
    String provider,
    String market,
    String sessionId,
    int mitigationLevel,
    TradingDay day,
    boolean universeFrozen,
    int members,
    boolean feedOpen,
    @Nullable Instant lastFrame,
    boolean scalpPaused,
    int slotsWanted,
    int slotsAcknowledged,
    int slotsReceiving,
    List<String> notReceiving,
    int slotsCapacity,
    @Nullable Instant lastSample,
    boolean sweeping,
    @Nullable Instant lastSweep,
    int sweepRecorded,
    int sweepsDone,
    Duration disconnected,
    Map<String, Long> counters,
    Duration toTapeP99,
    @Nullable Trouble trouble,
    @Nullable String diskTrouble) {
  /** What a venue refused last. */
  public record Trouble(Instant at, String text) {}

  /** To be asked under the recorder's lock. */
  static RecorderState of(
      RecorderSettings settings,
      Interpreter interpreter,
      Duration toTapeP99,
      @Nullable String diskTrouble) {
    Days days = interpreter.days();
    FeedWatch feed = interpreter.feed();
    ScalpTrack scalp = interpreter.scalp();
    SwingTrack swing = interpreter.swing();
    return new RecorderState(
        settings.provider(),
        settings.market(),
        interpreter.journal().sessionId(),
        interpreter.journal().level(),
        days.today(),
        days.members().frozen(),
        days.members().symbols().size(),
        feed.open(),
        feed.lastMessage(),
        interpreter.reconnects().failing(),
        scalp.board().wanted().size(),
        scalp.board().acknowledged().size(),
        scalp.receiving(),
        scalp.planning().silent(),
        scalp.board().capacity(),
        scalp.lastSample(),
        swing.sweeping(),
        swing.lastSweep(),
        swing.recordedNow(),
        swing.sweepsDone(),
        feed.disconnected(),
        interpreter.counters().asMap(),
        toTapeP99,
        interpreter.understanding().trouble(),
        diskTrouble);
  }

  RecorderState withDiskTrouble(@Nullable String disk) {
    return new RecorderState(
        provider,
        market,
        sessionId,
        mitigationLevel,
        day,
        universeFrozen,
        members,
        feedOpen,
        lastFrame,
        scalpPaused,
        slotsWanted,
        slotsAcknowledged,
        slotsReceiving,
        notReceiving,
        slotsCapacity,
        lastSample,
        sweeping,
        lastSweep,
        sweepRecorded,
        sweepsDone,
        disconnected,
        counters,
        toTapeP99,
        trouble,
        disk);
  }
}
