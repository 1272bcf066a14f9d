package io.stockobserver.simulator.coin;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.simulator.world.Surge;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoinWorldTest {
  private static final Instant START = Instant.parse("2026-11-20T00:29:50Z");
  private static final long NOW = START.toEpochMilli();

  private static CoinWorld world(Instant start, int count, double trades, Surge... surges) {
    return new CoinWorld(7, InstantSource.fixed(start), count, trades, List.of(surges));
  }

  private static CoinMarket at(CoinWorld world, String code, long instant) {
    CoinMarket market = world.find(code, instant);
    assertThat(market).isNotNull();
    return market;
  }

  private static List<Fill> fills(CoinWorld world, String code, long from, long to, int step) {
    List<Fill> fills = new ArrayList<>();
    CoinMarket market = at(world, code, from);
    market.watch((who, fill) -> fills.add(fill));
    for (long now = from; now <= to; now += step) {
      market.moveTo(now);
    }
    return fills;
  }

  @Test
  void twoThatLookAtOtherMomentsSeeTheSameTrades() {
    long to = NOW + 600_000;
    List<Fill> fine = fills(world(START, 30, 300), "KRW-BTC", NOW, to, 50);
    List<Fill> coarse = fills(world(START.minusSeconds(900), 30, 300), "KRW-BTC", NOW, to, 30_000);

    assertThat(fine).hasSizeGreaterThan(500).isEqualTo(coarse);
    assertThat(fine).extracting(Fill::at).isSorted();
    assertThat(new HashSet<>(fine.stream().map(Fill::id).toList())).hasSameSizeAs(fine);
  }

  @Test
  void figuresOfADayAreWhatItsTradesAddUpTo() {
    CoinWorld world = world(START, 30, 300);
    long midnight = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli();
    CoinMarket market = at(world, "KRW-XRP", NOW);
    List<Fill> fills = market.history().fills(midnight, NOW + 1, 1_000_000);
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal value = BigDecimal.ZERO;
    BigDecimal sold = BigDecimal.ZERO;
    for (Fill fill : fills) {
      BigDecimal size = market.pair().size(fill.size());
      volume = volume.add(size);
      value = value.add(size.multiply(market.pair().price(fill.price())));
      sold = fill.buyer() ? sold : sold.add(size);
    }

    Candle today = market.today();
    assertThat(today.volume()).isEqualByComparingTo(volume);
    assertThat(today.value()).isEqualByComparingTo(value);
    assertThat(today.sold()).isEqualByComparingTo(sold);
    assertThat(today.close()).isEqualTo(fills.get(0).price());
    assertThat(today.open()).isEqualTo(fills.get(fills.size() - 1).price());
    assertThat(today.high()).isEqualTo(fills.stream().mapToLong(Fill::price).max().orElseThrow());
    assertThat(today.low()).isEqualTo(fills.stream().mapToLong(Fill::price).min().orElseThrow());
  }

  @Test
  void aNewDayBeginsAtMidnightUtc() {
    CoinWorld world = world(START, 30, 300);
    long midnight = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();
    CoinMarket market = at(world, "KRW-BTC", midnight - 1);
    long close = market.price();
    BigDecimal whole = market.today().volume();
    Candle before = market.history().day(LocalDate.of(2026, 11, 20).toEpochDay());
    assertThat(before).isNotNull();
    assertThat(before.volume()).isEqualByComparingTo(whole);

    market.moveTo(midnight + 60_000);
    assertThat(market.previousClose()).isEqualTo(close).isEqualTo(before.close());
    assertThat(market.today().volume()).isLessThan(whole);
    assertThat(market.today().start()).isEqualTo(midnight);
  }

  @Test
  void tradesMeetTheBestPricesAndPricesLieOnTheGrid() {
    for (String code : List.of("KRW-BTC", "KRW-XWEE", "BTC-ETH", "USDT-ETH", "KRW-USDT")) {
      CoinMarket market = at(world(START, 60, 300), code, NOW);
      List<Fill> fills = market.history().fills(0, NOW, 300);
      assertThat(fills).as(code).isNotEmpty();
      for (Fill fill : fills) {
        CoinBook book = market.bookAt(fill.at() + 1);
        assertThat(fill.price() % market.pair().tick(fill.price())).as(code).isZero();
        assertThat(fill.price()).isEqualTo(fill.buyer() ? book.asks()[0] : book.bids()[0]);
        assertThat(book.bids()[0]).isPositive().isLessThan(book.asks()[0]);
      }
    }
  }

  @Test
  void aCoinOfADollarHasAFinerGridThanTheTableSays() {
    CoinMarket market = at(world(START, 60, 100), "KRW-USDT", NOW);
    assertThat(market.pair().price(market.pair().tick(market.price()))).isEqualByComparingTo("0.5");
  }

  @Test
  void booksChangeOnTheGridOfATenthOfASecond() {
    CoinMarket market = at(world(START, 30, 300), "KRW-BTC", NOW);
    long last = 0;
    int changes = 0;
    for (long now = NOW; now < NOW + 10_000; now += 10) {
      market.moveTo(now);
      long changed = market.bookChanged();
      assertThat(changed % 100).isZero();
      assertThat(changed).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(now);
      changes += changed > last ? 1 : 0;
      last = changed;
    }
    assertThat(changes).isBetween(60, 101);
  }

  @Test
  void aSurgeMultipliesTheTradesOfItsTimeAndLeavesTheRestAlone() {
    Instant from = START.plusSeconds(60);
    Instant to = from.plusSeconds(90);
    Surge surge = new Surge("KRW-SOL", from, to, 10);
    List<Fill> calm = fills(world(START, 30, 100), "KRW-SOL", NOW, NOW + 300_000, 1_000);
    List<Fill> wild = fills(world(START, 30, 100, surge), "KRW-SOL", NOW, NOW + 300_000, 1_000);

    assertThat(during(wild, from, to)).isGreaterThan(6 * during(calm, from, to));
    assertThat(during(wild, to, to.plusSeconds(90)))
        .isLessThan(3 * Math.max(20, during(calm, to, to.plusSeconds(90))));
  }

  private static long during(List<Fill> fills, Instant from, Instant to) {
    return fills.stream()
        .filter(f -> f.at() >= from.toEpochMilli() && f.at() < to.toEpochMilli())
        .count();
  }

  @Test
  void aClockSetBackALittleIsWaitedForAndNobodyHearsTwice() {
    CoinWorld world = world(START, 30, 300);
    CoinMarket market = at(world, "KRW-BTC", NOW);
    List<Fill> fills = new ArrayList<>();
    market.watch((who, fill) -> fills.add(fill));
    market.moveTo(NOW + 10_000);
    int heard = fills.size();
    market.moveTo(NOW + 5_000);
    market.moveTo(NOW + 10_000);
    assertThat(fills).hasSize(heard);
    market.moveTo(NOW - Duration.ofHours(1).toMillis());
    assertThat(fills).hasSize(heard);
    assertThat(market.now()).isEqualTo(NOW - 3_600_000);
  }

  @Test
  void smallestPricesAndLargestSizesKeepEveryDigit() {
    CoinMarket market = at(world(START, 855, 100), "KRW-XWEE", NOW);
    assertThat(market.pair().price(market.price())).isLessThan(new BigDecimal("0.00001"));
    List<Fill> fills = market.history().fills(0, NOW, 2_000);
    long largest = fills.stream().mapToLong(Fill::size).max().orElseThrow();
    assertThat(market.pair().size(largest)).isGreaterThan(new BigDecimal("1000000000000"));
    assertThat(market.today().value().scale()).isEqualTo(8);
  }

  @Test
  void sumsDoNotOverflow() {
    Sum sum = new Sum();
    BigDecimal expected = BigDecimal.ZERO;
    for (int i = 0; i < 40; i++) {
      sum.add(Long.MAX_VALUE / 2);
      sum.addProduct(Long.MAX_VALUE, 1_000);
      expected =
          expected
              .add(BigDecimal.valueOf(Long.MAX_VALUE / 2))
              .add(BigDecimal.valueOf(Long.MAX_VALUE).multiply(BigDecimal.valueOf(1_000)));
    }
    Sum both = new Sum();
    both.add(sum);
    both.add(sum);
    assertThat(both.scaled(8)).isEqualByComparingTo(expected.add(expected).movePointLeft(8));
  }
}
