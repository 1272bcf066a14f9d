package io.stockobserver.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Instant T0 = Instant.parse("2026-11-20T01:00:00Z");
  private static final Predicate<String> OPEN = Set.of("kis")::contains;
  private static final Predicate<String> CLOSED = Set.of()::contains;

  private final Alerts alerts = new Alerts("desk", true);
  private final HealthBoard board = new HealthBoard();
  private Instant now = T0;

  private void look(Predicate<String> open, Check... checks) {
    alerts.weigh(board.look(List.of(checks), now), open);
  }

  private static Check feed(Health health) {
    return new Check("feed", "kis", health, "no data", "look at it");
  }

  private void after(long seconds) {
    now = T0.plusSeconds(seconds);
  }

  private List<String> all() {
    List<String> texts = new ArrayList<>();
    for (Alerts.Message one = alerts.next(now); one != null; one = alerts.next(now)) {
      texts.add(one.text());
      alerts.delivered();
    }
    return texts;
  }

  @Test
  void oneMessageACauseUntilItRecovers() {
    look(OPEN, feed(Health.HEALTHY));
    after(10);
    look(OPEN, feed(Health.DEGRADED));
    after(69);
    look(OPEN, feed(Health.DEGRADED));
    assertThat(all()).as("it may mend itself").isEmpty();
    after(70);
    look(OPEN, feed(Health.DEGRADED));
    assertThat(all()).containsExactly("[desk] kis feed DEGRADED: no data. To do: look at it");
    for (int s = 71; s < 4000; s += 5) {
      after(s);
      look(OPEN, feed(s < 400 ? Health.DEGRADED : Health.DOWN));
    }
    assertThat(all()).as("it goes on, and gets worse").isEmpty();
    after(4000);
    look(OPEN, feed(Health.HEALTHY));
    assertThat(all()).as("it may fall ill again").isEmpty();
    after(4060);
    look(OPEN, feed(Health.HEALTHY));
    assertThat(all()).containsExactly("[desk] kis feed recovered (was DEGRADED): no data");
    after(4061);
    look(OPEN, feed(Health.DOWN));
    after(4121);
    look(OPEN, feed(Health.DOWN));
    assertThat(all()).containsExactly("[desk] kis feed DOWN: no data. To do: look at it");
  }

  @Test
  void whatComesAndGoesWithinAMinuteIsNoMessage() {
    for (int s = 0; s < 3600; s += 30) {
      after(s);
      look(OPEN, feed(s % 60 == 0 ? Health.DOWN : Health.HEALTHY));
    }
    assertThat(all()).isEmpty();
  }

  @Test
  void aClosedMarketsCausesWaitForItsOpening() {
    look(CLOSED, feed(Health.DOWN));
    after(3600);
    look(CLOSED, feed(Health.DOWN));
    assertThat(all()).isEmpty();
    look(OPEN, feed(Health.DOWN));
    assertThat(all()).hasSize(1);
  }

  @Test
  void whatRecoversWhileItsMarketIsClosedWasNothing() {
    look(CLOSED, feed(Health.DOWN));
    after(3600);
    look(CLOSED, feed(Health.HEALTHY));
    after(7200);
    look(OPEN, feed(Health.HEALTHY));
    assertThat(all()).isEmpty();
  }

  @Test
  void twoVenuesAreTwoCausesAndOneMarketMayBeClosed() {
    Check coin = new Check("feed", "upbit", Health.DOWN, "no data", "look at it");
    look("upbit"::equals, feed(Health.DOWN), coin);
    after(60);
    look("upbit"::equals, feed(Health.DOWN), coin);
    assertThat(all()).singleElement().asString().startsWith("[desk] upbit feed DOWN");
  }

  @Test
  void aSecretWaitsForNothing() {
    look(CLOSED, new Check(Alerts.SECRET, "kis", Health.DOWN, "seen", "rotate"));
    assertThat(all()).containsExactly("[desk] kis secret DOWN: seen. To do: rotate");
  }

  @Test
  void whatDoesNotArriveIsTriedAgainLaterAndLater() {
    look(OPEN, new Check(Alerts.SECRET, "kis", Health.DOWN, "seen", "rotate"));
    Alerts.Message first = alerts.next(now);
    assertThat(first).isNotNull();
    long[] waits = {30, 60, 120, 240, 480, 600, 600};
    for (long wait : waits) {
      alerts.failed(now);
      assertThat(alerts.next(now.plusSeconds(wait).minusMillis(1))).as("%s", wait).isNull();
      now = now.plus(Duration.ofSeconds(wait));
      assertThat(alerts.next(now)).as("%s", wait).isEqualTo(first);
    }
    alerts.delivered();
    assertThat(alerts.next(now)).isNull();
  }

  @Test
  void withoutTheQuietItIsToldAtOnce() {
    Alerts loud = new Alerts("desk", false);
    loud.weigh(board.look(List.of(feed(Health.DOWN)), now), CLOSED);
    loud.weigh(board.look(List.of(feed(Health.DOWN)), now.plusSeconds(60)), CLOSED);
    assertThat(loud.next(now)).isNotNull();
  }
}
