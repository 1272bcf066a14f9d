package io.stockobserver.backup.pulling;

import io.stockobserver.archive.packages.PackageFile;
import io.stockobserver.archive.packages.PackageId;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * Brings one file of a package here, unless it is: fetched into a {@code .part}, proven while it
 * streams, then put in its place. Thread-safe: it holds nothing of a file.
 */
final class FileFetch {
  private final Remote remote;
  private final BackupTree tree;
  private final Patience patience;
  private final LongConsumer progress;
  private final BiConsumer<String, String> aside;

  /**
   * From this server into this tree.
   *
   * @param aside told of what was moved aside: what it was, and what it is called now
   */
  FileFetch(
      Remote remote,
      BackupTree tree,
      Patience patience,
      LongConsumer progress,
      BiConsumer<String, String> aside) {
    this.remote = remote;
    this.tree = tree;
    this.patience = patience;
    this.progress = progress;
    this.aside = aside;
  }

  /** Whether the file had to be fetched. */
  boolean fetch(PackageId id, PackageFile file, BackupTree.Folders folders) throws PullException {
    BackupTree.Found found = tree.look(id, file);
    if (found.state() == BackupTree.State.GOOD) {
      progress.accept(file.storedBytes());
      return false;
    }
    prove(id, file, found);
    if (found.state() == BackupTree.State.DAMAGED) {
      // Only now: until a good one is here, a damaged file is better than none.
      aside.accept(file.stored(), tree.aside(tree.at(file.stored())));
    }
    tree.put(file, found, folders);
    return true;
  }

  private void prove(PackageId id, PackageFile file, BackupTree.Found found) throws PullException {
    for (boolean again = false; ; again = true) {
      long[] seen = {0};
      long resumed = 0;
      try (Download download =
          new Download(
              remote,
              id,
              file,
              tree.disk(),
              tree.part(file),
              patience,
              n -> {
                seen[0] += n;
                progress.accept(n);
              })) {
        resumed = download.resumed();
        new FileProof(file, found.grows() ? found.listing().orElseThrow() : null).read(download);
        return;
      } catch (PullException wrong) {
        if (wrong.trouble() != Trouble.DAMAGED && wrong.trouble() != Trouble.NOT_GROWN) {
          throw wrong;
        }
        progress.accept(-seen[0]);
        if (wrong.trouble() == Trouble.NOT_GROWN) {
          throw wrong; // what came is proven: it stays where it is, for a person to look at
        }
        tree.forget(tree.part(file)); // it is no part of the file: nothing is to be built on it
        if (again || resumed == 0) {
          throw wrong;
        }
      }
    }
  }
}
