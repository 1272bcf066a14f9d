package io.stockobserver.route.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the port. Whoever takes half a minute to ask one thing, a byte now and then,
 * is hung up on, and so is who comes when a thousand are there; who listens may take his time. Used
 * by the port's one thread.
 */
final class Connections {
  private static final int MOST = 1000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanos;
  private final Map<HttpConnection, Open> all = new HashMap<>();

  private static final class Open {
    private int underWay;
    private long since;
    private @Nullable HttpServerRequest asking;
  }

  Connections(LongSupplier nanos) {
    this.nanos = nanos;
  }

  void opened(HttpConnection connection) {
    if (all.size() >= MOST) {
      connection.close();
      return;
    }
    Open open = new Open();
    open.since = nanos.getAsLong();
    all.put(connection, open);
    connection.closeHandler(closed -> all.remove(connection));
  }

  /** Its headers are there. */
  void asked(RoutingContext context) {
    Open open = all.get(context.request().connection());
    if (open != null) {
      open.underWay++;
      open.since = nanos.getAsLong();
      open.asking = context.request();
      context.addEndHandler(
          ended -> {
            open.underWay--;
            open.since = nanos.getAsLong();
          });
    }
    context.next();
  }

  /** Hangs up on who is slow; to be called every few seconds. */
  void look() {
    List<HttpConnection> slow = new ArrayList<>();
    all.forEach(
        (connection, open) -> {
          HttpServerRequest asking = open.asking;
          boolean heard = open.underWay > 0 && (asking == null || asking.isEnded());
          if (!heard && nanos.getAsLong() - open.since > PATIENCE_NANOS) {
            slow.add(connection);
          }
        });
    slow.forEach(HttpConnection::close);
  }
}
