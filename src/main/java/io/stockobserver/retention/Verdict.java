package io.stockobserver.retention;

/**
 * What is to become of a day's raw files.
 *
 * @param reason one word, as events carry it
 * @param detail for a person
 */
public record Verdict(Act act, String reason, String detail) {

  /** What to do. */
  public enum Act {
    /** Its time has not come. */
    KEEP,
    /** Everything is proven elsewhere. */
    DELETE,
    /** Its time has come, and something is missing. */
    REFUSE,
    /** As {@link #REFUSE}, and it is so old that somebody has to see to it. */
    ALARM
  }

  boolean isRefusal() {
    return act == Act.REFUSE || act == Act.ALARM;
  }
}
