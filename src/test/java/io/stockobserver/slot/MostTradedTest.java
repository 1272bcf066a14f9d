package io.stockobserver.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MostTradedTest {
  @Test
  void theHighestByTradedValueComeFirst() {
    assertThat(new MostTraded().choose(List.of(c("A", "5"), c("B", "70"), c("C", "6")), 2))
        .containsExactly("B", "C");
    assertThat(new MostTraded().choose(List.of(), 41)).isEmpty();
  }

  @Test
  void tiesAreDecidedTheSameWayWhateverTheOrder() {
    List<Candidate> all =
        new ArrayList<>(List.of(c("B", "7.0"), c("A", "7"), c("D", "7.00"), c("C", "8")));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      assertThat(new MostTraded().choose(all, 3)).containsExactly("C", "A", "B");
    }
  }

  private static Candidate c(String symbol, String interest) {
    return new Candidate(symbol, new BigDecimal(interest));
  }
}
