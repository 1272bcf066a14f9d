package io.stockobserver.route;

import io.stockobserver.mitigation.Mitigation;
import java.util.Map;

/** Shows a venue's {@link Mitigation} over JMX. Thread-safe. */
public final class LevelFace implements LevelFaceMXBean {
  private final Mitigation mitigation;
  private final Actors actors;

  private LevelFace(Mitigation mitigation, Actors actors) {
    this.mitigation = mitigation;
    this.actors = actors;
  }

  /** Shows it as {@code io.stockobserver:type=Mitigation,provider=…} until it is closed. */
  public static Shown show(String provider, Mitigation mitigation, Actors actors) {
    return Shown.as(
        "io.stockobserver:type=Mitigation,provider=" + provider,
        LevelFaceMXBean.class,
        new LevelFace(mitigation, actors));
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
    mitigation.override(level, actors.or(actor), reason);
  }

  @Override
  public void auto(String actor, String reason) {
    mitigation.auto(actors.or(actor), reason);
  }
}
