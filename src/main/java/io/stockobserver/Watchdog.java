package io.stockobserver;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the process has started and still looks after itself; it is started again when
 * that word stays out. Java has no datagram sockets of this kind, so {@code systemd-notify} carries
 * the word. Does nothing where nobody asked for it. One thread.
 */
final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final int PATIENCE_SECONDS = 10;

  private final List<String> command;
  private final Runnable alive;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(Watchdog::thread);

  private Watchdog(List<String> command, Runnable alive) {
    this.command = command;
    this.alive = alive;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "watchdog");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins, if the environment says that somebody listens.
   *
   * @param alive looks at everything once; while it does not return, no word is given
   */
  static Watchdog begin(Map<String, String> environment, Runnable alive) {
    return begin(environment, List.of("systemd-notify"), alive);
  }

  static Watchdog begin(Map<String, String> environment, List<String> command, Runnable alive) {
    Watchdog watchdog = new Watchdog(command, alive);
    if (!environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty()) {
      watchdog.worker.execute(() -> watchdog.say("READY=1"));
      long micros = micros(environment.getOrDefault("WATCHDOG_USEC", ""));
      if (micros > 0) {
        long every = Math.max(1, Duration.ofNanos(micros * 1000).dividedBy(3).toMillis());
        ScheduledFuture<?> unused =
            watchdog.worker.scheduleAtFixedRate(
                watchdog::ping, every, every, TimeUnit.MILLISECONDS);
      }
    }
    return watchdog;
  }

  private static long micros(String text) {
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
  }

  private void ping() {
    try {
      alive.run();
      say("WATCHDOG=1");
    } catch (RuntimeException wrong) {
      LOG.error("the watchdog is not fed", wrong);
    }
  }

  private void say(String word) {
    List<String> words = new ArrayList<>(command);
    words.add(word);
    try {
      Process notify =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!notify.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        notify.destroyForcibly();
        LOG.warn("{} does not end", words);
      } else if (notify.exitValue() != 0) {
        LOG.warn("{} failed: exit {}", words, notify.exitValue());
      }
    } catch (IOException e) {
      LOG.warn("systemd is not told: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
