package io.stockobserver.venue;

import java.util.Map;

/**
 * What came back for a {@link Call}.
 *
 * @param requestSeq the call's number on the tape
 * @param status the HTTP status; 0 when there was no answer, and then the body is our own word why
 * @param headers names in lower case
 */
public record Answer(
    Call call, long requestSeq, int status, byte[] body, Map<String, String> headers) {
  /** A header, or nothing. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
