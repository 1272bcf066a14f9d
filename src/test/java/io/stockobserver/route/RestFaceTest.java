package io.stockobserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.ClockOffset;
import io.stockobserver.venue.MemoryDesk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class RestFaceTest {
  private static final Call CALL =
      Call.get(
          "swing",
          "/q",
          "A=1",
          Map.of("authorization", "Bearer T1", "content-type", "application/json"),
          List.of("005930"));

  private final MemoryDesk desk = new MemoryDesk();
  private final RestFace face = new RestFace(desk, new ClockOffset());
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  @Test
  void aCallIsOnTheTapeBeforeItIsMade() {
    ask();
    assertThat(desk.tape).containsExactly("say GET /q?A=1");
    var message = exchange.getMessage();
    assertThat(message.getHeader(Exchange.HTTP_METHOD)).isEqualTo("GET");
    assertThat(message.getHeader(Exchange.HTTP_PATH)).isEqualTo("/q");
    assertThat(message.getHeader(Exchange.HTTP_QUERY)).isEqualTo("A=1");
    assertThat(message.getHeader("authorization")).isEqualTo("Bearer T1");
    assertThat(message.getHeader("left-over")).as("of an earlier step").isNull();
    assertThat(message.getBody()).isNull();
  }

  @Test
  void whatCameBackIsAnAnswerAndTheSecretsEndHere() {
    ask();
    var message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, 500);
    message.setHeader("tr_cont", "M");
    message.setHeader("Date", "Fri, 20 Nov 2026 00:30:00 GMT");
    message.setBody("{}".getBytes(StandardCharsets.UTF_8));
    face.answered(exchange);
    Answer answer = exchange.getMessage().getBody(Answer.class);
    assertThat(answer.call()).isSameAs(CALL);
    assertThat(answer.requestSeq()).isEqualTo(1);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).asString().isEqualTo("{}");
    assertThat(answer.header("tr_cont")).isEqualTo("M");
    assertThat(answer.header("date")).contains("00:30:00");
    assertThat(answer.headers().toString()).doesNotContain("T1");
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void anEmptyAnswerIsAnAnswer() {
    ask();
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    exchange.getMessage().setBody(null);
    face.answered(exchange);
    assertThat(exchange.getMessage().getBody(Answer.class).body()).isEmpty();
  }

  @Test
  void nothingThatCameBackIsStatusZeroAndWhy() {
    ask();
    exchange.setProperty(
        Exchange.EXCEPTION_CAUGHT, new RuntimeException(new IOException("Connection refused")));
    face.unreachable(exchange);
    Answer answer = exchange.getMessage().getBody(Answer.class);
    assertThat(answer.status()).isZero();
    assertThat(answer.body()).asString().isEqualTo("IOException: Connection refused");
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
  }

  private void ask() {
    exchange.getMessage().setHeader("left-over", "x");
    exchange.getMessage().setBody(CALL);
    face.ask(exchange);
  }
}
