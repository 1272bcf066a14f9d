package io.stockobserver.archive;

import io.stockobserver.health.Waits;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces every file that has bytes which the disk may not have yet. Never holds the archive's lock
 * while the disk works. A failure is counted and remembered with its file, which is written anew
 * when it is sealed.
 */
final class ForceRound {
  private static final Logger LOG = LoggerFactory.getLogger(ForceRound.class);

  private final Rotation rotation;
  private final Object lock;
  private final Waits writes;
  private long longestNanos;
  private long failures;
  private String lastFailure = "";

  ForceRound(Rotation rotation, Object lock, Waits writes) {
    this.rotation = rotation;
    this.lock = lock;
    this.writes = writes;
  }

  private record Dirty(WritingFile file, long bytes) {}

  void run() {
    boolean ignored = force();
  }

  /** One round; false when something could not be forced. */
  boolean force() {
    var dirty = new java.util.ArrayList<Dirty>();
    synchronized (lock) {
      for (WritingFile file : rotation.files()) {
        if (file.created && file.bytes > file.forcedBytes) {
          dirty.add(new Dirty(file, file.bytes));
        }
      }
    }
    boolean all = true;
    for (Dirty next : dirty) {
      all &= force(next);
    }
    return all;
  }

  private boolean force(Dirty next) {
    long began = System.nanoTime();
    try (Waits.Wait write = writes.begin()) {
      boolean forced = next.file().force();
      long took = System.nanoTime() - began;
      synchronized (lock) {
        longestNanos = Math.max(longestNanos, took);
        if (forced && next.file().forceFailure.isEmpty()) {
          next.file().forcedBytes = Math.max(next.file().forcedBytes, next.bytes());
        }
      }
      return true;
    } catch (IOException why) {
      synchronized (lock) {
        failures++;
        lastFailure = next.file().path() + ": " + why.getMessage();
        if (next.file().forceFailure.isEmpty()) {
          LOG.error("forcing {} to disk failed: {}", next.file().path(), why.getMessage());
        }
        next.file().forceFailure = lastFailure;
      }
      return false;
    }
  }

  Forcing status() {
    synchronized (lock) {
      long unforced = 0;
      for (WritingFile file : rotation.files()) {
        unforced += file.bytes - file.forcedBytes;
      }
      return new Forcing(Duration.ofNanos(longestNanos), unforced, failures, lastFailure);
    }
  }
}
