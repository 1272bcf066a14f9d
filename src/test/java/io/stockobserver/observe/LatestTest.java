package io.stockobserver.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatestTest {
  private final Latest latest = new Latest();

  @Test
  void beforeTheFirstObservationNothingIsKnown() {
    assertThat(latest.state()).isNull();
    assertThat(latest.takeVolume()).isNull();
    assertThat(latest.fresh()).isFalse();
  }

  @Test
  void theFirstSampleCountsTheTradesHeardAndNotTheDay() {
    take(Seen.sound().trade("25").acc("1000"));
    take(Seen.sound().trade("5").acc("1005"));
    assertThat(latest.takeVolume()).isEqualByComparingTo("30");
  }

  @Test
  void whatIsHeardLateBeforeTheFirstSampleIsCountedAllTheSame() {
    take(Seen.sound().trade("25").acc("1000"));
    take(Seen.sound().trade("7").acc("1012")); // and never the 5 of 1005
    assertThat(latest.takeVolume()).isEqualByComparingTo("37");
  }

  @Test
  void thenItIsWhatTradedSinceThePreviousSample() {
    take(Seen.sound().trade("25").acc("1000"));
    latest.takeVolume();
    assertThat(latest.takeVolume()).as("nothing traded is known, not unknown").isZero();
    take(Seen.sound().trade("5").acc("1005"));
    take(Seen.sound().trade("7").acc("1012"));
    assertThat(latest.takeVolume()).isEqualByComparingTo("12");
  }

  @Test
  void overAGapItSpansWhatWasNotHeard() {
    take(Seen.sound().trade("25").acc("1000"));
    latest.takeVolume();
    latest.interrupted();
    take(Seen.sound().trade("5").acc("9005"));
    assertThat(latest.takeVolume()).isEqualByComparingTo("8005");
  }

  @Test
  void anOldStateIsNotFreshUntilSomethingIsHeard() {
    take(Seen.sound());
    assertThat(latest.fresh()).isTrue();
    latest.interrupted();
    assertThat(latest.fresh()).isFalse();
    take(Seen.sound());
    assertThat(latest.fresh()).isTrue();
  }

  @Test
  void withNeitherTradesNorAVolumeItIsUnknownAndNotZero() {
    take(Seen.sound().trade(null).acc("1000"));
    assertThat(latest.takeVolume()).as("the first of a sweep").isNull();
    take(Seen.sound().trade(null).acc("1200"));
    assertThat(latest.takeVolume()).isEqualByComparingTo("200");
    Latest quotes = new Latest();
    quotes.take(Seen.sound().trade(null).acc(null).seen(), Verdict.SOUND);
    assertThat(quotes.takeVolume()).isNull();
  }

  @Test
  void aVenueWithoutAccumulatedVolumeIsAddedUp() {
    take(Seen.sound().trade("0.5").acc(null));
    take(Seen.sound().trade("0.25").acc(null));
    assertThat(latest.takeVolume()).isEqualByComparingTo("0.75");
    assertThat(latest.takeVolume()).isZero();
  }

  @Test
  void volumesOfAllSamplesAddUpToWhatTraded() {
    Random random = new Random(7);
    long acc = 1_000_000;
    BigDecimal sampled = BigDecimal.ZERO;
    long began = acc;
    for (int i = 0; i < 500; i++) {
      int size = 1 + random.nextInt(50);
      acc += size;
      if (random.nextInt(5) > 0) { // the others are not heard
        take(Seen.sound().trade(String.valueOf(size)).acc(String.valueOf(acc)));
      } else if (i == 0) {
        began = acc;
      }
      if (random.nextInt(3) == 0 && latest.state() != null) {
        sampled = sampled.add(latest.takeVolume());
      }
    }
    take(Seen.sound().trade("1").acc(String.valueOf(acc + 1)));
    sampled = sampled.add(latest.takeVolume());
    assertThat(sampled).isEqualByComparingTo(String.valueOf(acc + 1 - began));
  }

  @Test
  void figuresThatAreNotCarriedStayAsTheyWere() {
    take(Seen.sound().open("71500").acc("1000"));
    take(Seen.sound().open(null).quotes(null, null).acc("1001").last("72000"));
    assertThat(latest.state().open()).isEqualByComparingTo("71500");
    assertThat(latest.state().bidPrice()).isEqualByComparingTo("71900");
    assertThat(latest.state().lastPrice()).isEqualByComparingTo("72000");
    assertThat(latest.state().accVolume()).isEqualByComparingTo("1001");
  }

  private void take(Seen seen) {
    latest.take(seen.seen(), Verdict.SOUND);
  }
}
