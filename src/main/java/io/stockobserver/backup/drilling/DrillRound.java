package io.stockobserver.backup.drilling;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.pulling.BackupTree;
import io.stockobserver.backup.pulling.PullException;
import io.stockobserver.backup.pulling.ReceiptDelivery;
import io.stockobserver.backup.pulling.TreeEvents;
import io.stockobserver.backup.pulling.TreeLock;
import io.stockobserver.evidence.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Drills a backup: the newest version of each day all of it until it has this backup's word, then a
 * share each time. What holds is told and, the first time, acknowledged; what does not is told, an
 * earlier word is taken back, and the damaged file is moved aside so that the next pull fetches it
 * anew. Nothing is deleted. Holds the backup's lock while it works.
 */
public final class DrillRound {
  private final Path root;
  private final String by;
  private final double share;
  private final Disk disk;
  private final Clock clock;
  private final LongSupplier seeds;
  private final ReceiptDelivery delivery;

  /**
   * Of one backup.
   *
   * @param by its name, in receipts
   * @param share of the files that is read once a day has its receipt, above 0 and up to 1
   * @param seeds choose which; the seed is told
   */
  public DrillRound(
      Path root,
      String by,
      double share,
      Disk disk,
      Clock clock,
      LongSupplier seeds,
      ReceiptDelivery delivery) {
    this.root = root;
    this.by = by;
    this.share = share;
    this.disk = disk;
    this.clock = clock;
    this.seeds = seeds;
    this.delivery = delivery;
  }

  /** What is to be read: a package, and whether all of it. */
  public record Task(PackageId id, boolean all, long storedBytes) {}

  /** What is to be drilled of the days that are asked for, oldest first. */
  public List<Task> tasks(Predicate<PackageId> asked) throws IOException {
    PackageShelf shelf = new PackageShelf(root);
    Map<LocalDate, Map<String, PackageId>> newest = new TreeMap<>();
    for (PackageId id : shelf.all()) {
      newest.computeIfAbsent(id.date(), unseen -> new TreeMap<>()).put(id.provider(), id);
    }
    List<Task> tasks = new ArrayList<>();
    for (Map<String, PackageId> day : newest.values()) {
      for (PackageId id : day.values()) {
        if (asked.test(id)) {
          tasks.add(new Task(id, word(shelf, id).filter(Receipt::proves).isEmpty(), bytes(id)));
        }
      }
    }
    return tasks;
  }

  private long bytes(PackageId id) {
    try {
      return new PackageShelf(root).manifest(id).storedBytes();
    } catch (IOException damaged) {
      return 0; // the drill tells it
    }
  }

  /** This backup's own word about a package as it lies here. */
  private Optional<Receipt> word(PackageShelf shelf, PackageId id) throws IOException {
    String sha256 = shelf.sha256(id);
    return shelf.receipts(id).stream()
        .filter(r -> r.kind() == Receipt.Kind.DRILLED && r.by().equals(by))
        .filter(r -> r.packageSha256().equals(sha256))
        .findFirst();
  }

  /**
   * Does them.
   *
   * @param progress is told stored bytes that were read
   * @param told of each, when it is done
   * @throws PullException with {@code TARGET} when the backup is held or takes nothing
   */
  public void run(List<Task> tasks, LongConsumer progress, Consumer<Drilled> told)
      throws IOException {
    TreeEvents events = new TreeEvents(root, disk, clock, "drill");
    try (TreeLock lock = TreeLock.take(root)) {
      BackupTree tree = new BackupTree(root, disk);
      for (Task task : tasks) {
        Drill drill = new Drill(root, progress);
        long seed = seeds.getAsLong();
        Drilled drilled = task.all() ? drill.all(task.id()) : drill.share(task.id(), share, seed);
        try {
          if (drilled.ok()) {
            proven(drilled, tree, events, task.all());
          } else {
            damaged(drilled, tree, events);
          }
        } catch (PullException full) {
          full(drilled, full, events);
          throw full;
        } finally {
          told.accept(drilled);
        }
      }
    }
  }

  /** What was read is told, and that nothing follows from it yet. */
  private static void full(Drilled drilled, PullException why, TreeEvents events) {
    Event event =
        events
            .event("backup_failed")
            .with("package", drilled.id().toString())
            .with("reason", why.trouble().word())
            .with("detail", why.getMessage());
    events.tell(event, drilled.id().provider(), "backup");
  }

  private void proven(Drilled drilled, BackupTree tree, TreeEvents events, boolean all)
      throws IOException {
    if (all) {
      give(receipt(drilled, 1), tree);
    }
    Event event =
        events
            .event("backup_verified")
            .with("package", drilled.id().toString())
            .with("receipt", "drilled")
            .with("by", by)
            .with("share", drilled.share())
            .with("seed", all ? null : drilled.seed())
            .with("files", drilled.files().size())
            .with("bytes", drilled.bytes())
            .with("lines", drilled.lines())
            .with("past_cache", drilled.direct());
    events.tell(event, drilled.id().provider(), drilled.market());
  }

  private void damaged(Drilled drilled, BackupTree tree, TreeEvents events) throws IOException {
    Optional<Receipt> word = word(tree.shelf(), drilled.id());
    // First of all: nobody may delete on it any more.
    Optional<PullException> full =
        word.isPresent() ? takeBack(receipt(drilled, 0), tree) : Optional.empty();
    for (Damage damage : drilled.damage()) {
      String kept = damage.kind().equals("differs") ? tree.aside(tree.at(damage.path())) : null;
      Event event =
          events
              .event("backup_failed")
              .with("package", drilled.id().toString())
              .with("reason", "drill")
              .with("detail", damage.words())
              .with("kept", kept)
              .with("withdrawn", word.isPresent() ? true : null);
      events.tell(event, drilled.id().provider(), "backup");
    }
    if (full.isPresent()) {
      throw full.get();
    }
  }

  /** The server hears of it, also where this disk takes nothing: there it would be deleted on. */
  private Optional<PullException> takeBack(Receipt nothing, BackupTree tree) {
    try {
      give(nothing, tree);
      return Optional.empty();
    } catch (PullException full) {
      delivery.deliver(nothing);
      try {
        tree.aside(tree.at(nothing.path())); // a new name needs no room, and the word is gone
      } catch (PullException readOnly) {
        full.addSuppressed(readOnly);
      }
      return Optional.of(full);
    }
  }

  private Receipt receipt(Drilled drilled, double read) {
    return new Receipt(
        Receipt.Kind.DRILLED,
        drilled.id(),
        drilled.sha256(),
        by,
        clock.instant(),
        drilled.files().size(),
        drilled.bytes(),
        drilled.lines(),
        read);
  }

  private void give(Receipt receipt, BackupTree tree) throws PullException {
    tree.write(receipt.path(), receipt.write());
    delivery.deliver(receipt);
  }
}
