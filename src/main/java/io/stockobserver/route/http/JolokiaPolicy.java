package io.stockobserver.route.http;

import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;

/**
 * What may be asked of JMX from outside: {@code jolokia-policy.xml}. The rest is not even listed.
 */
final class JolokiaPolicy extends PolicyRestrictor {
  private static final Set<String> LISTED =
      Set.of("org.apache.camel", "io.stockobserver", "java.lang", "jolokia");

  private JolokiaPolicy(InputStream xml) {
    super(xml);
  }

  static JolokiaPolicy read() {
    return new JolokiaPolicy(
        Objects.requireNonNull(
            JolokiaPolicy.class.getResourceAsStream("/jolokia-policy.xml"), "in the jar"));
  }

  @Override
  public boolean isObjectNameHidden(ObjectName name) {
    return !LISTED.contains(name.getDomain());
  }
}
