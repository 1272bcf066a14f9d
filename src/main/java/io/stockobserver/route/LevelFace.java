package io.stockobserver.route;

import io.stockobserver.mitigation.Mitigation;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a {@link Mitigation} over JMX as {@value #NAME} until it is closed. An observer without it
 * (somebody else has the name) observes all the same. Thread-safe.
 */
public final class LevelFace implements LevelFaceMXBean, AutoCloseable {
  /** Its name at the platform's MBean server. */
  public static final String NAME = "io.stockobserver:type=Mitigation";

  private static final Logger LOG = LoggerFactory.getLogger(LevelFace.class);

  private final Mitigation mitigation;
  private boolean shown;

  private LevelFace(Mitigation mitigation) {
    this.mitigation = mitigation;
  }

  /** Shows it. */
  public static LevelFace show(Mitigation mitigation) {
    LevelFace face = new LevelFace(mitigation);
    try {
      server().registerMBean(face, new ObjectName(NAME));
      face.shown = true;
    } catch (JMException e) {
      LOG.warn("{} is not shown: {}", NAME, e.toString());
    }
    return face;
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
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

  @Override
  public void close() {
    if (shown) {
      shown = false;
      try {
        server().unregisterMBean(new ObjectName(NAME));
      } catch (JMException e) {
        LOG.warn("{} stays: {}", NAME, e.toString());
      }
    }
  }
}
