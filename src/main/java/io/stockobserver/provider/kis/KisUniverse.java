package io.stockobserver.provider.kis;

import io.stockobserver.market.TradingDay;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Desk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the master files of the boards once a trading day, until today's universe is frozen. Used
 * by one route's thread.
 */
public final class KisUniverse {
  /** The files are rebuilt during the night; an hour before the open they are today's. */
  private static final Duration BEFORE_OPEN = Duration.ofHours(1);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final Desk desk;
  private final List<KisBoard> boards;
  private final Deque<KisBoard> pending = new ArrayDeque<>();
  private @Nullable LocalDate day;
  private Instant notBefore = Instant.MIN;

  public KisUniverse(Desk desk, List<KisBoard> boards) {
    this.desk = desk;
    this.boards = List.copyOf(boards);
  }

  /** Whether there is a file to fetch now. */
  public boolean more() {
    TradingDay today = desk.today();
    Instant now = desk.now();
    if (!desk.universe().isEmpty()
        || !today.open()
        || now.isBefore(today.opens().minus(BEFORE_OPEN))) {
      pending.clear();
      return false;
    }
    if (pending.isEmpty()) {
      // Only so long before it: a clock that was set back is not waited for.
      boolean soon = now.isBefore(notBefore) && !now.isBefore(notBefore.minus(TRY_AGAIN));
      if (today.date().equals(day) && soon) {
        return false;
      }
      pending.addAll(boards);
      day = today.date();
      notBefore = now.plus(TRY_AGAIN);
    }
    return true;
  }

  /** The call for the next file. */
  public Call next() {
    return KisCalls.master(pending.removeFirst());
  }

  /** Takes the answer; the recorder freezes the universe once every file was read. */
  public void take(Answer answer) {
    desk.hear(answer, answer.body());
  }
}
