package io.stockobserver.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.market.Stamp;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How full the disk is, and each provider's newest package with the word of its backups. Looked at
 * now and then, not at every question. One thread.
 */
final class Storage {
  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final long DISK_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long PACKAGES_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private record Newest(PackageId id, List<Receipt> receipts) {}

  private final Path root;
  private final PackageShelf shelf;
  private Map<String, Newest> packages = Map.of();
  private long total;
  private long free;
  private long diskDue = Long.MIN_VALUE;
  private long packagesDue = Long.MIN_VALUE;

  Storage(Path root) {
    this.root = root;
    this.shelf = new PackageShelf(root);
  }

  /** Looks at what is due. */
  void look(long nanos) {
    if (nanos >= diskDue) {
      diskDue = nanos + DISK_EVERY_NANOS;
      disk();
    }
    if (nanos >= packagesDue) {
      packagesDue = nanos + PACKAGES_EVERY_NANOS;
      packages();
    }
  }

  /** A package was made or a backup spoke: that is news now. */
  void packagesDue() {
    packagesDue = Long.MIN_VALUE;
  }

  private void disk() {
    try {
      FileStore store = Files.getFileStore(root);
      total = store.getTotalSpace();
      free = store.getUsableSpace();
    } catch (IOException unknown) {
      total = 0;
      free = 0;
    }
  }

  private void packages() {
    try {
      Map<String, PackageId> last = new TreeMap<>();
      shelf
          .all()
          .forEach(id -> last.merge(id.provider(), id, (a, b) -> a.compareTo(b) < 0 ? b : a));
      Map<String, Newest> found = new TreeMap<>();
      for (PackageId id : last.values()) {
        List<Receipt> receipts = new ArrayList<>(shelf.receipts(id));
        receipts.sort(Comparator.comparing(Receipt::at));
        found.put(id.provider(), new Newest(id, receipts));
      }
      packages = found;
    } catch (IOException e) {
      LOG.info("packages cannot be looked at: {}", e.toString());
    }
  }

  void writeDisk(JsonGenerator g) throws IOException {
    g.writeObjectFieldStart("disk");
    g.writeNumberField("total_bytes", total);
    g.writeNumberField("free_bytes", free);
    g.writeEndObject();
  }

  /** Of one provider; nothing where it has no package. */
  void writeBackup(JsonGenerator g, String provider) throws IOException {
    Newest newest = packages.get(provider);
    if (newest == null) {
      return;
    }
    g.writeObjectFieldStart("backup");
    g.writeStringField("day", newest.id().date().toString());
    g.writeNumberField("version", newest.id().version());
    if (!newest.receipts().isEmpty()) {
      Receipt last = newest.receipts().get(newest.receipts().size() - 1);
      g.writeStringField("receipt", last.proves() ? "proven" : "pulled");
      g.writeStringField("by", last.by());
      g.writeStringField("at", Stamp.of(last.at()));
    }
    g.writeEndObject();
  }
}
