package io.stockobserver.route.http;

import java.time.LocalDate;
import java.util.Map;

/** Says what it was told. */
final class ToldControl implements Control {
  @Override
  public Map<String, Object> packageDay(String provider, LocalDate day) {
    if (!provider.equals("kis")) {
      throw new IllegalArgumentException(provider + " is not observed here");
    }
    return Map.of("package", provider + "/" + day);
  }

  @Override
  public Map<String, Object> retention(boolean dryRun) {
    return Map.of("dry_run", dryRun);
  }

  @Override
  public Map<String, Object> loadFailed(String provider, LocalDate day, int exit, String detail) {
    return Map.of("failed", provider + "/" + day + "/" + exit + "/" + detail);
  }

  @Override
  public Map<String, Object> slots() {
    return Map.of("providers", java.util.List.of());
  }

  @Override
  public Map<String, Object> status() {
    return Map.of("status", "well");
  }

  @Override
  public Map<String, Object> routes() {
    return Map.of("routes", "all");
  }

  @Override
  public Map<String, Object> route(String act, String name, String actor, String reason) {
    return Map.of("done", String.join(" ", act, name, actor, reason));
  }

  @Override
  public Map<String, Object> slot(
      String act, String provider, String symbol, String actor, String reason) {
    return Map.of("done", String.join(" ", act, provider, symbol, actor, reason));
  }

  @Override
  public Map<String, Object> level(String level, String provider, String actor, String reason) {
    return Map.of("done", String.join(" ", level, provider, actor, reason));
  }
}
