package io.stockobserver.behaviour;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Every attribute of every bean of this process, as JMX shows it. */
final class Managed {
  private Managed() {}

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
