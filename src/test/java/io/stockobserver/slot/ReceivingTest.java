package io.stockobserver.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceivingTest {
  private static final Instant NOW = Instant.parse("2026-11-20T01:00:00Z");

  private final Receiving receiving = new Receiving();

  @Test
  void aSymbolThatTradesBySweepsAndIsNotStreamedIsSilentSinceItsAcknowledgement() {
    receiving.acknowledged("A", NOW);
    receiving.swept("A", at(5), n(100));
    receiving.swept("A", at(15), n(100));
    assertThat(receiving.silentSince("A", at(300))).as("it does not trade").isNull();
    receiving.swept("A", at(310), n(101));
    assertThat(receiving.silentSince("A", at(329))).isNull();
    assertThat(receiving.silentSince("A", at(330))).isEqualTo(NOW);
    assertThat(receiving.hasHeard("A")).isFalse();
    receiving.heard("A", at(331), n(101));
    assertThat(receiving.silentSince("A", at(331))).isNull();
    assertThat(receiving.hasHeard("A")).isTrue();
  }

  @Test
  void aSymbolThatFallsSilentIsSilentSinceItsLastFrame() {
    receiving.acknowledged("A", NOW);
    receiving.heard("A", at(10), n(100));
    receiving.swept("A", at(20), n(100));
    assertThat(receiving.silentSince("A", at(200))).as("a quiet symbol").isNull();
    receiving.swept("A", at(210), n(150));
    assertThat(receiving.silentSince("A", at(230))).isEqualTo(at(10));
  }

  /** A ticker tells every trade a second time, beside the feed that is listened to. */
  @Test
  void aTickerThatFollowsItsTradeIsNoSignOfSilence() {
    receiving.acknowledged("A", NOW);
    receiving.toldBeside("A", at(5), n(90));
    receiving.heard("A", at(10), null);
    receiving.toldBeside("A", at(11), n(100));
    assertThat(receiving.silentSince("A", at(300))).as("it was heard").isNull();
    receiving.toldBeside("A", at(310), n(150));
    receiving.heard("A", at(311), null);
    assertThat(receiving.silentSince("A", at(400))).as("the trade came after it").isNull();
    receiving.toldBeside("A", at(410), n(200));
    assertThat(receiving.silentSince("A", at(429))).isNull();
    assertThat(receiving.silentSince("A", at(430))).isEqualTo(at(311));
  }

  /** Fault row 9: an hour that never was is no silence. */
  @Test
  void aClockThatIsSetAheadMakesNobodySilent() {
    receiving.acknowledged("A", NOW);
    for (int second = 1; second < 10; second++) {
      receiving.heard("A", at(second), n(100));
    }
    receiving.stepped(java.time.Duration.ofHours(1));
    assertThat(receiving.silentSince("A", at(3610))).isNull();
    assertThat(receiving.silentSince("A", at(3640))).isEqualTo(at(3609));
  }

  @Test
  void aSweepThatIsAheadOfTheStreamForAMomentIsNoSilence() {
    receiving.acknowledged("A", NOW);
    receiving.heard("A", at(10), n(100));
    receiving.swept("A", at(11), n(120));
    receiving.heard("A", at(12), n(120));
    assertThat(receiving.silentSince("A", at(100))).isNull();
  }

  @Test
  void withoutSweepsItsOwnCadenceTells() {
    receiving.acknowledged("A", NOW);
    for (int s = 0; s <= 20; s += 2) {
      receiving.heard("A", at(s), n(100 + s));
    }
    assertThat(receiving.silentSince("A", at(59))).as("20 pauses of 2 s").isNull();
    assertThat(receiving.silentSince("A", at(60))).isEqualTo(at(20));
    receiving.swept("A", at(61), n(120));
    assertThat(receiving.silentSince("A", at(62))).as("a sweep says that it is quiet").isNull();
  }

  @Test
  void aFastSymbolIsGivenHalfAMinuteAndAnUnknownOneAllTime() {
    receiving.acknowledged("A", NOW);
    for (int s = 0; s < 10; s++) {
      receiving.heard("A", NOW.plusMillis(100L * s), n(100 + s));
    }
    Instant last = NOW.plusMillis(900);
    assertThat(receiving.silentSince("A", last.plusMillis(29_999))).isNull();
    assertThat(receiving.silentSince("A", last.plusSeconds(30))).isEqualTo(last);
    receiving.acknowledged("B", NOW);
    assertThat(receiving.silentSince("B", at(5000))).isNull();
  }

  @Test
  void whoHasNoPlaceIsNotExpected() {
    receiving.acknowledged("A", NOW);
    receiving.swept("A", at(1), n(1));
    receiving.swept("A", at(2), n(2));
    receiving.released("A");
    assertThat(receiving.silentSince("A", at(500))).isNull();
    receiving.heard("A", at(500), n(3));
    assertThat(receiving.hasHeard("A")).isFalse();
  }

  private static Instant at(int second) {
    return NOW.plusSeconds(second);
  }

  private static BigDecimal n(int volume) {
    return BigDecimal.valueOf(volume);
  }
}
