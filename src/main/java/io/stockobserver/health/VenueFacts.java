package io.stockobserver.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one venue when its health is asked for. Instants are the market's.
 *
 * @param since when this process began to observe it
 */
public record VenueFacts(
    String provider, Instant now, Instant since, Feed feed, Sweeps sweeps, Keeping keeping) {

  /**
   * What streams.
   *
   * @param watchedFrom when today's slots are watched; null on a day without
   * @param stopped whether its route is stopped
   * @param lastData when data last came; null for not yet
   * @param dead why it is of no use although it is open, or why nobody ever opens it again; null
   *     otherwise
   * @param wanted how many slots are to be heard
   * @param notReceiving who of them is not, although it should be
   */
  public record Feed(
      @Nullable Instant watchedFrom,
      @Nullable Instant watchedUntil,
      boolean stopped,
      boolean open,
      @Nullable Instant lastData,
      @Nullable String dead,
      int wanted,
      List<String> notReceiving) {
    public Feed {
      notReceiving = List.copyOf(notReceiving);
    }

    boolean watched(Instant at) {
      return watchedFrom != null
          && watchedUntil != null
          && !at.isBefore(watchedFrom)
          && at.isBefore(watchedUntil);
    }
  }

  /**
   * What is asked for by request.
   *
   * @param from when today's sweeps begin; null on a day without
   * @param last when the last one began; null for none yet
   * @param recorded how many symbols that one brought
   * @param refusal why the venue refuses us for good; null when it does not
   * @param trouble what it refused last; null for nothing
   */
  public record Sweeps(
      @Nullable Instant from,
      @Nullable Instant until,
      Duration every,
      boolean running,
      @Nullable Instant last,
      int recorded,
      int members,
      @Nullable String refusal,
      @Nullable String trouble,
      @Nullable Instant troubleAt) {}

  /**
   * What is kept.
   *
   * @param diskTrouble why lines cannot be written; null when they can
   * @param sealTrouble why something cannot be sealed; null when it can
   * @param clockOffset the market's clock against the venue's; null while that is unknown
   * @param unpackaged the last day before today that should have a package and has none; empty for
   *     none
   * @param unprovenSince since when the oldest package has waited for a backup's word; null for
   *     none
   * @param backups whether a backup has ever been expected
   */
  public record Keeping(
      @Nullable String diskTrouble,
      @Nullable String sealTrouble,
      int mitigationLevel,
      boolean calendarKnown,
      @Nullable Duration clockOffset,
      String unpackaged,
      @Nullable Instant unprovenSince,
      Duration unprovenAtMost,
      boolean backups) {}
}
