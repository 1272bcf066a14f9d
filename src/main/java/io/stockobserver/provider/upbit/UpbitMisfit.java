package io.stockobserver.provider.upbit;

/** A record that is not what it should be: a reason for machines, and what it was seen by. */
final class UpbitMisfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Without a stack: it is caught where the record is read, as often as the venue sends one. */
  UpbitMisfit(String reason, String what) {
    super(what, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
