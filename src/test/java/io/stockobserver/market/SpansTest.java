package io.stockobserver.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "5m, PT5M",
    "10s, PT10S",
    "24h, PT24H",
    "3d, PT72H",
    "0.5s, PT0.5S",
    "1.5h, PT90M",
    "0s, PT0S",
    "' 100 ms ', PT0.1S"
  })
  void aNumberWithItsUnit(String text, Duration meant) {
    assertThat(Spans.parse(text)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "ms", "-5s", "5 minutes", "1e3s", "5S", ".5s", "5.s", "1s2s", "0.2ms"})
  void everythingElseIsRefusedWithWhatIsAllowed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spans.parse(text))
        .withMessageContaining("\"" + text + "\"")
        .withMessageContaining("ms, s, m, h or d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999d", "4000d"})
  void whatWouldOverflowLaterIsRefusedNow(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Spans.parse(text));
  }
}
