package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.instant;
import static io.stockobserver.behaviour.Books.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.cli.ObserverCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promise 7: what an operator does to a route is evidence, whichever way it came. */
class RouteActsIT {
  private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
  private static final String ME = System.getProperty("user.name");

  @TempDir Path dir;

  @Test
  void everyStopIsAnEventAndAGapThatNamesTheOperator() throws Exception {
    try (Observatory o =
        new Observatory(dir, "09:31:00").set("track.swing.every", "5s").observe()) {
      o.awaitSlots(41);
      o.awaitSamples(2);
      theFeed(o);
      theSamples(o);
      theSweeps(o);
      refusals(o);
      byCommand(o);
      AuditIT.proven(o.root()); // while it writes
      o.hushAndEnd();
      told(o.books());
      AuditIT.proven(o.root());
      o.books().verified();
      o.replays(dir.resolve("again"));
    }
  }

  /** By our bean, with a reason; the room is named, and who is called from elsewhere stays. */
  private static void theFeed(Observatory o) throws Exception {
    assertThat(act("stop", "provider.kis", "cable is moved"))
        .startsWith("stopped ")
        .contains("hear-kis-trade", "poll-kis-swing", "call-kis");
    assertThat(row("hear-kis-trade").get("state")).isEqualTo("stopped");
    assertThat(row("hear-kis-trade").get("actor")).isEqualTo(ME);
    assertThat(row("call-kis").get("state")).isEqualTo("stopped");
    assertThat(row("observe-kis-scalp").get("state")).isEqualTo("started");
    o.pass(Duration.ofSeconds(2));
    AuditIT.proven(o.root());
    assertThat(act("start", "provider.kis", "cable is back")).contains("hear-kis-trade");
    o.awaitSlots(41);
    o.awaitSamples(2);
  }

  /** By Camel's own bean, as Hawtio's button does it. */
  private static void theSamples(Observatory o) throws Exception {
    camel("observe-kis-scalp", "stop");
    o.pass(Duration.ofSeconds(2));
    AuditIT.proven(o.root());
    camel("observe-kis-scalp", "start");
    o.awaitSamples(2);
    act("suspend", "tell-kis-trade", "the slots stay");
    assertThat(row("tell-kis-trade").get("state")).isEqualTo("suspended");
    act("resume", "tell-kis-trade", "the slots may change");
    assertThat(row("tell-kis-trade").get("state")).isEqualTo("started");
  }

  private static void theSweeps(Observatory o) throws Exception {
    act("drain", "poll-kis-swing", "two sweeps are left out");
    long sweeps = o.state().sweepsDone();
    o.pass(Duration.ofSeconds(8));
    AuditIT.proven(o.root());
    act("start", "poll-kis-swing", "enough");
    Observatory.await("a sweep", () -> o.state().sweepsDone() > sweeps);
  }

  private static void refusals(Observatory o) throws Exception {
    assertThatThrownBy(() -> act("stop", "archive-tape", "tidying"))
        .hasRootCauseMessage(
            "archive-tape writes down what is heard by hear-kis-trade, poll-kis-approval,"
                + " poll-kis-calendar and 5 more, which run; stop the room provider.kis first");
    assertThatThrownBy(() -> camel("call-kis", "stop"))
        .rootCause()
        .hasMessageContaining("call-kis is called by ");
    assertThatThrownBy(() -> act("stop", "hear-kis", "typo"))
        .rootCause()
        .hasMessageStartingWith("there is no route or room hear-kis; rooms: archive, ")
        .hasMessageContaining("hear-kis-trade");
    assertThatThrownBy(() -> act("stop", "hear-kis-trade", " "))
        .rootCause()
        .hasMessageStartingWith("say why");
    o.awaitSamples(1);
  }

  /** At a terminal, under the name of whoever sits there. */
  private static void byCommand(Observatory o) {
    String root = o.root().toString();
    assertThat(command("routes", "--data", root))
        .contains("hear-kis-trade", "provider.kis", "started");
    assertThat(command("routes", "suspend", "slot", "--reason", "quiet hands", "--data", root))
        .isEqualTo("0 suspended plan-slots-kis");
    assertThat(command("routes", "resume", "slot", "--reason", "go on", "--data", root))
        .isEqualTo("0 resumed plan-slots-kis");
    assertThat(command("routes", "stop", "archive", "--reason", "x", "--data", root))
        .startsWith("2 ");
    assertThat(command("routes", "stop", "slot", "--data", root)).startsWith("2 ");
    assertThat(command("mitigation", "1", "--reason", "try", "--data", root))
        .isEqualTo("0 level 1");
    assertThat(command("mitigation", "auto", "--reason", "tried", "--data", root))
        .isEqualTo("0 level auto");
    assertThat(command("slots", "pin", "005930", "--reason", "look", "--data", root))
        .isEqualTo("0 pin 005930");
    assertThat(command("slots", "--data", root).lines())
        .hasSizeGreaterThan(41)
        .anyMatch(row -> row.matches(" *\\d+ 005930 .* manual_override .* pin .*"));
    assertThat(command("universe", "--symbol", "005930", "--data", root))
        .endsWith("005930       in");
    assertThat(command("slots", "pin", "nobody", "--reason", "look", "--data", root))
        .startsWith("2 ");
    assertThat(command("status", "--data", root)).contains("kis kr_stocks 2026-11-20", "feed open");
    assertThat(text(o.books().events("slot_pinned").get(0), "actor")).isEqualTo(ME);
  }

  /** Its exit code and what it said. */
  private static String command(String... words) {
    PrintStream before = System.out;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int exit = ObserverCommand.run(words);
      return exit + " " + said.toString(StandardCharsets.UTF_8).strip();
    } finally {
      System.setOut(before);
    }
  }

  private static void told(Books books) {
    List<JsonNode> stopped = books.events("route_stopped");
    assertThat(stopped).hasSizeGreaterThanOrEqualTo(6);
    assertThat(stopped).allSatisfy(event -> assertThat(text(event, "actor")).isEqualTo(ME));
    JsonNode button = stopped.get(stopped.size() - 1);
    assertThat(text(button, "route")).isEqualTo("observe-kis-scalp");
    assertThat(text(button, "reason")).isEqualTo("console");
    assertThat(stopped.subList(0, stopped.size() - 1))
        .allSatisfy(event -> assertThat(text(event, "reason")).isEqualTo("cable is moved"));
    assertThat(books.events("route_started")).hasSize(stopped.size() + 1);
    assertThat(books.events("route_drained")).hasSize(1);
    assertThat(books.events("route_suspended"))
        .extracting(event -> text(event, "route") + ": " + text(event, "reason"))
        .containsExactly("tell-kis-trade: the slots stay", "plan-slots-kis: quiet hands");
    assertThat(books.events("route_resumed")).hasSize(2);
    assertThat(books.events("route_act_refused"))
        .extracting(event -> text(event, "route"))
        .startsWith("archive-tape", "call-kis");
    List<JsonNode> scalp = books.gaps("scalp", "operator");
    assertThat(scalp).hasSizeGreaterThanOrEqualTo(2);
    Instant pressed = instant(button, "timestamp");
    assertThat(scalp)
        .anySatisfy(
            gap -> {
              assertThat(instant(gap, "gap_start_ts")).isBefore(pressed);
              assertThat(instant(gap, "gap_end_ts")).isAfter(pressed.plusSeconds(1));
            });
    assertThat(books.gaps("scalp", "overload")).isEmpty();
    assertThat(books.gaps("swing", "operator")).hasSizeGreaterThanOrEqualTo(1);
    Instant drained = instant(books.events("route_drained").get(0), "timestamp");
    Instant resumed = drained.plusSeconds(8);
    assertThat(books.gaps("swing", "rate_limit"))
        .noneMatch(
            gap ->
                instant(gap, "gap_start_ts").isAfter(drained)
                    && instant(gap, "gap_start_ts").isBefore(resumed));
  }

  static String act(String verb, String name, String reason) throws Exception {
    String text = String.class.getName();
    return (String)
        JMX.invoke(
            new ObjectName("io.stockobserver:type=Routes"),
            verb,
            new Object[] {name, reason},
            new String[] {text, text});
  }

  static CompositeData row(String id) throws Exception {
    CompositeData[] rows =
        (CompositeData[])
            JMX.getAttribute(new ObjectName("io.stockobserver:type=Routes"), "Routes");
    for (CompositeData row : rows) {
      if (id.equals(row.get("id"))) {
        return row;
      }
    }
    throw new AssertionError("no row of " + id);
  }

  /** As an operator does it in Hawtio. */
  private static void camel(String id, String act) throws Exception {
    ObjectName all = new ObjectName("org.apache.camel:type=routes,name=\"" + id + "\",context=*");
    for (ObjectName name : JMX.queryNames(all, null)) {
      JMX.invoke(name, act, new Object[0], new String[0]);
    }
    assertThat(JMX.queryNames(all, null)).hasSize(1);
  }
}
