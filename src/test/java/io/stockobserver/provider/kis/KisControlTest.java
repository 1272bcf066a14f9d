package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KisControlTest {
  @ParameterizedTest
  @CsvSource({
    "pingpong.json, heartbeat",
    "ack-registered.json, acknowledged 005930",
    "ack-released.json, released 005930",
    "ack-too-many.json, registration refused 000660 OPSP0008 MAX SUBSCRIBE OVER",
    "ack-key-in-use.json, connection refused OPSP8996 ALREADY IN USE appkey false",
    "ack-invalid-approval.json, connection refused OPSP0011 invalid approval : NOT FOUND true",
  })
  void theSessionsMessagesMeanWhatTheSheetSays(String fixture, String told) {
    Heard heard = Heard.feed(fixture);

    assertThat(heard.declared).isZero();
    assertThat(heard.told).containsExactly(told);
  }

  @ParameterizedTest
  @CsvSource({
    "OPSP0002, acknowledged 005930",
    "OPSP0003, released 005930",
    "OPSP0007, registration refused 005930 OPSP0007 x",
    "OPSP8991, registration refused 005930 OPSP8991 x",
  })
  void everyCodeHasItsMeaningAndNeedsNoOutput(String code, String told) {
    assertThat(control("H0STCNT0", "005930", code).told).containsExactly(told);
  }

  @Test
  void anAcknowledgementOfAnotherTransactionIsNotOurs() {
    Heard heard = control("H0STASP0", "005930", "OPSP0000");
    assertThat(heard.refusals.get(0).reason()).isEqualTo("control-unknown");
    assertThat(heard.drifts).containsExactly("control-unknown");
  }

  @Test
  void brokenJsonIsSetAside() {
    Heard heard = Heard.feed("control-torn.json");
    assertThat(heard.declared).isEqualTo(1);
    assertThat(heard.refusals.get(0).reason()).isEqualTo("control-malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"header\":[]}", "{\"body\":{\"msg_cd\":{}}}", " {\"a\":null}"})
  void wholeJsonThatSaysNothingIsSetAside(String text) {
    Heard heard = Heard.feed(KisVenue.KRX, text.getBytes(StandardCharsets.UTF_8));
    assertThat(heard.refusals.get(0).reason()).isEqualTo("control-unknown");
  }

  private static Heard control(String tr, String symbol, String code) {
    String text =
        "{\"header\":{\"tr_id\":\"%s\",\"tr_key\":\"%s\"},\"body\":{\"msg_cd\":\"%s\",\"msg1\":\"x\"}}"
            .formatted(tr, symbol, code);
    return Heard.feed(KisVenue.KRX, text.getBytes(StandardCharsets.UTF_8));
  }
}
