package io.stockobserver.simulator.upbit;

/** A call that is answered with an error. The path is known: the counters are told. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String words) {
    super(words, null, false, false);
    this.status = status;
  }

  static Refusal unknown() {
    return new Refusal(404, "Code not found");
  }

  static Refusal missing() {
    return new Refusal(400, "Missing request parameter error. Check the required parameters!");
  }

  static Refusal type() {
    return new Refusal(400, "Type mismatch error. Check the parameters type!");
  }

  static Refusal value() {
    return new Refusal(400, "Invalid parameter. Check the given value!");
  }

  int status() {
    return status;
  }

  /** As quotation calls tell it: the name is a number. */
  String json() {
    return new Row(false)
        .raw("error", new Row(false).whole("name", status).text("message", getMessage()).json())
        .json();
  }
}
