package io.stockobserver.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsTest {
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "71900,71900",
        "100.50,100.50",
        "0.00,0.00",
        "-71200,-71200",
        "+12,12",
        "  42  ,42",
        "000071200,71200",
        "999999999999999999,999999999999999999",
        "9999999999999999999999.5,9999999999999999999999.5",
        "1.5e3,1.5E+3",
        "1E-7,1E-7",
        "0.00000001,1E-8",
        "7.9276E-4,0.00079276",
        "-1.485E8,-1.485E+8",
        "1.2345678901E11,1.2345678901E+11",
        "1.E5,1E+5",
        "2E+3,2E+3",
        "1E64,1E+64",
      })
  void digitsAreReadAsSent(String text, String number) {
    assertThat(Digits.decimal(text)).isEqualTo(new BigDecimal(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "      "})
  void nothingIsNoNumber(String text) {
    assertThat(Digits.decimal(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "+",
        ".",
        "1 2",
        "71,900",
        "--1",
        "1-",
        "1.2.3",
        "abc",
        "NaN",
        "0x10",
        "1e",
        "1e-",
        "E5",
        "1E5E5",
        "1E5.0",
        "1E65",
        "1E999999999",
        "1e-100",
        "٣",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Digits.decimal(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void onlyTheBytesAskedForAreRead() {
    byte[] b = "12^345^6".getBytes(StandardCharsets.US_ASCII);
    assertThat(Digits.decimal(b, 3, 6)).isEqualTo(new BigDecimal("345"));
  }
}
