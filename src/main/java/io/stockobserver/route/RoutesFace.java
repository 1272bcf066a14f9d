package io.stockobserver.route;

import java.util.List;

/** Shows the routes over JMX. Thread-safe. */
public final class RoutesFace implements RoutesFaceMXBean {
  private final RouteControl control;

  private RoutesFace(RouteControl control) {
    this.control = control;
  }

  /** Shows them as {@code io.stockobserver:type=Routes} until it is closed. */
  public static Shown show(RouteControl control) {
    return Shown.as(
        "io.stockobserver:type=Routes", RoutesFaceMXBean.class, new RoutesFace(control));
  }

  @Override
  public List<RouteRow> getRoutes() {
    return control.rows();
  }

  @Override
  public String stop(String name, String reason) {
    return control.act(RouteVerb.STOP, name, reason);
  }

  @Override
  public String start(String name, String reason) {
    return control.act(RouteVerb.START, name, reason);
  }

  @Override
  public String suspend(String name, String reason) {
    return control.act(RouteVerb.SUSPEND, name, reason);
  }

  @Override
  public String resume(String name, String reason) {
    return control.act(RouteVerb.RESUME, name, reason);
  }

  @Override
  public String drain(String name, String reason) {
    return control.act(RouteVerb.DRAIN, name, reason);
  }
}
