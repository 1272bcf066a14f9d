package io.stockobserver.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private final Secrets secrets = new Secrets();
  private final List<Secrets.Sighting> seen = new ArrayList<>();

  @Test
  void everySpellingIsMaskedAndTold() {
    secrets.alarm(seen::add);
    secrets.learn("kis", "ab+cd/ef=\"gh");
    for (String shown : List.of("ab+cd/ef=\"gh", "ab%2Bcd%2Fef%3D%22gh", "ab+cd/ef=\\\"gh")) {
      assertThat(secrets.mask("the log", "key=" + shown + ";")).isEqualTo("key=[secret];");
    }
    assertThat(seen).containsOnly(new Secrets.Sighting("kis", "the log")).hasSize(3);
  }

  @Test
  void whatHasNoneStaysAsItIs() {
    secrets.alarm(seen::add);
    secrets.learn("kis", "0123456789");
    byte[] bytes = {(byte) 0xff, 0, (byte) 0x80, '0', '1'};
    assertThat(secrets.mask("the tape", bytes)).isSameAs(bytes);
    String text = "삼성전자 012345678";
    assertThat(secrets.mask("the log", text)).isSameAs(text);
    assertThat(seen).isEmpty();
  }

  @Test
  void bytesThatAreNoTextSurviveAroundAMask() {
    secrets.learn("kis", "0123456789");
    byte[] bytes = "\u00ff\u00800123456789\u00fe".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(secrets.mask("the tape", bytes))
        .isEqualTo("\u00ff\u0080[secret]\u00fe".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aWordThatIsTooShortIsNotASecret() {
    secrets.learn("kis", "1234567");
    assertThat(secrets.mask("the log", "1234567")).isEqualTo("1234567");
  }

  @Test
  void ofTokensThatAreRenewedTheLastOnesAreKnown() {
    for (int i = 0; i < 20; i++) {
      secrets.learn("kis", "token-number-" + i + ".");
    }
    assertThat(secrets.mask("the log", "token-number-19.")).isEqualTo("[secret]");
    assertThat(secrets.mask("the log", "token-number-4.")).isEqualTo("[secret]");
    assertThat(secrets.mask("the log", "token-number-3.")).isEqualTo("token-number-3.");
    assertThat(secrets.toString()).doesNotContain("token");
  }

  @Test
  void ofTwoWordsThatBeginAlikeTheLongerIsMasked() {
    secrets.learn("kis", "0123456789");
    secrets.learn("kis", "0123456789-and-more");
    assertThat(secrets.mask("the log", "x 0123456789-and-more 0123456789-and"))
        .isEqualTo("x [secret] [secret]-and");
  }

  @Test
  void aPasswordNeedNotBeAscii() {
    secrets.learn("ETL_DB_PASSWORD", "삼성전자-비밀번호");
    assertThat(secrets.mask("the log", "암호: 삼성전자-비밀번호, 삼성전자")).isEqualTo("암호: [secret], 삼성전자");
  }

  @Test
  void whatStreamsIsSearchedForItsOwnersAlone() {
    secrets.learn("kis", "0123456789");
    secrets.learn("OBSERVER_PASSWORD", "12345678");
    byte[] frame = "a 12345678 b".getBytes(StandardCharsets.UTF_8);
    assertThat(secrets.maskOwn("kis", "a frame", frame)).isSameAs(frame);
    assertThat(secrets.maskOwn("upbit", "a frame", frame)).isSameAs(frame);
    assertThat(secrets.maskOwn("kis", "a frame", "0123456789".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("[secret]".getBytes(StandardCharsets.UTF_8));
  }

  /** Against a search that looks everywhere; four letters, so that much is alike. */
  @Test
  void noWordIsMissedWhereverItStands() {
    Random dice = new Random(7);
    for (int round = 0; round < 300; round++) {
      Secrets some = new Secrets();
      List<String> words = new ArrayList<>();
      for (int i = 0; i <= dice.nextInt(5); i++) {
        words.add(letters(dice, 8 + dice.nextInt(round % 3 == 0 ? 200 : 12)));
        some.learn("kis", words.get(i));
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        text.append(letters(dice, dice.nextInt(40)));
        if (dice.nextBoolean()) {
          text.append(words.get(dice.nextInt(words.size())));
        }
      }
      boolean any = words.stream().anyMatch(word -> text.indexOf(word) >= 0);
      String masked = some.mask("the log", text.toString());
      assertThat(masked.equals(text.toString())).as("%s in %s", words, text).isEqualTo(!any);
      assertThat(words).noneMatch(masked::contains);
    }
  }

  private static String letters(Random dice, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append("abcd".charAt(dice.nextInt(4)));
    }
    return word.toString();
  }
}
