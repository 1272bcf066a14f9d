package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.simulator.Arrival;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every provider promises, whatever its venue is like. A provider's test extends this and says
 * only how its simulated venue is spoken to and made to fail. One session goes through it all; each
 * test then looks at one promise in what the session left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProviderContract {
  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
  private static final long SECOND = 1_000_000_000L;
  private static final int MUTED = 3;
  private static final String ACTOR = "kim";

  /** Whom the venue was asked to stream, and whom the archive says it should be. */
  private record Plan(String when, Set<String> asked, Set<String> wanted) {}

  private final ContractVenue venue;
  private final WireSamples samples;
  private final List<Plan> plans = new ArrayList<>();
  private final StringBuilder managed = new StringBuilder();
  private final LoudLog log = new LoudLog();
  private List<String> lies = List.of();
  private Observatory o;
  private Tap tap;
  private Books books;
  private String pinned;
  private String excluded;

  ProviderContract(ContractVenue venue) {
    this.venue = venue;
    samples = new WireSamples(venue.provider());
  }

  @BeforeAll
  void oneSessionThroughItAll(@TempDir Path dir) {
    o = venue.observatory(dir);
    o.open();
    tap = new Tap(venue.feed(o));
    venue.hearThrough(o, tap.url());
    o.observe();
    Observatory.await("today's universe", () -> o.state().universeFrozen());
    o.awaitSlots(venue.grants());
    o.awaitSamples(2);
    planned("at first");

    pinned = outsider();
    operate("pin", pinned);
    Observatory.await("the pinned one is streamed", () -> asked().contains(pinned));
    planned("pinned");
    excluded = asked().stream().filter(s -> !s.equals(pinned)).findFirst().orElseThrow();
    operate("exclude", excluded);
    Observatory.await("the excluded one is not", () -> !asked().contains(excluded));
    planned("excluded");

    venue.drop(o);
    back(1);
    planned("after a drop");
    lies = venue.lie(o);
    Observatory.await("lies set aside", () -> reasons().containsAll(lies));

    venue.mute(o, asked(), MUTED);
    venue.deafen(o);
    Observatory.await("back from silence", () -> o.counter("reconnects") == 2);
    manage();
    Awaitility.await("the silent told")
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> silent().size() >= MUTED);
    manage();
    o.end();
    books = o.books();
  }

  @AfterAll
  void close() {
    log.close();
    o.close();
    tap.close();
  }

  private void back(int times) {
    Observatory.await("reconnect " + times, () -> o.counter("reconnects") == times);
    o.awaitSlots(venue.grants());
    o.awaitSamples(2);
  }

  /** Waits until the venue is asked for as many as it grants, and nobody is on the way. */
  private void planned(String when) {
    Observatory.await(
        "the plan " + when,
        () -> asked().size() == venue.grants() && asked().equals(wanted(o.books())));
    plans.add(new Plan(when, asked(), wanted(o.books())));
  }

  /** As the venue has heard it on its newest connection. */
  private Set<String> asked() {
    Set<String> streamed = new TreeSet<>();
    for (String said : tap.said(tap.connections() - 1)) {
      streamed = venue.streamed(streamed, said);
    }
    return streamed;
  }

  /** Who has a slot, by the archive. */
  private static Set<String> wanted(Books books) {
    Set<String> wanted = new TreeSet<>();
    for (JsonNode event : books.lines("system/events")) {
      switch (text(event, "event_type")) {
        case "slot_assigned" -> wanted.add(text(event, "symbol"));
        case "slot_released" -> wanted.remove(text(event, "symbol"));
        default -> {}
      }
    }
    return wanted;
  }

  /** A member of today's universe that has no slot. */
  private String outsider() {
    Set<String> streamed = asked();
    List<String> members = new ArrayList<>();
    String path = o.books().files("universe/" + venue.provider()).get(0);
    o.books().whole(path).path("symbols").forEach(m -> members.add(text(m, "symbol")));
    return members.stream().filter(m -> !streamed.contains(m)).findFirst().orElseThrow();
  }

  private Set<String> reasons() {
    Set<String> all = new HashSet<>();
    o.books().setAside().forEach(line -> all.add(text(line, "reason")));
    return all;
  }

  private Set<String> silent() {
    Set<String> all = new TreeSet<>();
    Instant since = o.books().notes("feed_closed").get(1).heardAt();
    o.books().events("slot_silent").stream()
        .filter(e -> instant(e, "timestamp").isAfter(since))
        .forEach(e -> all.add(text(e, "symbol")));
    return all;
  }

  private void operate(String act, String symbol) {
    String string = String.class.getName();
    try {
      JMX.invoke(
          new ObjectName("io.stockobserver:type=Slots,provider=" + venue.provider()),
          act,
          new Object[] {symbol, ACTOR, "contract"},
          new String[] {string, string, string});
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps all that JMX shows. */
  private void manage() {
    for (ObjectName name : JMX.queryNames(null, null)) {
      managed.append(name).append('\n');
      try {
        for (MBeanAttributeInfo attribute : JMX.getMBeanInfo(name).getAttributes()) {
          if (attribute.isReadable()) {
            managed.append(shown(name, attribute.getName())).append('\n');
          }
        }
      } catch (JMException gone) {
        managed.append("gone\n");
      }
    }
  }

  private static String shown(ObjectName name, String attribute) {
    try {
      Object value = JMX.getAttribute(name, attribute);
      return attribute + '=' + (value instanceof Object[] all ? List.of(all) : value);
    } catch (JMException | RuntimeMBeanException unreadable) {
      return attribute;
    }
  }

  @Test
  void readsItsRecordedMessages() {
    samples.areRead(venue.provider(), venue.market(), venue.reader());
  }

  @Test
  void refusesNamedMisfitsWithAReason() {
    samples.areRefused(venue.reader());
    assertThat(lies).isNotEmpty();
    List<JsonNode> aside = books.setAside();
    for (String reason : lies) {
      assertThat(aside).anyMatch(line -> text(line, "reason").equals(reason));
    }
    for (JsonNode line : aside) {
      assertThat(text(books.line(text(line, "tape_ref")), "dir")).as("%s", line).isEqualTo("in");
    }
  }

  @Test
  void losesNothingThatItWasTold() {
    JsonNode counters = books.events("session_stopped").get(0).path("counters");
    long aside =
        books.setAside().stream().mapToLong(l -> l.path("record").path("records").asLong()).sum();
    assertThat(counters.path("set_aside").asLong()).isPositive().isEqualTo(aside);
    assertThat(counters.path("declared").asLong())
        .isEqualTo(counters.path("parsed").asLong())
        .isEqualTo(counters.path("kept").asLong() + aside);
    assertThat(counters.path("shed").asLong()).isZero();
    books.verified();
  }

  @Test
  void tellsWhenItHappenedInTheRightUnit() {
    List<JsonNode> lines = new ArrayList<>(books.scalp());
    lines.addAll(books.swing());
    int prompt = 0;
    int told = 0;
    for (JsonNode line : lines) {
      Duration age = Duration.between(instant(line, "event_time"), instant(line, "receive_time"));
      // What is quiet is as old as its last change, and that may be any time of this day.
      assertThat(age).as("%s", line).isBetween(Duration.ofMinutes(-5), Duration.ofDays(1));
      if (!text(line.path("provider_specific"), "event_time_source").equals("receive")) {
        told++;
        prompt += age.abs().compareTo(Duration.ofSeconds(2)) <= 0 ? 1 : 0;
      }
    }
    assertThat(told).isPositive();
    assertThat(prompt).as("of %d with the venue's own time", told).isGreaterThan(told / 2);
  }

  @Test
  void asksForWhoIsWantedAndForNobodyElse() {
    for (Plan plan : plans) {
      assertThat(plan.asked()).as(plan.when()).isEqualTo(plan.wanted()).hasSize(venue.grants());
    }
    assertThat(plans.get(0).asked()).doesNotContain(pinned).contains(excluded);
    assertThat(plans.get(1).asked()).contains(pinned);
    assertThat(plans.get(2).asked()).contains(pinned).doesNotContain(excluded);
    assertThat(books.events("slot_pinned")).hasSize(1);
    assertThat(text(books.events("slot_excluded").get(0), "actor")).isEqualTo(ACTOR);
  }

  @Test
  void neverAsksForMoreThanTheVenueGrants() {
    for (int connection = 0; connection < tap.connections(); connection++) {
      Set<String> streamed = new TreeSet<>();
      for (String said : tap.said(connection)) {
        streamed = venue.streamed(streamed, said);
        assertThat(streamed).as(said).hasSizeLessThanOrEqualTo(venue.grants());
      }
    }
  }

  @Test
  void keepsWithinTheBudgetAsTheVenueCountsIt() {
    assertThat(books.events("sweep_finished")).isNotEmpty();
    List<Arrival> calls = venue.traffic(o).arrivals();
    for (Map.Entry<String, Integer> limit : venue.callsPerSecond().entrySet()) {
      List<Long> at =
          calls.stream()
              .filter(call -> call.path().contains(limit.getKey()))
              .map(Arrival::nanos)
              .sorted()
              .toList();
      assertThat(busiestSecond(at)).as(limit.getKey()).isBetween(1, limit.getValue());
    }
  }

  private static int busiestSecond(List<Long> at) {
    int most = 0;
    for (int from = 0, to = 0; to < at.size(); to++) {
      while (at.get(to) - at.get(from) >= SECOND) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  @Test
  void asksAgainForAllAfterADrop() {
    Plan before = plans.get(plans.size() - 2);
    Plan after = plans.get(plans.size() - 1);
    assertThat(after.asked()).isEqualTo(before.asked());
    JsonNode event = books.events("reconnection_event").get(0);
    assertThat(text(event, "result")).isEqualTo("SUCCESS");
    Set<String> recovered = new TreeSet<>();
    event.path("recovered_slot_list").forEach(symbol -> recovered.add(symbol.asText()));
    assertThat(recovered).isEqualTo(after.asked());
    gapBegins(0);
  }

  @Test
  void givesUpAFeedThatIsOpenAndDead() {
    assertThat(books.notes("feed_closed").get(0).text()).doesNotContain("idle");
    assertThat(books.notes("feed_closed").get(1).text()).contains("idle");
    assertThat(tap.connections()).isGreaterThanOrEqualTo(3);
    gapBegins(1);
  }

  /** With the last thing heard before it, not with its detection. */
  private void gapBegins(int number) {
    Entry closed = books.notes("feed_closed").get(number);
    Instant last =
        books.tape().stream()
            .filter(e -> e.seq() < closed.seq() && e.direction() == Direction.IN)
            .filter(e -> e.feed().equals(closed.feed()))
            .reduce((a, b) -> b)
            .orElseThrow()
            .heardAt();
    assertThat(instant(books.gaps("scalp", "ws_disconnect").get(number), "gap_start_ts"))
        .isEqualTo(last.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void tellsWhoIsNotHeardAlthoughItShouldBe() {
    Set<String> silent = silent();
    assertThat(silent).hasSizeGreaterThanOrEqualTo(MUTED);
    Set<String> asked = new TreeSet<>();
    for (String said : tap.said(2)) {
      asked.addAll(venue.streamed(asked, said));
    }
    assertThat(asked).containsAll(silent);
    Instant since = books.notes("feed_opened").get(2).heardAt();
    for (String symbol : silent) {
      assertThat(books.scalpBySymbol().getOrDefault(symbol, List.of()))
          .as(symbol)
          .noneMatch(
              line ->
                  instant(line, "sample_time").isAfter(since)
                      && text(line, "quality_flag").equals("normal"));
    }
  }

  @Test
  void tellsNobodyASecret() {
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < tap.connections(); i++) {
      tap.said(i).forEach(said::append);
    }
    Set<String> secrets = venue.secrets(o, said.toString());
    assertThat(log.said()).as("the log was heard").contains("hear-" + venue.provider());
    assertThat(managed).contains("io.stockobserver:type=Slots", "org.apache.camel");
    for (String told : List.of(books.everything(), log.said(), managed.toString())) {
      for (String secret : secrets) {
        assertThat(told.contains(secret)).as(secret.substring(0, 4) + "...").isFalse();
      }
    }
  }
}
