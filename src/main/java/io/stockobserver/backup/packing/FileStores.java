package io.stockobserver.backup.packing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Has the files of a day stored by one thread, the caller's, or by several. */
final class FileStores {
  private final FileStore store;
  private final int threads;

  FileStores(FileStore store, int threads) {
    this.store = store;
    this.threads = threads;
  }

  /** In the order in which they were given; nothing is left running when it returns or throws. */
  List<FileStore.Put> all(Collection<DayFile> files) throws IOException, PackageRefused {
    List<FileStore.Put> puts = new ArrayList<>();
    if (threads == 1) {
      for (DayFile file : files) {
        puts.add(store.put(file));
      }
      return puts;
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, FileStores::thread);
    List<Future<FileStore.Put>> waiting = new ArrayList<>();
    try {
      files.forEach(file -> waiting.add(pool.submit(() -> store.put(file))));
      for (Future<FileStore.Put> put : waiting) {
        puts.add(put.get());
      }
      return puts;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PackageRefused refused) {
        throw refused;
      }
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      waiting.forEach(put -> put.cancel(false));
      end(pool);
    }
  }

  private static void end(ExecutorService pool) {
    pool.shutdown();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "package-file");
    thread.setDaemon(true);
    return thread;
  }
}
