package io.stockobserver.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();

  /** A call as the venue sees it: somewhere between permit and answer. */
  private record Flight(long seen, long answered) {}

  @ParameterizedTest
  @CsvSource({"18, 1", "1, 1", "3, 1", "18, 2000", "10, 60"})
  void noSlidingPeriodHasMoreThanTheRateAsTheVenueSeesIt(int calls, int slowest) {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      CallBudget budget = new CallBudget(calls, Duration.ofSeconds(1), now::get);
      PriorityQueue<Flight> flying = new PriorityQueue<>(Comparator.comparing(Flight::answered));
      List<Long> seen = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        now.addAndGet(random.nextLong(SECOND / calls / 2));
        while (!flying.isEmpty() && flying.peek().answered() <= now.get()) {
          flying.poll();
          budget.answered();
        }
        if (budget.tryAcquire()) {
          long there = random.nextLong(SECOND * slowest / 20 + 1);
          long back = random.nextLong(SECOND * slowest / 20 + 1);
          flying.add(new Flight(now.get() + there, now.get() + there + back));
          seen.add(now.get() + there);
        }
      }
      Collections.sort(seen);
      for (int i = calls; i < seen.size(); i++) {
        assertThat(seen.get(i) - seen.get(i - calls))
            .as("seed %s call %s", seed, i)
            .isGreaterThanOrEqualTo(SECOND);
      }
    }
  }

  @Test
  void aPermitReturnsOnePeriodAfterItsAnswer() {
    CallBudget budget = new CallBudget(1, Duration.ofSeconds(1), now::get);
    assertThat(budget.tryAcquire()).isTrue();
    now.set(30 * SECOND);
    assertThat(budget.tryAcquire()).as("no answer yet").isFalse();
    budget.answered();
    assertThat(budget.inUse()).isEqualTo(1);
    now.addAndGet(SECOND - 1);
    assertThat(budget.tryAcquire()).isFalse();
    now.addAndGet(1);
    assertThat(budget.tryAcquire()).isTrue();
  }

  @Test
  void whoWaitsLongestIsServedFirstAndNobodyOvertakes() throws InterruptedException {
    CallBudget budget = new CallBudget(1, Duration.ofMillis(2), System::nanoTime);
    assertThat(budget.tryAcquire()).isTrue();
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int me = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  budget.acquire();
                  served.add(me);
                  budget.answered();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
      waiting.add(thread);
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
    assertThat(budget.tryAcquire()).isFalse();
    budget.answered();
    for (Thread thread : waiting) {
      thread.join(5000);
    }
    assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(budget.waited()).isPositive();
  }

  @Test
  void whoGivesUpWaitingHoldsNobodyUp() throws InterruptedException {
    CallBudget budget = new CallBudget(1, Duration.ofMillis(1), System::nanoTime);
    assertThat(budget.tryAcquire()).isTrue();
    Thread impatient =
        new Thread(
            () -> {
              try {
                budget.acquire();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    impatient.start();
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> impatient.getState() == Thread.State.TIMED_WAITING);
    impatient.interrupt();
    impatient.join(5000);
    budget.answered();
    budget.acquire();
    assertThat(budget.inUse()).isEqualTo(1);
  }

  @Test
  void howLongManyCallsTakeAtLeast() {
    assertThat(CallBudget.parse("1/s", now::get).shortest(2600))
        .isEqualTo(Duration.ofSeconds(2599));
    assertThat(CallBudget.parse("18/s", now::get).shortest(18)).isZero();
    assertThat(CallBudget.parse("18/s", now::get).shortest(19)).isEqualTo(Duration.ofSeconds(1));
    assertThat(CallBudget.parse("10/m", now::get).shortest(11)).isEqualTo(Duration.ofMinutes(1));
    assertThat(CallBudget.parse("10/m", now::get).shortest(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "18", "0/s", "-1/s", "18/h", "1.5/s", "99999999999/s", "/s"})
  void anythingElseIsNoRate(String rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallBudget.parse(rate, now::get))
        .withMessageContaining("\"" + rate + "\"")
        .withMessageContaining("18/s");
  }
}
