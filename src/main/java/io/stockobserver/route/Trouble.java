package io.stockobserver.route;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a beat that failed: the first time, and then every sixtieth, so that logs stay short.
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
    if (n % EVERY == 1) {
      LOG.warn("{} failed: {} (time {})", exchange.getFromRouteId(), String.valueOf(why), n, why);
    }
  }
}
