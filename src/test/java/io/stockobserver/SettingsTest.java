package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.mitigation.Condition;
import io.stockobserver.mitigation.MitigationSettings;
import io.stockobserver.mitigation.Thresholds;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.trigger.TriggerSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Path HOME = Path.of("");
  private static final Path REAL = Path.of("config/application.properties");

  @TempDir Path folder;

  @Test
  void theDefaultsAreThoseOfTheDesign() {
    Settings settings = real(Map.of());
    Ground ground = Ground.read(settings, HOME, false);
    KisSettings kis = KisSettings.read(settings);

    assertThat(kis.mock()).isFalse();
    assertThat(kis.slotRules())
        .isEqualTo(new SlotRules(41, Duration.ofSeconds(60), 0.05, Duration.ofSeconds(30)));
    assertThat(kis.rate()).isEqualTo("18/s");
    assertThat(settings.text("provider.kis.rest.url"))
        .startsWith("https://openapi.koreainvestment.com");
    assertThat(kis.silence()).isEqualTo(Duration.ofSeconds(40));
    assertThat(kis.minPrice()).isEqualByComparingTo("4000");
    assertThat(ground.tracks().swingEvery()).isEqualTo(Duration.ofMinutes(10));
    assertThat(kis.boardWords()).containsExactlyInAnyOrder("kospi", "kosdaq");
    assertThat(ground.tracks().triggers())
        .isEqualTo(
            new TriggerSettings(
                Duration.ofSeconds(60),
                Duration.ofMinutes(20),
                4.0,
                new BigDecimal("10000000"),
                2.5,
                3.0,
                0.3,
                3.0));
    assertThat(ground.sync()).isEqualTo(Duration.ofMillis(100));
    MitigationSettings mitigation = ground.mitigation();
    assertThat(mitigation.thresholds())
        .isEqualTo(
            Map.of(
                Condition.CPU, new Thresholds(80, 90),
                Condition.MEMORY, new Thresholds(85, 95),
                Condition.DISK_DELAY, new Thresholds(500, 1000),
                Condition.QUEUE_DELAY, new Thresholds(2000, 5000)));
    assertThat(mitigation.sustained()).isEqualTo(Duration.ofMinutes(5));
    assertThat(mitigation.segments())
        .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(1));
    assertThat(ground.root()).isEqualTo(Path.of("data").toAbsolutePath());
  }

  @Test
  void noLevelsFilesLastLongerThanThoseOfTheLevelBelow() {
    Ground ground = Ground.read(real(Map.of("ARCHIVE_SCALP_ROTATE", "90s")), HOME, false);

    assertThat(ground.mitigation().segments())
        .containsExactly(Duration.ofSeconds(90), Duration.ofSeconds(90), Duration.ofMinutes(1));
  }

  /** A key that nobody reads is a promise that nobody keeps. */
  @Test
  void everyKeyOfTheRealFileIsReadBySomebody() {
    Settings settings = real(Map.of());
    Ground.read(settings, HOME, false);

    Venues.all().check(settings);
  }

  @Test
  void theEnvironmentWinsOverTheFile() {
    assertThat(KisSettings.read(real(Map.of("SLOT_KIS_COUNT", "7"))).slotRules().places())
        .isEqualTo(7);
  }

  @Test
  void aDashIsAnUnderscoreInTheEnvironment() {
    Map<String, String> environment = Map.of("UNIVERSE_KR_STOCKS_MIN_PRICE", "1000");

    assertThat(KisSettings.read(real(environment)).minPrice()).isEqualByComparingTo("1000");
  }

  @Test
  void theCommandLineWinsOverBoth() {
    Settings settings =
        Settings.read(
            REAL, Map.of("ARCHIVE_DIR", "/from/env"), Map.of("archive.dir", "/from/args"));

    assertThat(settings.text("archive.dir")).isEqualTo("/from/args");
  }

  @Test
  void theMockHasItsOwnHostsAndRate() {
    Settings settings = real(Map.of("PROVIDER_KIS_ENVIRONMENT", "mock"));
    KisSettings kis = KisSettings.read(settings);

    assertThat(settings.text("provider.kis.rest.url")).startsWith("https://openapivts.");
    assertThat(kis.rate()).isEqualTo("1/s");
  }

  /** Key, value and what is allowed are in the one line that the operator sees. */
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          slot.kis.count                | 42        | a whole number from 1 to 41
          slot.kis.count                | many      | a whole number from 1 to 41
          slot.kis.count                | ''        | a whole number from 1 to 41
          universe.kr_stocks.min-price  | -1        | a number from 0
          universe.kr_stocks.min-price  | 4,000     | a number from 0
          universe.kr_stocks.groups     | 'ST,,RT'  | words with commas between them
          track.scalp.every             | 500       | a duration such as 500ms, 10s or 5m, from 100ms to 60s
          track.scalp.every             | 50ms      | a duration such as 500ms, 10s or 5m, from 100ms to 60s
          track.swing.window            | 9-15      | START..END, each open or close with a shift
          trigger.window                | 9s        | a duration such as 500ms, 10s or 5m, from 10s to 600s
          trigger.baseline              | 119s      | a duration such as 500ms, 10s or 5m, from 120s to 7200s
          trigger.volume.surge          | 1.4       | a number from 1.5 to 100
          trigger.volume.floor          | 0         | a number from 1 to 1000000000000
          trigger.velocity.surge        | 101       | a number from 1.5 to 100
          trigger.volatility.spike      | twice     | a number from 1.5 to 100
          trigger.volatility.floor      | 0         | a number from 0.01 to 10
          trigger.price.spike           | 30.1      | a number from 0.1 to 30
          archive.sync                  | 1m        | a duration such as 500ms, 10s or 5m, from 10ms to 10s
          mitigation.cpu.level1         | 80        | a percentage from 1% to 100%
          mitigation.cpu.level1         | 101%      | a percentage from 1% to 100%
          mitigation.cpu.level2         | 79%       | a percentage from 80% to 100%
          mitigation.memory.level2      | 84.9%     | a percentage from 85% to 100%
          mitigation.disk-delay.level2  | 499ms     | a duration such as 500ms, 10s or 5m, from 500ms to 3600s
          mitigation.queue-delay.level2 | 1s        | a duration such as 500ms, 10s or 5m, from 2s to 3600s
          mitigation.recover.below      | 101%      | a percentage from 10% to 100%
          mitigation.every              | 31s       | a duration such as 500ms, 10s or 5m, from 1s to 30s
          archive.tape.rotate           | 0s        | a duration such as 500ms, 10s or 5m, from 1s
          provider.kis.environment      | test      | one of live, mock
          provider.kis.enabled          | yes       | one of true, false
          provider.kis.venue            | nyse      | krx, nxt or unified
          provider.kis.rest.rate        | 18        | a number from 1 and /s or /m
          provider.kis.rest.rate        | 99999999999/s | a number from 1 and /s or /m
          provider.kis.rest.url         | ftp://x   | a URL that begins with http://
          provider.kis.feed.url         | localhost | a URL that begins with ws://
          """)
  void whatIsRefusedIsNamedWithItsRemedy(String key, String value, String allowed) {
    String name = key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    Settings settings = real(Map.of(name, value));

    assertThatThrownBy(
            () -> {
              Ground.read(settings, HOME, false);
              Venues.all().check(settings);
            })
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(key + " = " + value + " is not allowed; write " + allowed)
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void anUnknownKeyIsRefused() throws IOException {
    Settings settings = file("slot.kis.cuont = 41\nmy.own = 1\ncamel.main.x = 1\n");

    assertThatThrownBy(settings::refuseUnknown)
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("slot.kis.cuont is no setting; correct or remove it");
  }

  @Test
  void theOperatorsOwnKeysAndCamelsAreLeftAlone() throws IOException {
    file("my.own = 1\ncamel.main.x = 1\n").refuseUnknown();
  }

  @Test
  void aMissingKeyIsNamedWithItsFile() throws IOException {
    Settings settings = file("archive.dir = data\n");

    assertThatThrownBy(() -> settings.text("archive.sync"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("application.properties has no archive.sync; add the line");
  }

  @Test
  void aMissingFileIsNamed() {
    Path nowhere = folder.resolve("application.properties");

    assertThatThrownBy(() -> Settings.read(nowhere, Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(nowhere + " is not there; ");
  }

  @Test
  void theSameValuesGiveTheSameHash() {
    String once = real(Map.of()).sha256();

    assertThat(real(Map.of()).sha256()).isEqualTo(once);
    assertThat(real(Map.of("SLOT_KIS_COUNT", "7")).sha256()).isNotEqualTo(once);
    assertThat(
            real(Map.of("ARCHIVE_DIR", "/elsewhere", "PROVIDER_KIS_REST_URL", "http://x")).sha256())
        .as("where things are is no setting of what is recorded")
        .isEqualTo(once);
  }

  private static Settings real(Map<String, String> environment) {
    return Settings.read(REAL, environment, Map.of());
  }

  private Settings file(String text) throws IOException {
    Path file = folder.resolve("application.properties");
    Files.writeString(file, text);
    return Settings.read(file, Map.of(), Map.of());
  }
}
