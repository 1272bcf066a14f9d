package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The beans of this process, as JMX shows them. */
final class Managed {
  private Managed() {}

  /**
   * Stops or starts a route's consumer alone: to stop the route of an archive is refused while
   * somebody is heard, and this is what becomes of a disk that takes nothing.
   */
  static void consumer(String route, String act) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    int done = 0;
    for (ObjectName name :
        server.queryNames(new ObjectName("org.apache.camel:type=consumers,*"), null)) {
      if (route.equals(server.getAttribute(name, "RouteId"))) {
        server.invoke(name, act, new Object[0], new String[0]);
        done++;
      }
    }
    assertThat(done).isEqualTo(1);
  }

  /** Every attribute of every bean. */
  static String everything() {
    StringBuilder all = new StringBuilder();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(null, null)) {
      all.append(name).append('\n');
      try {
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
          all.append(shown(server, name, attribute.getName())).append('\n');
        }
      } catch (JMException gone) {
        all.append("gone\n");
      }
    }
    return all.toString();
  }

  private static String shown(MBeanServer server, ObjectName name, String attribute) {
    try {
      Object value = server.getAttribute(name, attribute);
      return attribute
          + '='
          + (value instanceof Object[] many
              ? java.util.Arrays.deepToString(many)
              : String.valueOf(value));
    } catch (JMException | RuntimeException refused) {
      return attribute + "=?";
    }
  }
}
