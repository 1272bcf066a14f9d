package io.stockobserver.provider.upbit;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Quotes;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks Upbit for quotes: of a hundred markets the books, then the tickers, which know no quotes
 * (Upbit sheet 7). Used by one route's thread.
 */
public final class UpbitQuotes implements Quotes {
  private final Supplier<String> waitingFor;

  /**
   * Quotes under a budget.
   *
   * @param waitingFor why nothing should be asked now; empty when it may
   */
  public UpbitQuotes(Supplier<String> waitingFor) {
    this.waitingFor = waitingFor;
  }

  @Override
  public int symbolsPerCall() {
    return UpbitCalls.MARKETS_A_CALL;
  }

  @Override
  public String waitingFor() {
    return waitingFor.get();
  }

  @Override
  public Call callBefore(List<String> symbols) {
    return UpbitCalls.books(symbols);
  }

  @Override
  public Call call(List<String> symbols) {
    return UpbitCalls.tickers(symbols);
  }

  @Override
  public Verdict judge(Answer answer) {
    return switch (UpbitVerdict.judge(answer.status(), answer.body()).act()) {
      case OK -> Verdict.DONE;
      case RATE_LIMITED, BLOCKED, TRY_AGAIN -> Verdict.AGAIN;
      case UNKNOWN_MARKET -> Verdict.SPLIT;
      case GIVE_UP -> Verdict.FAILED;
    };
  }
}
