package io.stockobserver.trigger;

/**
 * Much more traded than usual: units a second in the window ({@code trigger.window}) in times of
 * units a second in the baseline before it ({@code trigger.baseline}); both over the time that was
 * seen. The baseline counts at least as {@code trigger.volume.floor} of currency a minute. Fires
 * from {@code trigger.volume.surge} times; needs half of the window and the warm-up.
 */
final class VolumeSurge implements Trigger {
  private final double threshold;
  private final double floor;

  VolumeSurge(TriggerSettings settings) {
    threshold = settings.volumeSurge();
    floor = settings.volumeFloor().doubleValue();
  }

  @Override
  public Band band() {
    return Band.VOLUME;
  }

  @Override
  public double excess(Picture p) {
    return p.windowRate() / p.usualRate(floor) / threshold;
  }
}
