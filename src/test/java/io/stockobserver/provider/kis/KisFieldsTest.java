package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every field is where {@link String#split} finds it, whatever lies around an eight-byte step. */
class KisFieldsTest {
  private static final String HEAD = "head|";

  private static byte[] bytes(String fields) {
    return (HEAD + fields).getBytes(StandardCharsets.UTF_8);
  }

  private static KisFields fields(String fields) {
    return new KisFields(bytes(fields), HEAD.length());
  }

  @Test
  void countsAndFindsEveryField() {
    Random random = new Random(47);
    for (int round = 0; round < 2_000; round++) {
      int width = 1 + random.nextInt(60);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < width; i++) {
        text.append(i == 0 ? "" : "^").append(letters(random));
      }
      String[] split = text.toString().split("\\^", -1);
      assertThat(KisFields.count(bytes(text.toString()), HEAD.length())).isEqualTo(width);
      KisFields fields = fields(text.toString());
      for (int i = random.nextInt(4); i < width; i += 1 + random.nextInt(4)) {
        assertThat(fields.field(i).text()).as("%s of %s", i, text).isEqualTo(split[i]);
      }
      fields.endRecord(width);
      assertThat(fields.at()).isEqualTo(bytes(text.toString()).length + 1);
    }
  }

  /** Some with neighbours of the separator's code, and with bytes above 127. */
  private static String letters(Random random) {
    return "]_\u00de\u3131 7".repeat(3).substring(0, random.nextInt(13));
  }

  @Test
  void recordFollowsRecord() {
    KisFields fields = fields("a^1^x^b^-2^y");

    assertThat(fields.field(0).text()).isEqualTo("a");
    assertThat(fields.number(1)).isEqualTo(new BigDecimal("1"));
    fields.endRecord(3);
    assertThat(fields.field(0).text()).isEqualTo("b");
    assertThat(fields.number(1)).isEqualTo(new BigDecimal("-2"));
    assertThat(fields.field(2).is('y')).isTrue();
  }

  @Test
  void numbersAreDigitsAsSent() {
    KisFields fields =
        fields("0071900^^-^71850.50^ 12 ^123456789012345678^1234567890123456789^+5^-0^7");

    assertThat(fields.number(0)).isEqualTo(new BigDecimal("71900"));
    assertThat(fields.number(1)).isNull();
    assertThatThrownBy(() -> fields.number(2)).isInstanceOf(NumberFormatException.class);
    assertThat(fields.number(3)).isEqualTo(new BigDecimal("71850.50"));
    assertThat(fields.number(4)).isEqualTo(new BigDecimal("12"));
    assertThat(fields.number(5)).isEqualTo(new BigDecimal("123456789012345678"));
    assertThat(fields.number(6)).isEqualTo(new BigDecimal("1234567890123456789"));
    assertThat(fields.number(7)).isEqualTo(new BigDecimal("5"));
    assertThat(fields.number(8)).isEqualTo(BigDecimal.ZERO);
    assertThat(fields.number(9)).isEqualTo(new BigDecimal("7"));
    fields.endRecord(10);
  }

  @Test
  void aNumberEndsWhereItsFieldEnds() {
    KisFields fields = fields("7x^12 3^4");

    assertThatThrownBy(() -> fields.number(0)).hasMessageContaining("7x");
    assertThatThrownBy(() -> fields.number(1)).hasMessageContaining("12 3");
    assertThat(fields.number(2)).isEqualTo(new BigDecimal("4"));
  }

  @Test
  void everyNumberIsWhatItsTextSaysWhereverItStands() {
    Random random = new Random(48);
    for (int round = 0; round < 20_000; round++) {
      String digits = "9" + "0123456789".repeat(2);
      int from = random.nextInt(10);
      String number =
          (random.nextInt(3) == 0 ? "-" : "")
              + digits.substring(from, from + 1 + random.nextInt(19 - from));
      String before = "x".repeat(random.nextInt(9));
      String after = random.nextBoolean() ? "" : "^" + "7".repeat(random.nextInt(12));
      KisFields fields = fields(before + '^' + number + after);

      assertThat(fields.number(1)).as(number).isEqualTo(new BigDecimal(number));
      fields.endRecord(2);
      assertThat(fields.at()).isEqualTo(HEAD.length() + before.length() + 1 + number.length() + 1);
    }
  }

  @Test
  void whatIsNoDigitIsFoundAtEveryPlaceOfAWord() {
    for (int length = 1; length < 20; length++) {
      for (int place = 0; place < length; place++) {
        for (String odd : new String[] {"/", ":", "?", "p", "\u0010", "\u00b1"}) {
          String text = "1".repeat(place) + odd + "1".repeat(length - 1 - place);
          assertThatThrownBy(() -> fields(text + "^2^3^4^5^6^7^8^9").number(0), text)
              .isInstanceOf(NumberFormatException.class);
        }
      }
    }
  }
}
