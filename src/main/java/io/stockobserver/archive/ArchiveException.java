package io.stockobserver.archive;

/**
 * The archive cannot be used or a promise of it would be broken; the message is one line that says
 * what, where and, when a person can do something about it, the remedy.
 */
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for the terminal. */
  public ArchiveException(String message) {
    super(message);
  }

  /** With a message for the terminal and what lies behind it. */
  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
