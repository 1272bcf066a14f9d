package io.stockobserver.backup.packing;

/** A day of which no package can be made as things are; the message names thing and remedy. */
public final class PackageRefused extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, as {@code backup_failed} says it. */
  public enum Reason {
    /** What the archive has is not what its manifest says. */
    DAMAGED,
    /** The key cannot be used, or is not the one that the chain was signed with. */
    KEY,
    /** The disk is full or fails. */
    DISK,
    /** The archive has nothing of that day. */
    NOTHING,
    /** The day was deleted, as a receipt allows. */
    FORGOTTEN,
    /** The process ends. */
    STOPPED;

    /** As the event has it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Reason reason;

  PackageRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
