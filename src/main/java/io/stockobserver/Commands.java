package io.stockobserver;

import io.stockobserver.backup.PackageRefused;
import io.stockobserver.backup.Packaged;
import io.stockobserver.route.http.Control;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** What commands ask of the observer that has the archive. */
final class Commands implements Control {
  private final Packages packages;

  Commands(Packages packages) {
    this.packages = packages;
  }

  /** A refusal is an answer too: {@code reason} and {@code detail}. */
  @Override
  public Map<String, Object> packageDay(String provider, LocalDate day) {
    Map<String, Object> told = new LinkedHashMap<>();
    try {
      Packaged made = packages.make(provider, day);
      told.put("package", made.id().toString());
      told.put("made", made.made());
      told.put("complete", made.complete());
      told.put("open", made.open());
      told.put("files", made.files());
      told.put("bytes", made.bytes());
      told.put("stored_bytes", made.storedBytes());
      told.put("anomalies", made.anomalies());
      told.put("sha256", made.sha256());
    } catch (PackageRefused refused) {
      told.put("reason", refused.reason().word());
      told.put("detail", refused.getMessage());
    }
    return told;
  }

  @Override
  public Map<String, Object> retention(boolean dryRun) {
    throw new UnsupportedOperationException("this observer forgets nothing");
  }
}
