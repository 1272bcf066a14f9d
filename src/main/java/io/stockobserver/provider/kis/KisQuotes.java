package io.stockobserver.provider.kis;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.FeedPolicy;
import io.stockobserver.venue.Quotes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks KIS for quotes: thirty a call on the live server, one a call on the mock server, which lacks
 * the thirty (KIS sheet 2.5). Used by one route's thread.
 */
public final class KisQuotes implements Quotes {
  private final String feed;
  private final KisCalls calls;
  private final KisGrantKeeper token;
  private final boolean mock;
  private @Nullable String used;

  /**
   * Quotes for one of those who look at the universe.
   *
   * @param feed what the calls are filed under on the tape
   */
  public KisQuotes(String feed, KisCalls calls, KisGrantKeeper token, boolean mock) {
    this.feed = feed;
    this.calls = calls;
    this.token = token;
    this.mock = mock;
  }

  @Override
  public int symbolsPerCall() {
    return mock ? 1 : KisCalls.SYMBOLS_A_CALL;
  }

  @Override
  public String waitingFor() {
    return token.isAbandoned() ? FeedPolicy.SECRET_SEEN : token.value() == null ? "no-token" : "";
  }

  @Override
  public Call call(List<String> symbols) {
    String bearer = bearer();
    Call call = mock ? calls.price(symbols.get(0), bearer) : calls.multiPrice(symbols, bearer);
    return call.onFeed(feed);
  }

  @Override
  public List<Call> rankings() {
    if (mock) {
      return List.of();
    }
    String bearer = bearer();
    return Arrays.stream(KisCalls.Rank.values())
        .map(rank -> calls.volumeRank(rank, bearer).onFeed(feed))
        .toList();
  }

  private String bearer() {
    String now = token.value();
    // It may have expired since it was asked for: KIS then says so, and the call is made again.
    String bearer = now != null ? now : used != null ? used : "none";
    used = bearer;
    return bearer;
  }

  @Override
  public Verdict judge(Answer answer) {
    return switch (KisVerdict.judge(answer.status(), answer.body()).act()) {
      case OK -> Verdict.DONE;
      case RATE_LIMITED, TRY_AGAIN -> Verdict.AGAIN;
      case TOKEN_EXPIRED -> {
        if (used != null) {
          token.reject(used);
        }
        yield Verdict.AGAIN;
      }
      case KEY_REFUSED, NOT_ON_MOCK, GIVE_UP -> Verdict.FAILED;
    };
  }
}
