package io.stockobserver.route;

import io.stockobserver.etl.EtlException;
import io.stockobserver.etl.NotLoaded;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a beat that failed: the first time, and then every sixtieth, so that logs stay short.
 * What a database said is a line without a stack.
 */
public final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
  private static final int EVERY = 60;

  private final Map<String, Integer> times = new ConcurrentHashMap<>();

  /** Logs what was caught. */
  public void tell(Exchange exchange) {
    Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String key = exchange.getFromRouteId() + " " + (why == null ? "" : why.getClass().getName());
    int n = times.merge(key, 1, Integer::sum);
    if (n % EVERY != 1) {
      return;
    }
    String outside = outside(why);
    if (outside.isEmpty()) {
      LOG.warn("{} failed: {} (time {})", exchange.getFromRouteId(), String.valueOf(why), n, why);
    } else {
      LOG.warn("{} failed: {} (time {})", exchange.getFromRouteId(), outside, n);
      LOG.debug("{} failed", exchange.getFromRouteId(), why);
    }
  }

  /** What a database said, with its remedy; no stack of ours says more. "" for anything else. */
  private static String outside(@Nullable Throwable why) {
    for (Throwable t = why; t != null; t = t.getCause()) {
      if (t instanceof SQLException || t instanceof EtlException || t instanceof NotLoaded) {
        return String.valueOf(t.getMessage()).lines().findFirst().orElse("");
      }
    }
    return "";
  }
}
