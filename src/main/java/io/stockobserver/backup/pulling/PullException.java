package io.stockobserver.backup.pulling;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** A pull, or a part of it, that did not end well; the message is one line for a person. */
public final class PullException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Trouble trouble;

  PullException(Trouble trouble, String message) {
    super(message);
    this.trouble = trouble;
  }

  PullException(Trouble trouble, String message, Throwable cause) {
    super(message, cause);
    this.trouble = trouble;
  }

  /** The directory of the backup did not take something. */
  public static PullException target(Object what, IOException why) {
    String reason =
        why instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : String.valueOf(why.getMessage());
    return new PullException(
        Trouble.TARGET,
        "%s cannot be written: %s; make room or make it writable and try again: nothing is lost"
            .formatted(what, reason),
        why);
  }

  /** Why. */
  public Trouble trouble() {
    return trouble;
  }
}
