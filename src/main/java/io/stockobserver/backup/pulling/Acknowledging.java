package io.stockobserver.backup.pulling;

import io.stockobserver.archive.Disk;
import io.stockobserver.archive.packages.Receipt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers receipts over HTTP, one at a time, to whichever configured server the day is from. */
public final class Acknowledging implements ReceiptDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledging.class);

  private final Path root;
  private final Disk disk;
  private final Supplier<List<PullServer>> servers;
  private final Patience patience;

  /** From the backup at {@code root}. */
  public Acknowledging(
      Path root, Disk disk, Supplier<List<PullServer>> servers, Patience patience) {
    this.root = root;
    this.disk = disk;
    this.servers = servers;
    this.patience = patience;
  }

  @Override
  public boolean deliver(Receipt receipt) {
    ExecutorService client = Executors.newSingleThreadExecutor();
    try {
      BackupTree tree = new BackupTree(root, disk);
      Claims claims = Claims.read(tree);
      Optional<String> holder = claims.holder(receipt.id());
      for (PullServer server : servers.get()) {
        if (holder.filter(server.name()::equals).isPresent()) {
          String pinned = server.pin();
          String pin = pinned != null ? pinned : claims.book(tree, server.name()).certificate();
          new Remote(server, pin, patience, client).give(receipt);
          return true;
        }
      }
      return false;
    } catch (PullException | RuntimeException later) {
      LOG.warn("{} is delivered by the next pull: {}", receipt.path(), later.getMessage());
      return false;
    } finally {
      client.shutdownNow();
    }
  }
}
