package io.stockobserver.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final Instant OPEN = Instant.parse("2026-11-20T00:00:00Z");

  private Instant now = Instant.parse("2026-11-20T00:29:50Z");
  private final World world = new World(7, () -> now, 120, List.of());

  private static Instrument at(World world, String code) {
    return Objects.requireNonNull(world.find(code, world.now()));
  }

  @Test
  void walkIsTheSameHoweverOftenItIsAsked() {
    World other = new World(7, () -> now, 120, List.of());
    List<Trade> heard = new ArrayList<>();
    at(other, "005930").watch((instrument, trade) -> heard.add(trade));
    for (int i = 0; i < 600; i++) {
      now = now.plusSeconds(1);
      at(other, "005930");
    }
    List<Trade> told = new ArrayList<>();
    at(world, "005930").retell(told::add);

    assertThat(at(world, "005930").day().unified().value())
        .isEqualTo(at(other, "005930").day().unified().value());
    assertThat(told).endsWith(heard.toArray(Trade[]::new));
    assertThat(heard).hasSizeGreaterThan(600);
  }

  @Test
  void aSurgeConcernsItsInstrumentAndItsTimeOnly() {
    Instant from = Instant.parse("2026-11-20T00:40:00Z");
    Surge surge = new Surge("011070", from, from.plusSeconds(120), 30);
    World surging = new World(7, () -> now, 120, List.of(surge));
    now = from.minusMillis(1);
    assertThat(at(surging, "011070").latestTrades()).isEqualTo(at(world, "011070").latestTrades());
    long before = at(surging, "011070").day().krx().volume();
    now = from.plusSeconds(120);
    long during = at(surging, "011070").day().krx().volume() - before;
    now = now.plusSeconds(120);
    long after = at(surging, "011070").day().krx().volume() - before - during;
    assertThat(during).isGreaterThan(10 * after);
    assertThat(at(surging, "005930").day().unified().value())
        .isEqualTo(at(world, "005930").day().unified().value());
  }

  @Test
  void pricesStayOnTheGridAndInsideTheLimitsAllDay() {
    now = Instant.parse("2026-11-20T07:00:00Z");
    for (String code : List.of("005930", "000660", "069500", "114800", "0004V0", "247540")) {
      Instrument instrument = at(world, code);
      Day day = instrument.day();
      boolean product = instrument.listing().product();
      List<Trade> halves = new ArrayList<>();
      instrument.retell(
          trade -> {
            assertThat(trade.price()).isBetween(day.lower(), day.upper());
            if (trade.price() % Ticks.size(trade.price(), product) != 0) {
              halves.add(trade);
            }
          });
      assertThat(halves.size()).isLessThan(400);
      if (product) {
        assertThat(halves).isEmpty();
      }
    }
  }

  @Test
  void openingMatchComesWithinThirtySecondsAndNothingInTheClosingAuction() {
    now = Instant.parse("2026-11-20T07:00:00Z");
    List<Integer> seconds = new ArrayList<>();
    at(world, "000660").retell(trade -> seconds.add(trade.second()));

    assertThat(seconds.get(0)).isBetween(32_400, 32_430);
    assertThat(seconds.get(seconds.size() - 1)).isBetween(55_800, 55_830);
    assertThat(seconds.subList(0, seconds.size() - 1)).allMatch(second -> second < 55_200);
  }

  @Test
  void closeIsTheNextDaysBase() {
    now = Instant.parse("2026-11-20T07:00:00Z");
    long close = at(world, "000660").day().krx().last();
    now = Instant.parse("2026-11-23T00:30:00Z");
    assertThat(at(world, "000660").day().base()).isEqualTo(close);
  }

  @Test
  void busiestFortyOneTogetherTradeAtTheChosenPace() {
    now = OPEN.plus(Duration.ofHours(2));
    List<String> busiest =
        world.listings().stream()
            .sorted(
                Comparator.comparingLong((Listing one) -> one.price() * one.volume()).reversed())
            .limit(41)
            .map(Listing::code)
            .toList();
    long[] trades = new long[1];
    busiest.forEach(code -> at(world, code).watch((instrument, trade) -> trades[0]++));
    now = now.plusSeconds(600);
    busiest.forEach(code -> at(world, code));

    assertThat(trades[0] / 600.0).isBetween(80.0, 180.0);
  }

  @Test
  void haltedIssuesDoNotTrade() {
    List<Listing> halted = world.listings().stream().filter(Listing::halted).toList();

    assertThat(halted).hasSizeGreaterThan(10);
    assertThat(halted).allMatch(one -> at(world, one.code()).day().krx().volume() == 0);
  }
}
