package io.stockobserver.playback;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a client is answered. The body is not copied. */
@SuppressWarnings("ArrayRecordComponent") // the bytes of the tape, written and never compared
record Reply(int status, Map<String, String> headers, byte[] body) {
  static final String JSON = "application/json; charset=utf-8";

  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply json(int status, String body) {
    return new Reply(status, Map.of("Content-Type", JSON), body.getBytes(StandardCharsets.UTF_8));
  }

  /** A body of the tape, which has no headers, with the type that it looks like. */
  static Reply recorded(int status, byte[] body) {
    return new Reply(status, Map.of("Content-Type", type(body)), body);
  }

  Reply with(String name, String value) {
    Map<String, String> more = new java.util.HashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }

  private static String type(byte[] body) {
    int first = body.length == 0 ? 0 : body[0];
    if (first == '{' || first == '[') {
      return JSON;
    }
    return first == 'P' && body.length > 3 && body[1] == 'K'
        ? "application/zip"
        : "text/html; charset=utf-8";
  }
}
