package io.stockobserver.provider.kis;

import org.jspecify.annotations.Nullable;

/** The REST addresses that we use, with their transaction ids (KIS sheet 2 and 4). */
enum KisEndpoint {
  TOKEN("token", "/oauth2/tokenP", ""),
  APPROVAL("token", "/oauth2/Approval", ""),
  REVOKE("token", "/oauth2/revokeP", ""),
  MULTI_PRICE("swing", "/uapi/domestic-stock/v1/quotations/intstock-multprice", "FHKST11300006"),
  PRICE("swing", "/uapi/domestic-stock/v1/quotations/inquire-price", "FHKST01010100"),
  BOOK("swing", "/uapi/domestic-stock/v1/quotations/inquire-asking-price-exp-ccn", "FHKST01010200"),
  VOLUME_RANK("candidates", "/uapi/domestic-stock/v1/quotations/volume-rank", "FHPST01710000"),
  HOLIDAYS("calendar", "/uapi/domestic-stock/v1/quotations/chk-holiday", "CTCA0903R");

  private final String feed;
  private final String path;
  private final String tr;

  KisEndpoint(String feed, String path, String tr) {
    this.feed = feed;
    this.path = path;
    this.tr = tr;
  }

  String feed() {
    return feed;
  }

  String path() {
    return path;
  }

  /** The transaction id; empty for those that give and take tokens. */
  String tr() {
    return tr;
  }

  /** Whether it asks for the quotes of named symbols. */
  boolean asksForSymbols() {
    return this == MULTI_PRICE || this == PRICE || this == BOOK;
  }

  /**
   * The path of a request on the tape, {@code GET /path?query} or {@code POST /path} with a body on
   * the next line; empty for what is no request.
   */
  static String path(String tapeText) {
    int end = tapeText.length();
    for (char stop : new char[] {'?', '\n'}) {
      int at = tapeText.indexOf(stop);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    int from = tapeText.indexOf(' ') + 1;
    return from > end ? "" : tapeText.substring(from, end).strip();
  }

  /** The endpoint with this path, whatever a gateway in front of it prepends; null for none. */
  static @Nullable KisEndpoint at(String path) {
    for (KisEndpoint endpoint : values()) {
      if (path.endsWith(endpoint.path)) {
        return endpoint;
      }
    }
    return null;
  }
}
