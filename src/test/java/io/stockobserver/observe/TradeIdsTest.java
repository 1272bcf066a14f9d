package io.stockobserver.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TradeIdsTest {
  private final TradeIds ids = new TradeIds();

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(ids.contains("1")).isFalse();
  }

  @Test
  void whatWasAddedIsKnownInWhateverOrderItCame() {
    for (String id : new String[] {"9", "10", "8", "x", "", "11"}) {
      assertThat(ids.contains(id)).as(id).isFalse();
      ids.add(id);
    }
    for (String id : new String[] {"9", "10", "8", "x", "", "11"}) {
      assertThat(ids.contains(id)).as(id).isTrue();
    }
    assertThat(ids.contains("7")).isFalse();
  }

  @Test
  void namesOfOneHashAreTwoTrades() {
    ids.add("BB");
    assertThat("Aa").hasSameHashCodeAs("BB");
    assertThat(ids.contains("Aa")).isFalse();
  }

  @Test
  void theOldestOfMoreThan256IsForgotten() {
    for (int i = 1000; i < 1257; i++) {
      ids.add(Integer.toString(i));
    }
    assertThat(ids.contains("1000")).isFalse();
    assertThat(ids.contains("1001")).isTrue();
    assertThat(ids.contains("1256")).isTrue();
  }
}
