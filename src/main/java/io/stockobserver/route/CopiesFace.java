package io.stockobserver.route;

import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.PackageShelf;
import io.stockobserver.archive.packages.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows one provider's packages and receipts over JMX; looks at most twice a minute. Thread-safe.
 */
public final class CopiesFace implements CopiesFaceMXBean {
  private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();

  private final Path root;
  private final String provider;
  private final LongSupplier nanos;
  private @Nullable Look look;

  private record Look(
      long at,
      int packages,
      @Nullable PackageId last,
      boolean complete,
      @Nullable Receipt receipt,
      @Nullable String provenDay,
      @Nullable String trouble) {}

  private CopiesFace(Path root, String provider, LongSupplier nanos) {
    this.root = root;
    this.provider = provider;
    this.nanos = nanos;
  }

  /**
   * Shows them as {@code io.stockobserver:type=Backup,provider=…} until it is closed.
   *
   * @param nanos a monotonic clock
   */
  public static Shown show(Path root, String provider, LongSupplier nanos) {
    return Shown.as(
        "io.stockobserver:type=Backup,provider=" + provider,
        CopiesFaceMXBean.class,
        new CopiesFace(root, provider, nanos));
  }

  private synchronized Look look() {
    Look seen = look;
    if (seen == null || nanos.getAsLong() - seen.at() > FRESH_NANOS) {
      seen = lookAnew();
      look = seen;
    }
    return seen;
  }

  private Look lookAnew() {
    PackageShelf shelf = new PackageShelf(root);
    try {
      List<PackageId> all =
          shelf.all().stream().filter(id -> id.provider().equals(provider)).toList();
      PackageId last = all.isEmpty() ? null : all.get(all.size() - 1);
      @Nullable Receipt newest = null;
      @Nullable String proven = null;
      for (PackageId id : all) {
        for (Receipt receipt : shelf.receipts(id)) {
          newest = newest == null || receipt.at().isAfter(newest.at()) ? receipt : newest;
          proven = receipt.proves() ? id.toString().split("/", -1)[1] : proven;
        }
      }
      boolean complete = last != null && shelf.manifest(last).complete();
      return new Look(nanos.getAsLong(), all.size(), last, complete, newest, proven, null);
    } catch (IOException unreadable) {
      return new Look(nanos.getAsLong(), 0, null, false, null, null, unreadable.getMessage());
    }
  }

  @Override
  public int getPackages() {
    return look().packages();
  }

  @Override
  public @Nullable String getLastPackage() {
    PackageId last = look().last();
    return last == null ? null : last.toString();
  }

  @Override
  public boolean isLastComplete() {
    return look().complete();
  }

  @Override
  public @Nullable String getLastReceipt() {
    Receipt receipt = look().receipt();
    return receipt == null
        ? null
        : "%s %s by %s at %s"
            .formatted(
                receipt.id(),
                receipt.kind().name().toLowerCase(Locale.ROOT),
                receipt.by(),
                receipt.at());
  }

  @Override
  public @Nullable String getLastProvenDay() {
    return look().provenDay();
  }

  @Override
  public @Nullable String getTrouble() {
    return look().trouble();
  }
}
