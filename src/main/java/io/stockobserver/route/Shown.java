package io.stockobserver.route;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MXBean that is shown over JMX until it is closed. An observer without it (somebody else has
 * the name) observes all the same.
 */
public final class Shown implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shown.class);

  private final String name;
  private boolean shown;

  private Shown(String name) {
    this.name = name;
  }

  /** Shows it under this object name, with what {@link Meaning} says of it. */
  static <T> Shown as(String name, Class<T> face, T mxBean) {
    Shown bean = new Shown(name);
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new Described(mxBean, face), new ObjectName(name));
      bean.shown = true;
    } catch (JMException e) {
      LOG.warn("{} is not shown: {}", name, e.toString());
    }
    return bean;
  }

  @Override
  public void close() {
    if (shown) {
      shown = false;
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(name));
      } catch (JMException e) {
        LOG.warn("{} stays: {}", name, e.toString());
      }
    }
  }
}
