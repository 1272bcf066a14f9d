package io.stockobserver.etl;

import org.jspecify.annotations.Nullable;

/**
 * The database or its server cannot be used, or somebody else is at work on the day; nothing of
 * what was under way is left in it. The message is one line for a person, with the remedy.
 */
public final class EtlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean busy;

  /** With a message for the terminal. */
  public EtlException(String message) {
    this(message, null, false);
  }

  /** With a message for the terminal and what lies behind it. */
  public EtlException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private EtlException(String message, @Nullable Throwable cause, boolean busy) {
    super(message, cause);
    this.busy = busy;
  }

  static EtlException busy(String message) {
    return new EtlException(message, null, true);
  }

  /** Whether only somebody else is at work, and nothing is wrong. */
  public boolean isBusy() {
    return busy;
  }
}
