package io.stockobserver.route;

import org.jspecify.annotations.Nullable;

/** Which packages and receipts one provider has, over JMX. */
@Meaning("Packages and the word of backups, of one provider. State only: nothing can be set here.")
public interface CopiesFaceMXBean {
  @Meaning("Whole packages that lie in the archive; read from the disk, up to 30 s old.")
  int getPackages();

  @Meaning("The newest package, PROVIDER/DAY/VERSION; null for none; up to 30 s old.")
  @Nullable String getLastPackage();

  @Meaning("Whether its day had ended and was sealed; up to 30 s old.")
  boolean isLastComplete();

  @Meaning(
      "The newest word of a backup for any package: what it did, who, when; null for none; up to 30 s old.")
  @Nullable String getLastReceipt();

  @Meaning(
      "The newest day of which a backup has read every byte back; null for none; up to 30 s old.")
  @Nullable String getLastProvenDay();

  @Meaning("Why the packages cannot be read; null when they can.")
  @Nullable String getTrouble();
}
