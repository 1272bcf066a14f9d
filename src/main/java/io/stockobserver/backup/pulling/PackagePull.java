package io.stockobserver.backup.pulling;

import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.PackageSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One package, whole: its files side by side, the archive's manifests behind them, then the three
 * files that make it a package, the marker last. Used by one thread.
 */
final class PackagePull {
  private final Remote remote;
  private final BackupTree tree;
  private final FileFetch fetch;
  private final ExecutorService workers;
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  PackagePull(Remote remote, BackupTree tree, FileFetch fetch, ExecutorService workers) {
    this.remote = remote;
    this.tree = tree;
    this.fetch = fetch;
    this.workers = workers;
  }

  /** How many files had to be fetched so far. */
  long files() {
    return files.get();
  }

  /** How many bytes are stored in them. */
  long bytes() {
    return bytes.get();
  }

  /**
   * Pulls it. Files that are here already stay; what was fetched before something went wrong stays
   * too.
   *
   * @throws PullException the worst that happened
   */
  void pull(SignedTable package_) throws PullException {
    PackageId id = package_.manifest().id();
    BackupTree.Folders folders = new BackupTree.Folders();
    try {
      all(id, package_, false, folders);
      all(id, package_, true, folders);
    } finally {
      tree.settle(folders);
    }
    // What it was when we began, it still has to be.
    byte[] again = remote.text(id + "/package.json");
    byte[] marker = package_.marker(remote);
    if (!java.util.Arrays.equals(again, package_.table())) {
      throw new PullException(
          Trouble.PACKAGE_CHANGED, id + " has changed while it was pulled; it is not acknowledged");
    }
    tree.write(id.manifest(), package_.table());
    tree.write(id.folder() + "/" + PackageSignature.FILE, package_.signature());
    tree.write(id.folder() + "/" + PackageShelf.MARKER, marker);
  }

  private void all(
      PackageId id, SignedTable package_, boolean manifests, BackupTree.Folders folders)
      throws PullException {
    List<Future<?>> running = new ArrayList<>();
    for (PackageFile file : package_.manifest().files()) {
      if (file.path().startsWith("manifest/") == manifests) {
        running.add(workers.submit(() -> one(id, file, folders)));
      }
    }
    PullException worst = null;
    for (Future<?> file : running) {
      worst = worse(worst, outcome(file));
      if (worst != null && worst.trouble() == Trouble.TARGET) {
        running.forEach(other -> other.cancel(false));
      }
    }
    if (worst != null) {
      throw worst;
    }
  }

  private Void one(PackageId id, PackageFile file, BackupTree.Folders folders)
      throws PullException {
    if (fetch.fetch(id, file, folders)) {
      files.incrementAndGet();
      bytes.addAndGet(file.storedBytes());
    }
    return null;
  }

  private static @Nullable PullException outcome(Future<?> file) {
    try {
      if (!file.isCancelled()) {
        file.get();
      }
      return null;
    } catch (ExecutionException e) {
      return e.getCause() instanceof PullException known
          ? known
          : new PullException(Trouble.BAD_ANSWER, String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PullException(Trouble.UNREACHABLE, "interrupted", e);
    }
  }

  /** A target that takes nothing is worse than damage, and that than what may be gone later. */
  private static @Nullable PullException worse(
      @Nullable PullException a, @Nullable PullException b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    if (a.trouble() == Trouble.TARGET || b.trouble() == Trouble.TARGET) {
      return a.trouble() == Trouble.TARGET ? a : b;
    }
    return a.trouble().again() && !b.trouble().again() ? b : a;
  }

  /** What a receipt says of a package. */
  record Sums(long files, long bytes, long lines) {
    static Sums of(SignedTable package_) {
      List<PackageFile> all = package_.manifest().files();
      return new Sums(
          all.size(),
          all.stream().mapToLong(PackageFile::bytes).sum(),
          all.stream().mapToLong(PackageFile::lines).sum());
    }
  }
}
