package io.stockobserver.audit;

import static io.stockobserver.audit.HandMade.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.market.Stamp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The founding document's list of what makes a day anomalous, each just over and just under. */
class AnomaliesTest {
  private static final String LONG_PLAN =
      HandMade.PLAN
          .replace(
              "\"scalp_until\":\"2026-11-20T00:32:00Z\"",
              "\"scalp_until\":\"2026-11-20T01:00:00Z\"")
          .replace(
              "\"swing_from\":\"2026-11-20T00:30:00Z\"", "\"swing_from\":\"2026-11-20T01:30:00Z\"");

  @TempDir Path root;

  /** Half an hour of one symbol. */
  private HandMade day() {
    HandMade day = new HandMade(root).event("session_started", "09:29:50", LONG_PLAN);
    return day.assign("A", "09:29:55").lines("A", "09:30:00", "10:00:00", 500);
  }

  private static List<Anomaly> of(HandMade day) {
    return day.stop("10:05").market().anomalies();
  }

  private static HandMade lose(HandMade day, String from, String until, String reason) {
    day.without("A", t -> !t.isBefore(at(from)) && t.isBefore(at(until)));
    return day.gap(from, until, "scalp", reason);
  }

  private static List<String> kinds(List<Anomaly> all) {
    return all.stream().map(Anomaly::kind).toList();
  }

  @Test
  void aQuietDayHasNone() {
    assertThat(of(day())).isEmpty();
  }

  @Test
  void twentyReconnections() {
    HandMade day = day();
    for (int i = 0; i < 19; i++) {
      day.event("reconnection_event", "09:31", "\"result\":\"SUCCESS\"");
      day.event("reconnection_event", "09:31", "\"result\":\"FAIL\"");
    }
    assertThat(of(day)).isEmpty();
    HandMade more = day();
    more.events.addAll(day.events.subList(2, day.events.size() - 1));
    more.event("reconnection_event", "09:32", "\"result\":\"SUCCESS\"");
    List<Anomaly> found = of(more);
    assertThat(kinds(found)).containsExactly("reconnects");
    assertThat(found.get(0).evidenceLines()).isEqualTo(20);
    assertThat(found.get(0).evidence()).first().isEqualTo("system/events/kis/20261120.jsonl:3");
  }

  @Test
  void disconnectedForTenMinutesInAll() {
    HandMade day = lose(day(), "09:31:00", "09:41:00", "ws_disconnect");
    assertThat(kinds(of(day))).contains("disconnected");
    HandMade less = lose(day(), "09:31:00", "09:40:59", "ws_disconnect");
    assertThat(kinds(of(less))).doesNotContain("disconnected");
    HandMade other = lose(day(), "09:31:00", "09:41:00", "not_connected");
    assertThat(kinds(of(other))).doesNotContain("disconnected");
  }

  @Test
  void twoLogGapsOfAMinute() {
    HandMade day = lose(day(), "09:31:00", "09:32:00", "ws_disconnect");
    assertThat(kinds(of(day))).doesNotContain("log_gaps");
    HandMade two =
        lose(
            lose(day(), "09:31:00", "09:32:00", "ws_disconnect"),
            "09:50:00",
            "09:51:00",
            "host_pause");
    Anomaly found =
        of(two).stream().filter(a -> a.kind().equals("log_gaps")).findFirst().orElseThrow();
    assertThat(found.evidence())
        .containsExactly(
            "system/events/kis/20261120.jsonl:3", "system/events/kis/20261120.jsonl:4");
    HandMade shorter =
        lose(
            lose(day(), "09:31:00", "09:32:00", "ws_disconnect"),
            "09:50:00",
            "09:50:59",
            "host_pause");
    assertThat(kinds(of(shorter))).doesNotContain("log_gaps");
  }

  @Test
  void lessThan97PercentOfFiveMinutes() {
    // 9 of 300 seconds are 3 %.
    assertThat(of(lose(day(), "09:41:00", "09:41:09", "ws_disconnect"))).isEmpty();
    List<Anomaly> found = of(lose(day(), "09:41:00", "09:41:10", "ws_disconnect"));
    assertThat(kinds(found)).containsExactly("recording_rate");
    // Every five minutes that have 09:41 in them.
    assertThat(found.get(0).from()).isEqualTo(at("09:37"));
    assertThat(found.get(0).until()).isEqualTo(at("09:46"));
    assertThat(found.get(0).what()).startsWith("96.6 %");
    assertThat(found.get(0).evidence()).containsExactly("system/events/kis/20261120.jsonl:3");
  }

  @Test
  void aBusyProcessorForTenMinutes() {
    assertThat(of(busy(9, 85))).isEmpty();
    assertThat(of(busy(10, 84.9))).isEmpty();
    List<Anomaly> found = of(busy(10, 85));
    assertThat(kinds(found)).containsExactly("cpu");
    assertThat(found.get(0).evidenceLines()).isEqualTo(10);
  }

  private HandMade busy(int minutes, double percent) {
    HandMade day = day();
    Instant from = at("09:31");
    for (int i = 0; i < minutes; i++) {
      day.event("metrics", from.plusSeconds(60L * i), "\"cpu_percent\":" + percent);
    }
    return day.event("metrics", from.plusSeconds(60L * minutes), "\"cpu_percent\":20.0");
  }

  @Test
  void aDiskThatIsMoreThanFourFifthsFull() {
    HandMade day = day().event("metrics", "09:31", "\"disk_used_percent\":80");
    assertThat(of(day)).isEmpty();
    assertThat(kinds(of(day().event("metrics", "09:31", "\"disk_used_percent\":80.1"))))
        .containsExactly("disk");
  }

  @Test
  void whatOthersMarkedIsToldAndChangesNoVerdict() {
    HandMade day = day();
    day.event("backup_failed", "09:31", "\"reason\":\"peer unreachable\"");
    day.event("etl_failed", "09:32", "\"day\":\"20261120\"");
    day.event("etl_failed", "09:32", "\"day\":\"20261119\",\"detail\":\"yesterday's\"");
    day.event("anomaly_marked", "09:33", "\"reason\":\"feed-lost\",\"detail\":\"5 min\"");
    day.sweep("09:34:00", "A", "B", "C", "D");
    DayAudit audit = day.stop("10:05").audit();
    assertThat(audit.ok()).isTrue();
    List<Anomaly> found = audit.markets().get(0).anomalies();
    assertThat(found)
        .extracting(Anomaly::what)
        .containsExactly("etl_failed", "peer unreachable", "feed-lost 5 min");
    assertThat(found.get(2).evidence()).containsExactly("system/events/kis/20261120.jsonl:6");
    assertThat(Stamp.of(java.util.Objects.requireNonNull(found.get(2).from())))
        .isEqualTo("2026-11-20T00:33:00.000Z");
  }
}
