package io.stockobserver.recorder;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went through, since the session began. They balance: {@code declared = parsed = kept +
 * setAside}, and messages heard = {@code frames + shed}: what was shed was shed before the tape.
 * Owned by the recorder's lock.
 */
final class Counters {
  long frames;
  long bytes;
  long declared;
  long parsed;
  long kept;
  long setAside;
  long shed;
  long heartbeats;
  long calls;
  long answers;
  long refusedAnswers;
  long swingLines;
  long scalpLines;
  long events;
  long gaps;
  long reconnects;
  long overflow;
  long slotSwaps;

  /** A session begins. */
  void reset() {
    frames = 0;
    bytes = 0;
    declared = 0;
    parsed = 0;
    kept = 0;
    setAside = 0;
    shed = 0;
    heartbeats = 0;
    calls = 0;
    answers = 0;
    refusedAnswers = 0;
    swingLines = 0;
    scalpLines = 0;
    events = 0;
    gaps = 0;
    reconnects = 0;
    overflow = 0;
    slotSwaps = 0;
  }

  Map<String, Long> asMap() {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("frames", frames);
    all.put("bytes", bytes);
    all.put("declared", declared);
    all.put("parsed", parsed);
    all.put("kept", kept);
    all.put("set_aside", setAside);
    all.put("shed", shed);
    all.put("heartbeats", heartbeats);
    all.put("calls", calls);
    all.put("answers", answers);
    all.put("refused_answers", refusedAnswers);
    all.put("swing_lines", swingLines);
    all.put("scalp_lines", scalpLines);
    all.put("events", events);
    all.put("gaps", gaps);
    all.put("reconnects", reconnects);
    all.put("overflow", overflow);
    all.put("slot_swaps", slotSwaps);
    return all;
  }
}
