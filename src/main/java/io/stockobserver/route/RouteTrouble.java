package io.stockobserver.route;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.jspecify.annotations.Nullable;

/** Says in one line what Camel says in forty: where in the file, why, and what to do. */
final class RouteTrouble {
  private static final Pattern LINE = Pattern.compile("line:? (\\d+)");
  private static final Pattern AT = Pattern.compile(":(\\d+)$");
  private static final Pattern OPTION = Pattern.compile("Unknown parameters=\\[\\{([\\w.-]+)=");
  private static final int LONGEST = 300;

  private final RouteFile file;
  private final Throwable trouble;
  private final Collection<String> beans;

  private RouteTrouble(RouteFile file, Throwable trouble, Collection<String> beans) {
    this.file = file;
    this.trouble = trouble;
    this.beans = beans;
  }

  /**
   * What {@code trouble} says of {@code file}.
   *
   * @param beans the names that a route may call
   */
  static RouteFinding finding(RouteFile file, Throwable trouble, Collection<String> beans) {
    return new RouteTrouble(file, trouble, beans).finding();
  }

  private RouteFinding finding() {
    NoSuchBeanException bean = caused(NoSuchBeanException.class);
    if (bean != null) {
      String name = String.valueOf(bean.getName());
      String known = beans.stream().sorted().collect(Collectors.joining(", "));
      return of(name, "there is no bean " + name, "write one of " + known);
    }
    MethodNotFoundException method = caused(MethodNotFoundException.class);
    if (method != null) {
      Class<?> type = method.getBean().getClass();
      return of(
          method.getMethodName(),
          type.getSimpleName() + " has no method " + method.getMethodName(),
          "write one of " + String.join(", ", methods(type)));
    }
    NoSuchEndpointException endpoint = caused(NoSuchEndpointException.class);
    if (endpoint != null) {
      String scheme = endpoint.getUri().replaceFirst(":.*", "");
      return of(scheme, "there is no component " + scheme, "correct the word before the colon");
    }
    String what = firstLine(root());
    Matcher option = OPTION.matcher(String.valueOf(root().getMessage()));
    if (option.find()) {
      String name = option.group(1);
      return of(name, name + " is no option of this uri", "correct or remove it");
    }
    boolean parsed = caused(FailedToCreateRouteException.class) != null;
    return of("", what, parsed ? "correct the step" : "correct the YAML");
  }

  private RouteFinding of(String word, String what, String remedy) {
    int named = word.isEmpty() ? 0 : file.lineOf(word);
    return new RouteFinding(file.name(), named > 0 ? named : line(), what, remedy);
  }

  /** Where Camel says it is; 0 where it does not. */
  private int line() {
    for (Throwable t = trouble; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof FailedToCreateRouteException route && route.getLocation() != null) {
        Matcher at = AT.matcher(route.getLocation());
        if (at.find()) {
          return Integer.parseInt(at.group(1));
        }
      }
      Matcher line = LINE.matcher(String.valueOf(t.getMessage()));
      if (line.find()) {
        return Integer.parseInt(line.group(1));
      }
    }
    return 0;
  }

  private Throwable root() {
    Throwable root = trouble;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static List<String> methods(Class<?> type) {
    return List.copyOf(
        Stream.of(type.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String firstLine(Throwable cause) {
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String line = text.strip().lines().findFirst().orElse("").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }

  private <T extends Throwable> @Nullable T caused(Class<T> type) {
    for (Throwable t = trouble; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
