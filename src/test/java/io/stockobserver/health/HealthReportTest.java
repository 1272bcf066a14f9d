package io.stockobserver.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the whole is when a part of it is not: a balancer takes away only what is of no use. */
class HealthReportTest {
  private static final Map<String, Health> WORDS =
      Map.of("up", Health.HEALTHY, "degraded", Health.DEGRADED, "down", Health.DOWN);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // one venue
        "kis.feed=up kis.archive=up routes=up       | up",
        "kis.feed=degraded kis.archive=up           | degraded",
        "kis.feed=down kis.archive=up               | down",
        "kis.calls=down kis.feed=up                 | down",
        // of two, one still records
        "kis.feed=down upbit.feed=up                | degraded",
        "kis.feed=up upbit.calls=down               | degraded",
        "kis.feed=down upbit.feed=degraded          | degraded",
        // none does
        "kis.feed=down upbit.sweeps=down            | down",
        // nothing can be written, or what everybody needs is down
        "kis.feed=up kis.archive=down upbit.feed=up | down",
        "kis.feed=up upbit.feed=up upbit.archive=down | down",
        "kis.feed=up upbit.feed=up secrets=down     | down",
        "kis.feed=up disk=degraded                  | degraded"
      })
  void theWholeIsDownOnlyWhenNothingIsRecorded(String checks, String whole) {
    List<HealthReport.Line> lines = new ArrayList<>();
    for (String check : checks.split(" ", -1)) {
      String[] is = check.split("=", -1);
      int dot = is[0].indexOf('.');
      lines.add(
          new HealthReport.Line(
              new Check(
                  is[0].substring(dot + 1),
                  dot < 0 ? "" : is[0].substring(0, dot),
                  WORDS.get(is[1]),
                  "as it is",
                  "look"),
              Instant.EPOCH));
    }
    HealthReport report = new HealthReport(Instant.EPOCH, lines);
    assertThat(report.health()).isEqualTo(WORDS.get(whole));
    assertThat(report.venues()).doesNotContainKey("");
  }
}
