package io.stockobserver.recorder;

import io.stockobserver.archive.Appender;
import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the archive written until it takes what is ready, and knows since when it does not. Used
 * under its recorder's lock, except for {@link #closing} and {@link #trouble}. It drops nothing.
 */
public final class Writing {
  private static final Logger LOG = LoggerFactory.getLogger(Writing.class);
  private static final long RETRY_SECONDS = 1;

  private final Archive archive;
  private final Appender appender;
  private final Runnable pause;
  private final Stalls stalls = new Stalls();
  private volatile boolean closing;

  /** By this way into that archive; a second passes before each new try. */
  public Writing(Archive archive, Appender appender) {
    this(archive, appender, Writing::sleep);
  }

  Writing(Archive archive, Appender appender, Runnable pause) {
    this.archive = archive;
    this.appender = appender;
    this.pause = pause;
  }

  Archive archive() {
    return archive;
  }

  /** Writes what is ready, and waits while the disk takes nothing, unless we are closing. */
  void flush(Supplier<Instant> now) {
    Instant began = now.get();
    while (true) {
      try {
        archive.append(appender);
        stalls.appended(began, now.get());
        return;
      } catch (ArchiveException e) {
        if (stalls.failed(String.valueOf(e.getMessage()))) {
          LOG.error("The archive cannot be written: {}; recording waits for it", e.getMessage());
        }
        if (closing) {
          return;
        }
        pause.run();
        if (Thread.currentThread().isInterrupted()) {
          closing = true;
        }
      }
    }
  }

  /** From now on a disk that takes nothing is given up after the next try. */
  void closing() {
    closing = true;
  }

  /** Why nothing can be written right now; null when it can. Any thread. */
  @Nullable String trouble() {
    return stalls.trouble();
  }

  /** The note of a stall that is over and not told yet; asking clears it. */
  @Nullable Map<String, Object> takeOver() {
    return stalls.takeOver();
  }

  private static void sleep() {
    try {
      TimeUnit.SECONDS.sleep(RETRY_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
