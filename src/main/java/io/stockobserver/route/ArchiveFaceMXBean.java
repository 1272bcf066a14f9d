package io.stockobserver.route;

import org.jspecify.annotations.Nullable;

/** One provider's part of the archive while it is written, over JMX. */
@Meaning("The archive of one provider, now. State only: nothing can be set here.")
public interface ArchiveFaceMXBean {
  @Meaning("The tape file being written, below archive.dir; null for none.")
  @Nullable String getOpenTape();

  @Meaning("Files being written; now.")
  int getOpenFiles();

  @Meaning("Bytes that a power cut would cost; now.")
  long getUnforcedBytes();

  @Meaning("Lines that wait for the disk; now, 0 when it keeps up.")
  long getWaitingLines();

  @Meaning("Files sealed since the start.")
  long getSealedFiles();

  @Meaning("Rounds in which something could not be sealed, since the start; it is tried again.")
  long getSealFailures();

  @Meaning("The longest that forcing one file has taken since the start, in milliseconds.")
  long getLongestForceMillis();

  @Meaning("Percent of the archive's disk that is used; now.")
  double getDiskUsedPercent();

  @Meaning("Bytes that are free for us on the archive's disk; now.")
  long getDiskFreeBytes();

  @Meaning("Why the archive cannot be written; null when it can; now.")
  @Nullable String getTrouble();
}
