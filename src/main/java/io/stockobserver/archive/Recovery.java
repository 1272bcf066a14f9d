package io.stockobserver.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a start found.
 *
 * @param cleanEnd whether the last session ended cleanly and nothing has been touched since; true
 *     for an empty archive
 * @param lastSession {@code session_id} of the newest event
 * @param lastHeardAt {@code heard_at} of the last line on the tape
 * @param lastSampleAt the last instant of a scalp line
 * @param lastSeq seq of the last line on the tape, 0 when there is none
 * @param lastDay the newest day that has a file
 */
public record Recovery(
    List<Finding> findings,
    boolean cleanEnd,
    Optional<String> lastSession,
    Optional<Instant> lastHeardAt,
    Optional<Instant> lastSampleAt,
    long lastSeq,
    Optional<LocalDate> lastDay) {

  /** Copies the findings. */
  public Recovery {
    findings = List.copyOf(findings);
  }
}
