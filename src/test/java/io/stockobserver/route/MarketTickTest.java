package io.stockobserver.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stockobserver.track.TickGrid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ticks are whole multiples on the market's clock, none twice, and no jump makes a storm. */
class MarketTickTest {
  private final List<Instant> ticks = new CopyOnWriteArrayList<>();
  private final AtomicLong aheadMillis = new AtomicLong();
  private final DefaultCamelContext context = new DefaultCamelContext();

  /** The system's clock, in another year and moved by hand. */
  private final class Moved extends Clock {
    private final Instant began = Clock.systemUTC().instant();

    @Override
    public Instant instant() {
      return Instant.parse("2026-11-20T00:29:59.987Z")
          .plus(Duration.between(began, Clock.systemUTC().instant()))
          .plusMillis(aheadMillis.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void context() {
    context.addComponent("market-tick", new MarketTickComponent(new Moved()));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void ticksAreWholeMultiplesInOrderAndNoneIsLeftOut() throws Exception {
    every("20ms");
    await().until(() -> ticks.size() >= 10);
    context.stop();
    int size = ticks.size();
    assertThat(ticks).allMatch(at -> at.toEpochMilli() % 20 == 0);
    assertThat(ticks).isSorted().doesNotHaveDuplicates();
    assertThat(ticks).as("a stopped route ticks no more").hasSize(size);
  }

  @Test
  void aClockThatJumpsAheadMakesNoStormAndStaysOnTheGrid() throws Exception {
    every("20ms");
    await().until(() -> ticks.size() >= 3);
    int before = ticks.size();
    aheadMillis.set(3_600_000);
    Instant later = Instant.parse("2026-11-20T01:29:59Z");
    await().until(() -> ticks.stream().filter(at -> at.isAfter(later)).count() >= 5);
    assertThat(ticks.stream().filter(at -> at.isBefore(later)).count())
        .as("of 180,000 instants that were jumped over")
        .isLessThanOrEqualTo(before + 3L);
    assertThat(ticks).isSorted().doesNotHaveDuplicates();
    assertThat(ticks).allMatch(at -> at.toEpochMilli() % 20 == 0);
  }

  @Test
  void aClockThatIsSetBackByLessThanAPeriodGivesNoInstantTwice() throws Exception {
    slow("200ms&late=200ms", -150);
    await().until(() -> ticks.size() >= 4);
    assertThat(ticks).isSorted().doesNotHaveDuplicates();
  }

  /** As much as possible is recorded: nobody waits for the time that was. */
  @Test
  void aClockThatIsSetBackGoesOnAtOnceFromTheNewTime() throws Exception {
    every("20ms");
    await().until(() -> ticks.size() >= 10);
    Instant before = Instant.parse("2026-11-20T00:00:00Z");
    aheadMillis.set(-3_600_000);
    await().until(() -> ticks.stream().filter(at -> at.isBefore(before)).count() >= 10);
    List<Instant> after = ticks.stream().filter(at -> at.isBefore(before)).toList();
    assertThat(after).isSorted().doesNotHaveDuplicates();
    assertThat(after).allMatch(at -> at.toEpochMilli() % 20 == 0);
  }

  @Test
  void whatPassedWhileATickWasWorkedOnIsNotMadeUpFor() throws Exception {
    slow("20ms", 200);
    await().until(() -> ticks.size() >= 5);
    for (int i = 1; i < 5; i++) {
      assertThat(Duration.between(ticks.get(i - 1), ticks.get(i)).toMillis())
          .isGreaterThanOrEqualTo(180);
    }
  }

  /** Two seconds are made up for; whoever stands still longer is told of as a pause. */
  @Test
  void whatIsNotTooLateIsMadeUpFor() throws Exception {
    slow("500ms&late=2s", 1900);
    await().until(() -> ticks.size() >= 5);
    for (int i = 1; i < 5; i++) {
      assertThat(Duration.between(ticks.get(i - 1), ticks.get(i)).toMillis()).isEqualTo(500);
    }
  }

  /** The clock moves by so much while a tick is worked on; where it says how late, only once. */
  private void slow(String every, long millis) throws Exception {
    boolean once = every.contains("late");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("market-tick:slow?every=" + every)
                .process(
                    exchange -> {
                      ticks.add(exchange.getMessage().getBody(Instant.class));
                      if (!once || ticks.size() == 1) {
                        aheadMillis.addAndGet(millis);
                      }
                    });
          }
        });
    context.start();
  }

  @Test
  void theFirstTickMayComeAtTheStart() throws Exception {
    every("1h&atOnce=true");
    await().until(() -> !ticks.isEmpty());
    assertThat(ticks.get(0)).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
  }

  @Test
  void aTickThatFailsDoesNotEndTheTicking() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("market-tick:failing?every=20ms")
                .errorHandler(noErrorHandler())
                .process(exchange -> ticks.add(exchange.getMessage().getBody(Instant.class)))
                .throwException(new IllegalStateException("on purpose"));
          }
        });
    context.start();
    await().until(() -> ticks.size() >= 3);
  }

  @ParameterizedTest
  @CsvSource({"0ms, shorter than 1ms", "soon, is no duration"})
  void aTickWithoutALengthIsRefusedAtTheStart(String span, String why) {
    assertThatThrownBy(() -> every(span)).hasStackTraceContaining(why);
  }

  private void every(String span) throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("market-tick:test?every=" + span)
                .process(exchange -> ticks.add(exchange.getMessage().getBody(Instant.class)));
          }
        });
    context.start();
  }

  @Test
  void aGridThatAnswersOtherwiseIsFollowedAtOnce() throws Exception {
    AtomicLong step = new AtomicLong(1_800_000);
    AtomicLong asked = new AtomicLong();
    TickGrid grid =
        at -> {
          asked.incrementAndGet();
          long millis = step.get();
          return Instant.ofEpochMilli((at.toEpochMilli() / millis + 1) * millis);
        };
    context.getRegistry().bind("grid", TickGrid.class, grid);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("market-tick:grid?grid=#grid&late=1h")
                .process(exchange -> ticks.add(exchange.getMessage().getBody(Instant.class)));
          }
        });
    context.start();
    await().until(() -> asked.get() > 0); // before that it knows nothing of 00:59
    aheadMillis.addAndGet(1_800_000);
    await().until(() -> ticks.size() == 1); // 01:00, and the next at 01:30
    step.set(20);
    await().until(() -> ticks.size() >= 4);
    assertThat(ticks.get(1)).isEqualTo(ticks.get(0).plusMillis(20));
    assertThat(ticks.get(3)).isEqualTo(ticks.get(0).plusMillis(60));
  }
}
