package io.stockobserver.retention;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the archive shows of one provider's day.
 *
 * @param files raw files that lie there
 * @param bytes that they take, what the day's packages alone hold included
 * @param anomalies what marked the day, by the verdict of its package
 * @param proof the last version of its package
 * @param complete whether that version says that the day had ended and was sealed
 * @param receipts the whole ones that name exactly that version
 * @param obstacle what makes its files unfit for deletion, whatever the receipts say
 * @param begun whether it was told as deleted already: a crash left some of it
 * @param restored when an operator brought it back, if it was not deleted again since
 */
public record DayFacts(
    String provider,
    LocalDate day,
    long files,
    long bytes,
    List<String> anomalies,
    Optional<PackageId> proof,
    boolean complete,
    List<Receipt> receipts,
    Optional<Obstacle> obstacle,
    boolean begun,
    Optional<LocalDate> restored) {

  /** Copies the lists. */
  public DayFacts {
    anomalies = List.copyOf(anomalies);
    receipts = List.copyOf(receipts);
  }

  /** Whether somebody has fetched the last version. */
  public boolean pulled() {
    return receipts.stream().anyMatch(r -> r.kind() == Receipt.Kind.PULLED);
  }

  /** The receipt that lets the day be deleted: of somebody who fetched it and read all of it. */
  public Optional<Receipt> proving() {
    return Receipt.proving(receipts);
  }

  /** Whether a backup has taken back its word. */
  public boolean withdrawn() {
    return receipts.stream().anyMatch(Receipt::withdraws);
  }
}
