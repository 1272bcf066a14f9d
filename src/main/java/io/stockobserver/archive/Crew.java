package io.stockobserver.archive;

import io.stockobserver.archive.Verification.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Some threads that check files side by side; what they find is told in the files' order. */
final class Crew implements AutoCloseable {
  private final ExecutorService threads;

  Crew(int size) {
    this.threads =
        Executors.newFixedThreadPool(
            size,
            work -> {
              Thread thread = new Thread(work, "verify");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does each check, and adds what all of them found. A check must not throw. */
  void all(List<Consumer<Findings>> checks, Findings findings) {
    List<Future<Findings>> begun = new ArrayList<>();
    for (Consumer<Findings> check : checks) {
      Findings own = findings.beside();
      begun.add(threads.submit(() -> check.accept(own), own));
    }
    for (Future<Findings> one : begun) {
      try {
        findings.add(one.get());
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("verification was interrupted", stop);
      } catch (ExecutionException mistake) {
        throw new IllegalStateException(mistake.getCause());
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
