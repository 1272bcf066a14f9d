package io.stockobserver.etl;

/**
 * The database or its server cannot be used, or somebody else is at work on the day; nothing of
 * what was under way is left in it. The message is one line for a person, with the remedy.
 */
public final class EtlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the terminal. */
  public EtlException(String message) {
    super(message);
  }

  /** With a message for the terminal and what lies behind it. */
  public EtlException(String message, Throwable cause) {
    super(message, cause);
  }
}
