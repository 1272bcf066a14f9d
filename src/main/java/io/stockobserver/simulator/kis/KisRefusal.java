package io.stockobserver.simulator.kis;

/** A call is not served: HTTP status, KIS code and its words. */
final class KisRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  KisRefusal(int status, String code, String words) {
    super(words, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
