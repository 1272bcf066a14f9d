package io.stockobserver.playback;

import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.TapeDays;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * What a day's tape has, from one reading before anything of it is told: so a damaged tape is
 * refused at once and not in the middle of the day.
 *
 * @param messages that came over the feed
 * @param answers that came to requests
 */
record Survey(Instant first, Instant last, long messages, long answers) {
  /**
   * Reads a day.
   *
   * @param each is shown every entry
   * @param leftOut is told where lines stand that are no JSON; nobody will be told them
   * @throws ArchiveException when the day has no entry
   * @throws IOException naming the file that is damaged, and the remedy
   */
  static Survey of(TapeDays tape, LocalDate day, Consumer<Entry> each, Consumer<String> leftOut)
      throws IOException {
    Reading reading = new Reading();
    tape.read(
        day,
        entry -> {
          reading.take(entry);
          each.accept(entry);
        },
        leftOut);
    if (reading.last.equals(Instant.MIN)) {
      throw new ArchiveException("the tape of " + day + " is empty; name another day");
    }
    return new Survey(reading.first, reading.last, reading.messages, reading.answers);
  }

  /** Whether an entry is a message of a feed. */
  static boolean isMessage(Entry entry) {
    return entry.direction() == Direction.IN && entry.re() == 0;
  }

  private static final class Reading {
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private long messages;
    private long answers;

    void take(Entry entry) {
      Instant at = entry.heardAt();
      first = at.isBefore(first) ? at : first;
      last = at.isAfter(last) ? at : last;
      if (isMessage(entry)) {
        messages++;
      } else if (entry.direction() == Direction.IN) {
        answers++;
      }
    }
  }
}
