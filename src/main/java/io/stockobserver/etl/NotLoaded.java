package io.stockobserver.etl;

/**
 * A day could not be loaded now, and is tried again: no database, or the process is ending. Where
 * it was thrown tells nobody anything: another process has said it.
 */
public final class NotLoaded extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public NotLoaded(String message) {
    super(message, null, false, false);
  }
}
