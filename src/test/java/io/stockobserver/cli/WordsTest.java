package io.stockobserver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 kB",
    "1536, 1.5 kB",
    "10240, 10 kB",
    "5242880, 5.0 MB",
    "1099511627776, 1.0 TB",
    "9007199254740992, 8192 TB"
  })
  void sizes(long n, String words) {
    assertThat(Words.bytes(n)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0.0 s",
    "340, 0.3 s",
    "9999, 10.0 s",
    "10000, 10 s",
    "119000, 119 s",
    "120000, 2 min 0 s",
    "3661000, 1 h 1 min"
  })
  void ages(long millis, String words) {
    assertThat(Words.age(Duration.ofMillis(millis))).isEqualTo(words);
  }

  @Test
  void countsAndCauses() {
    assertThat(Words.count(1234567)).isEqualTo("1,234,567");
    assertThat(Words.lastCause(new RuntimeException("outer", new IOException("inner\nmore"))))
        .isEqualTo("inner");
    assertThat(Words.lastCause(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  /** Design, section 5: {@code ISO}, or {@code ISO@EPOCH_MS}. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-20T09:29:50, 2026-11-20T00:29:50Z",
    "2026-11-20T09:29, 2026-11-20T00:29:00Z",
    "2026-11-20T00:29:50Z, 2026-11-20T00:29:50Z",
    "2026-11-20T09:29:50.250+09:00, 2026-11-20T00:29:50.250Z"
  })
  void anInstantWithoutAnOffsetIsSeouls(String text, Instant market) {
    Instants read = new Instants.Converter().convert(text);
    assertThat(read.market()).isEqualTo(market);
    assertThat(read.system()).isNull();
  }

  @Test
  void twoProgramsCanAgreeOnTheMoment() {
    Instants read = new Instants.Converter().convert("2026-11-20T09:29:50@1700000000123");
    assertThat(read.system()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    assertThat(read.market()).isEqualTo(Instant.parse("2026-11-20T00:29:50Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "09:30", "2026-11-31T09:30", "now", "2026-11-20T09:29:50@", "@1"})
  void anythingElseIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> new Instants.Converter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("2026-11-20T09:29:50");
  }

  @Test
  void aSpanIsReadAsInTheConfiguration() {
    assertThat(new Instants.SpanConverter().convert("60s")).hasSeconds(60);
    assertThatThrownBy(() -> new Instants.SpanConverter().convert("60"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("500ms");
  }

  /** A line that is wider than the terminal wraps, and the block is drawn in the wrong place. */
  @Test
  void aLineIsCutWhereTheTerminalEndsAndKoreanIsTwoColumnsWide() {
    assertThat(Words.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Words.cut("abcdef", 5)).isEqualTo("abcde");
    assertThat(Words.cut("ab유효한", 6)).isEqualTo("ab유효");
    assertThat(Words.cut("ab유효한", 5)).isEqualTo("ab유");
    assertThat(Words.cut("", 0)).isEmpty();
  }
}
