package io.stockobserver.route;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.jspecify.annotations.Nullable;

/** Says in one line what Camel says in forty: where in the file, why, and what to do. */
final class RouteTrouble {
  private static final Pattern LINE = Pattern.compile("line:? (\\d+)");
  private static final Pattern NAMED =
      Pattern.compile("(?:for: |name: |scheme: |method: |id: |\\[\\{|\"|\\[|property: )([\\w.:-]+)");
  private static final int LONGEST = 300;

  private RouteTrouble() {}

  static RouteFinding finding(RouteFile file, Throwable trouble) {
    Throwable cause = root(trouble);
    String what = firstLine(cause);
    return new RouteFinding(file.name(), line(file, trouble, what), what, remedy(trouble));
  }

  private static String remedy(Throwable trouble) {
    if (caused(trouble, NoSuchBeanException.class) != null) {
      return "correct the bean's name";
    }
    if (caused(trouble, MethodNotFoundException.class) != null) {
      return "correct the method's name";
    }
    ResolveEndpointFailedException endpoint =
        caused(trouble, ResolveEndpointFailedException.class);
    if (endpoint != null) {
      return String.valueOf(endpoint.getMessage()).contains("No component found")
          ? "correct the word before the colon of the uri"
          : "correct the uri or its parameters";
    }
    return caused(trouble, FailedToCreateRouteException.class) != null
        ? "correct the step"
        : "correct the YAML";
  }

  private static int line(RouteFile file, Throwable trouble, String what) {
    for (Throwable t = trouble; t != null && t != t.getCause(); t = t.getCause()) {
      Matcher m = LINE.matcher(String.valueOf(t.getMessage()));
      if (m.find()) {
        return Integer.parseInt(m.group(1));
      }
    }
    Matcher named = NAMED.matcher(what);
    while (named.find()) {
      int line = file.lineOf(named.group(1));
      if (line > 0) {
        return line;
      }
    }
    return 0;
  }

  private static Throwable root(Throwable trouble) {
    Throwable root = trouble;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable cause) {
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String line = text.strip().lines().findFirst().orElse("").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  private static <T extends Throwable> @Nullable T caused(Throwable trouble, Class<T> type) {
    for (Throwable t = trouble; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
