package io.stockobserver.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.track.Interest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * One market, seen trade by trade, in rows every ten seconds, and in both: whoever looks, it is as
 * interesting. 40 markets of 35 calm minutes and a burst of five; compared where a row was just
 * heard, from the first burst row on. The tolerance: 98 of 100 name the same trigger and the others
 * stand within 0.04 of a band's beginning; of the same trigger 95 of 100 scores differ by less than
 * 0.01 and all by less than 0.05.
 */
class SameMarketTest {
  private static final TriggerSettings ALL = Scene.settings(4, 2.5, 3, 3);
  private static final int CALM = 2100;
  private static final int END = 2400;

  private record Trade(double second, long size, long price, long acc) {}

  private record Pair(List<Interest> told, List<Interest> other) {
    boolean agree() {
      return told.size() == other.size()
          && (told.isEmpty() || told.get(0).trigger().equals(other.get(0).trigger()));
    }

    double difference() {
      return told.isEmpty() ? 0 : Math.abs(told.get(0).score() - other.get(0).score());
    }

    /** Where they name different triggers, the better one has only just fired. */
    double beyondThreshold() {
      return Math.max(beyond(told), beyond(other));
    }

    private double beyond(List<Interest> one) {
      return one.isEmpty() || !better(one) ? 0 : one.get(0).score() % 0.25;
    }

    private boolean better(List<Interest> one) {
      double score = one.get(0).score();
      return score >= Math.max(score(told), score(other));
    }

    private static double score(List<Interest> one) {
      return one.isEmpty() ? 0 : one.get(0).score();
    }
  }

  @Test
  void rowsScoreAsTrades() {
    check(pairs(false));
  }

  @Test
  void rowsBesideTradesChangeNothing() {
    check(pairs(true));
  }

  private static void check(List<Pair> pairs) {
    List<Pair> agreeing = pairs.stream().filter(Pair::agree).toList();
    double[] differences = agreeing.stream().mapToDouble(Pair::difference).sorted().toArray();
    assertThat(pairs).hasSizeGreaterThan(1_000);
    assertThat(agreeing.size()).isGreaterThan(pairs.size() * 98 / 100);
    assertThat(differences[differences.length * 95 / 100]).isLessThan(0.01);
    assertThat(differences[differences.length - 1]).isLessThan(0.05);
    assertThat(pairs).filteredOn(pair -> !pair.agree()).allMatch(p -> p.beyondThreshold() < 0.04);
  }

  private static List<Pair> pairs(boolean tradesToo) {
    List<Pair> pairs = new ArrayList<>();
    for (int seed = 0; seed < 40; seed++) {
      List<Trade> trades = market(seed);
      Scene told = new Scene(ALL);
      Scene other = new Scene(ALL);
      int next = 0;
      Trade last = trades.get(0);
      for (double now = 10 + 0.24 * seed; now < END; now += 10) {
        for (; trades.get(next).second() <= now; next++) {
          last = trades.get(next);
          tell(told, last);
          if (tradesToo) {
            tell(other, last);
          }
        }
        String acc = String.valueOf(last.acc());
        other.see(Scene.seen("A", now, String.valueOf(last.price()), null, acc, false));
        if (now > CALM) {
          pairs.add(
              new Pair(told.engine.evaluate(Scene.at(now)), other.engine.evaluate(Scene.at(now))));
        }
      }
    }
    return pairs;
  }

  private static void tell(Scene scene, Trade trade) {
    BigDecimal size = BigDecimal.valueOf(trade.size());
    String price = String.valueOf(trade.price());
    String acc = String.valueOf(trade.acc());
    scene.see(Scene.seen("A", trade.second(), price, size, acc, false));
  }

  /** From a trade in three seconds to three a second; eight times as many in the burst. */
  private static List<Trade> market(int seed) {
    Random dice = new Random(seed);
    List<Trade> trades = new ArrayList<>();
    double pace = 0.3 + 3 * dice.nextDouble();
    double second = 0;
    long acc = 1_000_000;
    long price = 10_000;
    while (second < END) {
      boolean burst = second > CALM;
      second -= Math.log(1 - dice.nextDouble()) / (burst ? 8 * pace : pace);
      long size = 1 + (long) (50 * Math.exp(dice.nextGaussian()));
      if (dice.nextDouble() < (burst ? 0.1 : 0.03)) {
        price += dice.nextBoolean() ? 10 : -10;
      }
      acc += size;
      trades.add(new Trade(second, size, price, acc));
    }
    return trades;
  }
}
