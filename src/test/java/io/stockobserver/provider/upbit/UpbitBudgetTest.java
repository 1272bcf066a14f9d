package io.stockobserver.provider.upbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpbitBudgetTest {
  private static final Call TICKER = UpbitCalls.tickers(List.of("KRW-BTC"));
  private static final Call BOOK = UpbitCalls.books(List.of("KRW-BTC"));

  private long now = 5_000_000_000L;
  private final UpbitBlock block = new UpbitBlock(() -> now);
  private final UpbitBudget budget =
      new UpbitBudget("1000/s", block, () -> now, wait -> now += wait);

  private Answer answer(Call call, int status, String... headers) {
    Map<String, String> all = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
    return new Answer(call, 1, status, new byte[0], all);
  }

  /** How long the call had to wait, in milliseconds. */
  private long waited(Call call) throws InterruptedException {
    long before = now;
    budget.acquire(call);
    budget.answered(call, answer(call, 200));
    return (now - before) / 1_000_000;
  }

  private void called(Call call, int status, String... headers) throws InterruptedException {
    budget.acquire(call);
    budget.answered(call, answer(call, status, headers));
  }

  @Test
  void aGroupWhoseSecondIsSpentWaitsAndTheOthersDoNot() throws InterruptedException {
    called(TICKER, 200, "remaining-req", "group=ticker; min=600; sec=0");
    assertThat(waited(BOOK)).isZero();
    assertThat(waited(TICKER)).isEqualTo(1000);
    assertThat(waited(TICKER)).isZero();
  }

  /** Otherwise nobody ever asked faster than half of what is allowed. */
  @Test
  void aSecondThatWeSpentOurselvesIsNotWaitedForTwice() throws InterruptedException {
    UpbitBudget two = new UpbitBudget("2/s", block, () -> now, wait -> now += wait);
    two.acquire(TICKER);
    two.answered(TICKER, answer(TICKER, 200, "remaining-req", "group=ticker; min=600; sec=1"));
    now += 600_000_000;
    two.acquire(TICKER);
    two.answered(TICKER, answer(TICKER, 200, "remaining-req", "group=ticker; min=600; sec=0"));
    now += 400_000_000;
    long before = now;
    two.acquire(TICKER);
    assertThat(now).as("the first permit is back").isEqualTo(before);
  }

  @Test
  void theGroupThatTheVenueNamesIsTheOneThatWaits() throws InterruptedException {
    called(TICKER, 200, "remaining-req", "group=orderbook; min=600; sec=0");
    assertThat(waited(TICKER)).isZero();
    assertThat(waited(BOOK)).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "group=ticker; min=600; sec=9",
        "",
        "nonsense",
        "sec=0",
        "group=ticker; min=600; sec=",
        "group=ticker; min=0; sec=1"
      })
  void aHeaderThatSaysNothingOfTheKindIsNoReasonToWait(String header) throws InterruptedException {
    called(TICKER, 200, "remaining-req", header);
    assertThat(waited(TICKER)).isZero();
  }

  @Test
  void tooManyCallsMeanAPauseThatGrowsUntilWeAreServed() throws InterruptedException {
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      called(TICKER, 429);
      assertThat(budget.waitingFor()).isEqualTo("rate-limited");
      long before = now;
      budget.acquire(TICKER);
      assertThat((now - before) / 1_000_000_000).isEqualTo(seconds);
      budget.answered(TICKER, null);
    }
    assertThat(waited(BOOK)).as("another group").isZero();
    assertThat(waited(TICKER)).isZero();
    called(TICKER, 429);
    assertThat(waited(TICKER)).as("it was served in between").isEqualTo(1000);
    assertThat(budget.refusals()).isEqualTo(9);
  }

  @Test
  void aBlockEndsAllCallsForAWhileThatGrows() throws InterruptedException {
    for (long seconds : new long[] {30, 60, 120, 240, 480, 600, 600}) {
      called(TICKER, 418);
      assertThat(budget.waitingFor()).isEqualTo("blocked");
      long before = now;
      budget.acquire(BOOK);
      assertThat((now - before) / 1_000_000_000).isEqualTo(seconds);
      budget.answered(BOOK, null);
    }
    assertThat(waited(TICKER)).isZero();
    called(TICKER, 418);
    assertThat(block.remaining()).as("it was served").isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theVenueMayNameHowLongItBlocks() throws InterruptedException {
    called(TICKER, 418, "retry-after", "7");
    assertThat(block.remaining()).isEqualTo(Duration.ofSeconds(7));
    now += Duration.ofSeconds(7).toNanos();
    called(TICKER, 418, "retry-after", "Wed, 21 Oct 2026 07:28:00 GMT");
    assertThat(block.remaining()).isEqualTo(Duration.ofSeconds(60));
    now += Duration.ofSeconds(60).toNanos();
    called(TICKER, 418, "retry-after", "999999");
    assertThat(block.remaining()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void whatWasUnderWayWhenItBeganDoesNotProlongIt() throws InterruptedException {
    budget.acquire(TICKER);
    called(BOOK, 418);
    budget.answered(TICKER, answer(TICKER, 418));
    assertThat(block.remaining()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aCallWithoutAnAnswerGivesItsPermitBackToo() throws InterruptedException {
    UpbitBudget one = new UpbitBudget("1/s", block, () -> now, wait -> now += wait);
    one.acquire(TICKER);
    assertThat(one.inUse()).isEqualTo(1);
    one.answered(TICKER, null);
    now += Duration.ofSeconds(1).toNanos();
    one.acquire(TICKER);
    assertThat(one.inUse()).isEqualTo(1);
    assertThat(one.calls()).as("of five groups").isEqualTo(5);
  }

  @Test
  void whoeverWaitsWhenTheSessionEndsIsSentAway() throws InterruptedException {
    called(TICKER, 418);
    budget.close();
    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> budget.acquire(TICKER));
  }

  /** It queued for its turn before the venue blocked us, and its turn comes in the middle of it. */
  @Test
  void aTurnThatComesDuringABlockIsNotUsed() throws Exception {
    AtomicLong passed = new AtomicLong();
    AtomicLong time = new AtomicLong();
    UpbitBlock own = new UpbitBlock(time::get);
    UpbitBudget one = new UpbitBudget("1/s", own, time::get, passed::addAndGet);
    one.acquire(TICKER);
    Thread second =
        new Thread(
            () -> {
              try {
                one.acquire(TICKER);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    second.start();
    await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
    one.answered(TICKER, answer(TICKER, 418));
    time.addAndGet(Duration.ofSeconds(1).toNanos());
    await().until(() -> passed.get() > 0);
    assertThat(second.isAlive()).isTrue();
    time.addAndGet(Duration.ofSeconds(30).toNanos());
    second.join(10_000);
    assertThat(second.isAlive()).isFalse();
  }

  @Test
  void aCallOfNoKnownLimitIsRefusedByUs() {
    Call order = Call.get("swing", "/orders", "", Map.of(), List.of());
    assertThatIllegalArgumentException().isThrownBy(() -> budget.acquire(order));
  }
}
