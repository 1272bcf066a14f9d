package io.stockobserver.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
}
