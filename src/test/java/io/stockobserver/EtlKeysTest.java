package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EtlKeysTest {
  private static final Map<String, String> NOBODY = Map.of();

  private static Settings with(Map<String, String> over) {
    return Settings.read(Path.of("config/application.properties"), Map.of(), over);
  }

  @Test
  void byDefaultNothingIsLoadedAndNothingAsked() {
    Settings settings = with(Map.of());
    assertThat(EtlKeys.every(settings)).isEqualTo(Duration.ZERO);
    assertThat(EtlKeys.report(settings, NOBODY, () -> Instant.EPOCH).due()).isFalse();
    assertThat(EtlKeys.report(settings, NOBODY, () -> Instant.EPOCH).checks()).isEmpty();
  }

  @Test
  void aQuestionWantsADatabaseThatRunsAllTheTime() {
    Settings settings = with(Map.of("etl.report.every", "10m"));
    assertThatThrownBy(() -> EtlKeys.every(settings))
        .isInstanceOf(Settings.SettingsException.class)
        .hasMessageStartingWith("etl.report.every = 10m ")
        .hasMessageContaining("name one in etl.db.url, or write 0s");
    Settings named =
        with(Map.of("etl.report.every", "10m", "etl.db.url", "jdbc:postgresql://db.example.org/t"));
    assertThat(EtlKeys.report(named, NOBODY, () -> Instant.EPOCH).due()).isTrue();
  }

  @Test
  void whoIsNotAskedNeedsNoPassword() {
    Map<String, String> gone = Map.of("ETL_DB_PASSWORD_FILE", "/nowhere/password");
    Settings silent = with(Map.of("etl.db.url", "jdbc:postgresql://db.example.org/t"));
    assertThat(EtlKeys.report(silent, gone, () -> Instant.EPOCH).due()).isFalse();
  }
}
