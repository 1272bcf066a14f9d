package io.stockobserver.mitigation;

/** What can be too much. Its word ends in its unit, in events and metrics alike. */
public enum Condition {
  /** The process's time on processors, of all that it may use. */
  CPU("cpu_percent"),
  /** Heap left after collection, of its maximum. */
  MEMORY("memory_percent"),
  /** The slowest append or force of the archive. */
  DISK_DELAY("disk_write_delay_ms"),
  /** From the socket to the tape, the slowest message, one that still waits included. */
  QUEUE_DELAY("queue_delay_ms");

  private final String word;

  Condition(String word) {
    this.word = word;
  }

  /** As events and metrics name it. */
  public String word() {
    return word;
  }
}
