package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.simulator.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 17: tokens that expire or are refused cost sweeps, never the feed, and never leak. */
class TokenIT {
  /** What every token of the venue begins with, and how an approval key looks. */
  private static final String TOKEN = "eyJ0eXAiOiJKV1Qi";

  private static final Pattern APPROVAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  @TempDir Path dir;
  private final LoudLog log = new LoudLog();

  @AfterEach
  void stopListening() {
    log.close();
  }

  @Test
  @Tag("fault")
  void withoutATokenTheFeedGoesOnAndSweepsAreGaps() {
    try (Observatory o = new Observatory(dir, "10:01:00").set("track.swing.every", "3s")) {
      o.open().faults().refuseTokens(Duration.ofMinutes(10));
      o.observe();
      o.awaitSlots(41);
      o.awaitSamples(2);
      Observatory.await("a gap", () -> !o.books().gaps("swing", "rate_limit").isEmpty());
      o.awaitSamples(2);
      o.end();
      Books books = o.books();
      assertThat(o.venue().traffic().callsTo("tokenP")).isEqualTo(1);
      assertThat(books.events("rate_limited"))
          .anySatisfy(e -> assertThat(text(e, "code")).isEqualTo("EGW00133"));
      assertThat(books.gaps("swing", "rate_limit")).isNotEmpty();
      assertThat(books.gaps("scalp", "ws_disconnect")).isEmpty();
      noSecretIn(o);
    }
  }

  @Test
  void anExpiredTokenIsRenewedOnceAndNoSecretIsToldMeanwhile() {
    try (Observatory o =
        new Observatory(dir, "10:00:58").set("track.swing.every", "4s").observe()) {
      o.awaitSlots(41);
      Observatory.await("a sweep", () -> o.state().sweepsDone() >= 1);
      o.venue().faults().expireTokens();
      Observatory.await("EGW00123", () -> !refusals(o).isEmpty());
      o.venue().faults().drop();
      Observatory.await("reconnect", () -> o.counter("reconnects") == 1);
      o.awaitSlots(41);
      o.end();
      // The venue grants one a minute: until then nobody asks, with the old token or for a new one.
      // Only what was under way when the first was refused may be refused as well.
      List<Arrival> refused = refusals(o);
      long first = refused.get(0).nanos();
      assertThat(refused)
          .allMatch(a -> a.nanos() - first < Duration.ofMillis(500).toNanos())
          .hasSizeLessThanOrEqualTo(3);
      assertThat(o.venue().traffic().callsTo("tokenP")).isEqualTo(1);
      assertThat(o.venue().traffic().callsTo("Approval")).isEqualTo(1);
      noSecretIn(o);
    }
  }

  private static List<Arrival> refusals(Observatory o) {
    return o.venue().traffic().arrivals().stream()
        .filter(a -> a.path().contains("/uapi/") && a.status() >= 400)
        .toList();
  }

  @Test
  @Tag("fault")
  void aTokenOfThirtySecondsIsAskedForOnceAMinute() {
    try (Observatory o =
        new Observatory(dir, "10:00:58")
            .set("track.swing.every", "5s")
            .venue(v -> v.withTokenLifetime(Duration.ofSeconds(30)))
            .observe()) {
      o.awaitSlots(41);
      o.pass(Duration.ofSeconds(62));
      int swept = o.state().sweepsDone();
      Observatory.await("sweeps again", () -> o.state().sweepsDone() > swept + 1);
      o.end();
      List<Arrival> asked =
          o.venue().traffic().arrivals().stream().filter(a -> a.path().contains("tokenP")).toList();
      assertThat(asked).hasSize(2).allMatch(a -> a.status() == 200);
      assertThat(Duration.ofNanos(asked.get(1).nanos() - asked.get(0).nanos()))
          .isGreaterThan(Duration.ofSeconds(60));
      assertThat(o.venue().traffic().connectionsOpened()).isEqualTo(1);
      assertThat(o.books().gaps("swing", "rate_limit")).hasSizeGreaterThan(3);
      noSecretIn(o);
    }
  }

  @Test
  @Tag("fault")
  void aRevokedTokenIsRenewedWithinTheMinuteAndTheSweepGoesOn() {
    try (Observatory o =
        new Observatory(dir, "10:00:58").set("track.swing.every", "5s").observe()) {
      o.awaitSlots(41);
      o.pass(Duration.ofSeconds(50));
      o.venue().faults().expireTokens();
      o.pass(Duration.ofSeconds(14));
      int swept = o.state().sweepsDone();
      Observatory.await("sweeps again", () -> o.state().sweepsDone() > swept + 1);
      o.end();
      assertThat(o.venue().traffic().callsTo("tokenP")).isEqualTo(2);
      // One, or a sweep's and the candidates' that were on their way together.
      assertThat(refusals(o)).hasSizeBetween(1, 2);
      noSecretIn(o);
    }
  }

  private void noSecretIn(Observatory o) {
    String said = log.said();
    assertThat(said).as("the log was heard").contains("hear-kis-trade");
    for (String told : List.of(o.books().everything(), said)) {
      assertThat(told.contains(o.venue().appKey())).as("app key").isFalse();
      assertThat(told.contains(o.venue().appSecret())).as("app secret").isFalse();
      assertThat(told.contains(TOKEN)).as("token").isFalse();
    }
    assertThat(APPROVAL.matcher(o.books().everything()).find()).as("approval key").isFalse();
    assertThat(APPROVAL.matcher(said).find()).as("approval key in the log").isFalse();
  }
}
