package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The operators' table of settings says of each when a change holds, and says what the code does.
 */
class ReachTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z0-9_.-]+)` \\| (at once|next round|restart) \\| .+ \\|");

  @Test
  void everySettingHasItsRowAndNothingElse() throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("docs/operating.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        assertThat(told.put(row.group(1), row.group(2))).as("a second row of %s", line).isNull();
      }
    }
    Properties all = new Properties();
    try (var file = Files.newBufferedReader(Path.of("config/application.properties"))) {
      all.load(file);
    }
    Map<String, String> is = new TreeMap<>();
    for (String key : new TreeSet<>(all.stringPropertyNames())) {
      is.put(key, Reach.of(key).words());
    }
    assertThat(new TreeMap<>(told)).isEqualTo(is);
    assertThat(List.copyOf(told.keySet())).as("in the order of the keys").isSorted();
  }

  @ParameterizedTest
  @CsvSource({
    "track.scalp.every, AT_ONCE",
    "slot.upbit.count, AT_ONCE",
    "my.own, AT_ONCE",
    "provider.kis.feed.silence, AT_ONCE",
    "mitigation.cpu.level1, AT_ONCE",
    "mitigation.level1.rotate, NEXT_ROUND",
    "provider.kis.feed.url, RESTART",
    "universe.kr_stocks.min-price, RESTART",
    "archive.dir, RESTART"
  })
  void eachIsOfItsKind(String key, Reach reach) {
    assertThat(Reach.of(key)).isEqualTo(reach);
  }
}
