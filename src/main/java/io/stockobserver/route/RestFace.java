package io.stockobserver.route;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.ClockOffset;
import io.stockobserver.venue.Desk;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What stands before and behind an {@code http:} step: a {@link Call} becomes a message once it is
 * on the tape, and what came back becomes an {@link Answer}. Secrets are in the message's headers
 * only between the two.
 */
public final class RestFace {
  private static final String CALL = "observerCall";
  private static final String SEQ = "observerSeq";

  private final Desk desk;
  private final ClockOffset clockOffset;

  public RestFace(Desk desk, ClockOffset clockOffset) {
    this.desk = desk;
    this.clockOffset = clockOffset;
  }

  /** Puts the call on the tape and dresses it for the {@code http:} step. */
  public void ask(Exchange exchange) {
    Call call = exchange.getMessage().getBody(Call.class);
    exchange.setProperty(CALL, call);
    exchange.setProperty(SEQ, desk.say(call));
    Message out = exchange.getMessage();
    out.removeHeaders("*");
    call.headers().forEach(out::setHeader);
    out.setHeader(Exchange.HTTP_METHOD, call.method());
    out.setHeader(Exchange.HTTP_PATH, call.path());
    if (!call.query().isEmpty()) {
      out.setHeader(Exchange.HTTP_QUERY, call.query());
    }
    out.setBody(call.body() == null ? null : call.body().getBytes(StandardCharsets.UTF_8));
  }

  /** Takes what came back. */
  public void answered(Exchange exchange) {
    Message in = exchange.getMessage();
    byte[] body = in.getBody(byte[].class);
    int status = in.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
    Map<String, String> headers = new HashMap<>();
    Call call = exchange.getProperty(CALL, Call.class);
    in.getHeaders()
        .forEach(
            (name, value) -> {
              // The request's own headers are still on the message; its secrets end here.
              if (!name.startsWith("Camel") && value != null && !call.headers().containsKey(name)) {
                headers.put(name.toLowerCase(Locale.ROOT), value.toString());
              }
            });
    Object trCont = in.getHeader("tr_cont");
    if (trCont != null) {
      headers.put("tr_cont", trCont.toString());
    }
    finish(exchange, status, body == null ? new byte[0] : body, headers);
  }

  /** Nothing came back: the answer says why, in our own words. */
  public void unreachable(Exchange exchange) {
    Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Throwable root = why;
    while (root != null && root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text =
        root == null ? "no answer" : root.getClass().getSimpleName() + ": " + root.getMessage();
    finish(exchange, 0, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private void finish(Exchange exchange, int status, byte[] body, Map<String, String> headers) {
    Call call = exchange.getProperty(CALL, Call.class);
    long seq = exchange.getProperty(SEQ, 0L, long.class);
    exchange.getMessage().removeHeaders("*");
    Answer answer = new Answer(call, seq, status, body, headers);
    clockOffset.heard(answer, desk.now());
    exchange.getMessage().setBody(answer);
  }
}
