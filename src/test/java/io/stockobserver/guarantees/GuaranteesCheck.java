package io.stockobserver.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The last step of {@code mvn verify}, after all tests: docs/guarantees.md against what they left
 * in target/surefire-reports. Its name keeps it out of the first run.
 */
class GuaranteesCheck {
  @Test
  void everyPromiseWasProvenInThisBuild() throws IOException {
    List<Promise> promises = Promise.read(Path.of("docs/guarantees.md"));
    TestReports reports =
        TestReports.read(
            Path.of(System.getProperty("guarantees.reports", "target/surefire-reports")),
            Instant.parse(System.getProperty("guarantees.since", Instant.EPOCH.toString())));
    boolean full = System.getProperty("fault.scale", "1").equals("full");

    assertThat(promises).as("lines of docs/guarantees.md").hasSizeGreaterThan(10);
    assertThat(Guarantees.unproven(promises, reports, full)).isEmpty();
  }
}
