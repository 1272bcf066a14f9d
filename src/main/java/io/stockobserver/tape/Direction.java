package io.stockobserver.tape;

/** Which way a tape entry went. */
public enum Direction {
  /** Heard from the venue. */
  IN("in"),
  /** Said to the venue; secrets in it are replaced by a mark. */
  OUT("out"),
  /** What the observer itself decided or noticed: ticks, session starts, feed events. */
  NOTE("note");

  private final String wire;

  Direction(String wire) {
    this.wire = wire;
  }

  /** The word on the tape. */
  public String wire() {
    return wire;
  }

  /**
   * The direction that a word on the tape means.
   *
   * @throws IllegalArgumentException for any other word
   */
  public static Direction of(String wire) {
    return switch (wire) {
      case "in" -> IN;
      case "out" -> OUT;
      case "note" -> NOTE;
      default -> throw new IllegalArgumentException("no direction on the tape: " + wire);
    };
  }
}
