package io.stockobserver.route;

import io.stockobserver.mitigation.Mitigation;
import java.util.Map;

/** Shows a {@link Mitigation} over JMX as {@value #NAME}. Thread-safe. */
public final class LevelFace implements LevelFaceMXBean {
  /** Its name at the platform's MBean server. */
  public static final String NAME = "io.stockobserver:type=Mitigation";

  private final Mitigation mitigation;

  private LevelFace(Mitigation mitigation) {
    this.mitigation = mitigation;
  }

  /** Shows it until it is closed. */
  public static Shown show(Mitigation mitigation) {
    return Shown.as(NAME, new LevelFace(mitigation));
  }

  @Override
  public int getLevel() {
    return mitigation.level();
  }

  @Override
  public boolean isAuto() {
    return mitigation.isAuto();
  }

  @Override
  public Map<String, Double> getLoad() {
    return mitigation.load().asMap();
  }

  @Override
  public void override(int level, String actor, String reason) {
    mitigation.override(level, actor, reason);
  }

  @Override
  public void auto(String actor, String reason) {
    mitigation.auto(actor, reason);
  }
}
