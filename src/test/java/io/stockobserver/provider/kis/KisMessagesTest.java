package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KisMessagesTest {
  private static final String APPROVAL = "a2585daf-8c09-4587-9fce-8ab893000000";
  private final KisMessages messages = new KisMessages(KisVenue.KRX);

  private static String fixture(String name) {
    return new String(Heard.fixture(name), StandardCharsets.UTF_8);
  }

  @Test
  void aRegistrationReadsAsInTheSheet() {
    KisMessages.Outgoing register = messages.register("005930", APPROVAL);
    assertThat(register.text()).isEqualTo(fixture("register.json"));
    assertThat(register.tapeText())
        .isEqualTo(fixture("register.json").replace(APPROVAL, "[secret]"));
    assertThat(register.toString()).doesNotContain(APPROVAL);
    assertThat(messages.unregister("005930", APPROVAL).text())
        .isEqualTo(fixture("register.json").replace("\"tr_type\":\"1\"", "\"tr_type\":\"2\""));
  }

  @Test
  void theTapeTellsWhatWasAskedFor() {
    assertThat(KisMessages.parse(messages.register("Q500001", APPROVAL).tapeText()))
        .isEqualTo(new KisMessages.Registration("H0STCNT0", "Q500001", true));
    assertThat(KisMessages.parse(messages.unregister("005930", APPROVAL).tapeText()))
        .isEqualTo(new KisMessages.Registration("H0STCNT0", "005930", false));
    assertThat(KisMessages.parse(fixture("pingpong.json"))).isNull();
    assertThat(KisMessages.parse("0|H0STCNT0")).isNull();
  }

  @Test
  void onlyAPingpongIsAnswered() {
    String ping = fixture("pingpong.json");
    assertThat(KisMessages.replyTo(ping)).isEqualTo(ping);
    assertThat(KisMessages.replyTo(fixture("trade.txt"))).isNull();
    assertThat(KisMessages.replyTo(fixture("ack-registered.json"))).isNull();
    assertThat(KisMessages.replyTo("PINGPONG")).isNull();
  }

  @Test
  void nothingThatBreaksTheMessageGetsIn() {
    assertThatThrownBy(() -> messages.register("\"", APPROVAL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> messages.register("005930", "a\"b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a\"b");
  }
}
