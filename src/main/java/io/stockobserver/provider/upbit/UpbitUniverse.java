package io.stockobserver.provider.upbit;

import io.stockobserver.market.TradingDay;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Desk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks once a day for the list of markets and for each one's last complete day, until today's
 * universe is frozen; where there is none to go by meanwhile, first for everybody's ticker. What
 * failed is asked again half a minute later, and only that. Used by one route's thread; {@link
 * #stop} by any.
 */
public final class UpbitUniverse {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  private final Desk desk;
  private final Set<String> quotes;
  private final Supplier<String> waitingFor;
  private final Deque<Call> pending = new ArrayDeque<>();
  private final Set<String> told = new HashSet<>();
  private @Nullable LocalDate day;
  private LocalDate ended = LocalDate.EPOCH;
  private Instant notBefore = Instant.MIN;
  private volatile boolean stopped;

  /**
   * A poller that has asked nothing yet.
   *
   * @param quotes what a market must be quoted in to be asked about
   * @param waitingFor why nothing should be asked now; empty when it may
   */
  public UpbitUniverse(Desk desk, Set<String> quotes, Supplier<String> waitingFor) {
    this.desk = desk;
    this.quotes = Set.copyOf(quotes);
    this.waitingFor = waitingFor;
  }

  /** No call is made any more. */
  public void stop() {
    stopped = true;
  }

  /** Whether there is a call to make now. */
  public boolean more() {
    TradingDay today = desk.today();
    if (!today.date().equals(day)) {
      // Another day, another universe: what was told for the last one does not count.
      day = today.date();
      told.clear();
      pending.clear();
      notBefore = Instant.MIN;
    }
    if (stopped || desk.universeFrozen() || !today.open()) {
      pending.clear();
      return false;
    }
    if (!waitingFor.get().isEmpty()) {
      return false;
    }
    return !pending.isEmpty() || begin();
  }

  private boolean begin() {
    Instant now = desk.now();
    // Only so long before it: a clock that was set back is not waited for.
    if (now.isBefore(notBefore) && !now.isBefore(notBefore.minus(TRY_AGAIN))) {
      return false;
    }
    notBefore = now.plus(TRY_AGAIN);
    LocalDate utc = now.atZone(ZoneOffset.UTC).toLocalDate();
    if (!utc.equals(ended)) {
      // The venue's day has ended meanwhile: all are to be of the same one.
      told.clear();
      ended = utc;
    }
    pending.add(UpbitCalls.markets());
    return true;
  }

  /** The next call. */
  public Call next() {
    return pending.removeFirst();
  }

  /** Takes the answer; the recorder freezes the universe once every part was read. */
  public void take(Answer answer) {
    desk.hear(answer, answer.body());
    UpbitVerdict verdict = UpbitListings.judge(answer.status(), answer.body());
    String asked = answer.call().tapeText();
    String market = UpbitCalls.market(asked);
    if (!market.isEmpty()) {
      if (verdict.ok()) {
        told.add(market);
      } else if (verdict.reason().equals("empty-answer") && UpbitCalls.before(asked) != null) {
        pending.addLast(UpbitCalls.anyDayCandle(market));
      }
    } else if (asked.equals(UpbitCalls.markets().tapeText()) && verdict.ok()) {
      if (desk.universe().isEmpty()) {
        // The candles take half a minute; until then the last 24 hours say who matters.
        pending.addLast(UpbitCalls.allTickers(quotes));
      }
      for (String listed : UpbitListings.markets(answer.body())) {
        if (quotes.contains(UpbitCodes.quote(listed)) && !told.contains(listed)) {
          pending.addLast(UpbitCalls.dayCandle(listed, ended));
        }
      }
    }
  }
}
