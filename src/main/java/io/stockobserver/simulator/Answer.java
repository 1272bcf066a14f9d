package io.stockobserver.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a venue answers to a {@link Call}: the headers are written with exactly this spelling. */
public final class Answer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** A text in UTF-8. */
  public static Answer of(int status, Map<String, String> headers, String body) {
    return new Answer(status, Map.copyOf(headers), body.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes as they are. The array is not copied. */
  public static Answer of(int status, Map<String, String> headers, byte[] body) {
    return new Answer(status, Map.copyOf(headers), body);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
