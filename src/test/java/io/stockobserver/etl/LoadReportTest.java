package io.stockobserver.etl;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.health.Check;
import io.stockobserver.health.Health;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadReportTest {
  private static final DatabaseAddress NOWHERE =
      new DatabaseAddress(
          "jdbc:postgresql://127.0.0.1:1/none",
          "n",
          "",
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  private Instant now = Instant.parse("2026-11-20T00:00:00.5Z");

  private LoadReport every(Duration every) {
    return new LoadReport(NOWHERE, every, () -> now);
  }

  private static Map<String, Object> row(String what, boolean alarm, @Nullable Object detail) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("what", what);
    row.put("alarm", alarm);
    row.put("detail", detail);
    return row;
  }

  private static Check only(LoadReport report) {
    assertThat(report.checks()).hasSize(1);
    return report.checks().get(0);
  }

  @Test
  void askedEverySoOften() {
    LoadReport report = every(Duration.ofMinutes(10));
    assertThat(report.due()).isTrue();
    assertThat(report.due()).isFalse();
    now = now.plusSeconds(599);
    assertThat(report.due()).isFalse();
    now = now.plusSeconds(1);
    assertThat(report.due()).isTrue();
  }

  @Test
  void zeroIsNeverAndNobodysHealth() {
    LoadReport never = every(Duration.ZERO);
    assertThat(never.due()).isFalse();
    assertThat(never.checks()).isEmpty();
  }

  @Test
  void anAnswerIsATable() {
    LoadReport report = every(Duration.ofMinutes(10));
    assertThat(
            report.take(
                List.of(
                    row("thin", false, Timestamp.from(now)),
                    row("thin", false, null),
                    row("refused", true, "a \"b\", c\nd"))))
        .isEqualTo(
            """
            what,alarm,detail\r
            thin,false,2026-11-20T00:00:00.500Z\r
            thin,false,\r
            refused,true,"a ""b"", c
            d"\r
            """);
    assertThat(report.take(List.of())).isEmpty();
  }

  @Test
  void rowsWithAlarmAreToldUntilTheyAreGone() {
    LoadReport report = every(Duration.ofMinutes(10));
    assertThat(only(report).health()).isEqualTo(Health.HEALTHY);
    report.take(
        List.of(
            row("refused", true, ""),
            row("differs", true, ""),
            row("differs", true, ""),
            row("thin", false, "")));
    assertThat(only(report).health()).isEqualTo(Health.DEGRADED);
    assertThat(only(report).detail()).isEqualTo("differs: 2, refused: 1");
    assertThat(only(report).remedy()).contains("log/load_report.csv");
    report.take(List.of(row("thin", false, "")));
    assertThat(only(report).health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsToldFromTheFirstQuestionOn() {
    LoadReport report = every(Duration.ofMinutes(1));
    assertThat(report.due()).isTrue();
    now = now.plusSeconds(30);
    assertThat(only(report).health()).as("it may still come").isEqualTo(Health.HEALTHY);
    now = now.plusSeconds(31);
    assertThat(report.due()).isTrue();
    assertThat(only(report).health()).isEqualTo(Health.DEGRADED);
    assertThat(only(report).detail()).isEqualTo("no answer since 2026-11-20T00:00:00Z");
    report.take(List.of());
    assertThat(only(report).health()).isEqualTo(Health.HEALTHY);
  }
}
