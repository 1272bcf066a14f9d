package io.stockobserver.venue;

import io.stockobserver.tape.Entry;
import java.util.List;

/**
 * What one venue's messages mean: a pure function of the tape, so that a replay reads the same.
 * Never throws on bad input: what it cannot read it refuses with a reason.
 */
public interface WireReader {
  /** Reads one message of the streaming feed. */
  void readFeed(Entry message, Readings out);

  /** Reads the answer to a request; both are on the tape. */
  void readAnswer(Entry answer, Entry request, Readings out);

  /** Reads what we said on the streaming feed: who was asked for, who was given up. */
  void readSaid(Entry said, Readings out);

  /** Whom a request asks about; empty where it asks about nobody. */
  List<String> symbolsOf(Entry request);
}
