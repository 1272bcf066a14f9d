package io.stockobserver.archive;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a file before and after a batch is appended to it by somebody else, and after
 * that failed. One thread at a time; the archive's lock is held only to count.
 */
final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Disk disk;
  private final Path root;
  private final Rotation rotation;
  private final Object lock;
  private final TailCut cutter;
  private final Told told;

  /** Hears of what was cut off after a failed append. */
  interface Told {
    void accept(TailCut.Cut cut) throws IOException;
  }

  Delivery(Disk disk, Path root, Rotation rotation, Object lock, TailCut cutter, Told told) {
    this.disk = disk;
    this.root = root;
    this.rotation = rotation;
    this.lock = lock;
    this.cutter = cutter;
    this.told = told;
  }

  void prepare(Batch batch) throws IOException {
    WritingFile file = writing(batch);
    Path target = root.resolve(batch.path());
    if (!file.created) {
      disk.createDirectories(target.getParent());
      if (!disk.exists(target)) {
        disk.create(target);
      }
      disk.forceDirectory(target.getParent());
      file.hold(disk.hold(target));
      synchronized (lock) {
        file.created = true;
      }
    }
    if (file.torn) {
      cutTorn(file, target);
    }
  }

  private WritingFile writing(Batch batch) throws IOException {
    synchronized (lock) {
      WritingFile file = rotation.file(batch.path());
      if (file == null) {
        throw new IOException("sealed, or never begun: " + batch.path());
      }
      if (batch.firstLine() != file.lines + 1) {
        throw new IOException(
            "line %d of %s is due, not %d"
                .formatted(file.lines + 1, batch.path(), batch.firstLine()));
      }
      return file;
    }
  }

  private void cutTorn(WritingFile file, Path target) throws IOException {
    long size = disk.size(target);
    if (size < file.bytes) {
      throw new IOException("%s has %d bytes, %d were written".formatted(target, size, file.bytes));
    }
    if (size > file.bytes) {
      told.accept(cutter.cut(file.place, file.bytes, file.lines));
    }
    synchronized (lock) {
      file.torn = false;
    }
  }

  void appended(Batch batch) throws ArchiveException {
    try {
      WritingFile file = writing(batch);
      long size = disk.size(root.resolve(batch.path()));
      long due = file.bytes + batch.bytes().length;
      if (size != due) {
        throw new IOException("%d bytes are there, not %d".formatted(size, due));
      }
      synchronized (lock) {
        file.appended(batch);
      }
    } catch (IOException why) {
      throw new ArchiveException(
          "append to %s went wrong: %s".formatted(batch.path(), why.getMessage()), why);
    }
  }

  void failed(Batch batch, Exception why) {
    LOG.warn("append to {} failed: {}", batch.path(), why.toString());
    synchronized (lock) {
      WritingFile file = rotation.file(batch.path());
      if (file != null) {
        file.torn = true;
      }
    }
  }
}
