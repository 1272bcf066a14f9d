package io.stockobserver.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.track.Interest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingInterestTest {
  @Test
  void theMostTradedComeFirstAndEqualsBySymbol() {
    Map<String, BigDecimal> value = new HashMap<>();
    value.put("B", new BigDecimal("7.0"));
    value.put("A", new BigDecimal("7"));
    value.put("D", new BigDecimal("7.00"));
    value.put("C", new BigDecimal("8"));
    value.put("E", BigDecimal.ONE);
    List<Interest> ranked = StandingInterest.ofMostTraded(value, 3);
    assertThat(ranked).extracting(Interest::symbol).containsExactly("C", "A", "B");
    assertThat(ranked).extracting(Interest::score).containsExactly(0.0999, 0.0666, 0.0333);
    assertThat(ranked).allMatch(one -> one.trigger().equals("traded_value"));
  }

  @Test
  void everyScoreIsBelowThatOfAnyTriggerHoweverManyThereAre() {
    Map<String, BigDecimal> value = new HashMap<>();
    for (int n = 0; n < 5000; n++) {
      value.put("S" + n, BigDecimal.valueOf(n));
    }
    List<Interest> ranked = StandingInterest.ofMostTraded(value, 5000);
    assertThat(ranked).hasSize(5000).allMatch(one -> one.score() < StandingInterest.CEILING);
    assertThat(ranked.get(0).symbol()).isEqualTo("S4999");
    assertThat(StandingInterest.ofMostTraded(Map.of(), 41)).isEmpty();
  }

  @Test
  void decimalsCountWhereWholeUnitsAreEqualAndValuesMayBeOfAnySize() {
    Map<String, BigDecimal> value =
        Map.of(
            "A", new BigDecimal("123456789012.12345678"),
            "B", new BigDecimal("123456789012.12345679"),
            "C", new BigDecimal("123456789012.1"),
            "D", new BigDecimal("98765432109876543210"),
            "E", new BigDecimal("98765432109876543210.5"),
            "F", new BigDecimal("0.3"),
            "G", new BigDecimal("1E+30"),
            "H", new BigDecimal("123456789012.10"));
    for (int count : new int[] {8, 6, 3, 20}) {
      assertThat(StandingInterest.ofMostTraded(value, count))
          .extracting(Interest::symbol)
          .containsExactlyElementsOf(
              List.of("G", "E", "D", "B", "A", "C", "H", "F").subList(0, Math.min(8, count)));
    }
  }
}
