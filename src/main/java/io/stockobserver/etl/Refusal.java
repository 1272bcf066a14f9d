package io.stockobserver.etl;

/** Why a file is not loaded: a dead letter. Nothing of the file is in the database then. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  /**
   * One that is wrong in a line.
   *
   * @param line from 1; 0 for the file as a whole
   */
  Refusal(long line, String reason) {
    super(reason);
    this.line = line;
  }

  long line() {
    return line;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
