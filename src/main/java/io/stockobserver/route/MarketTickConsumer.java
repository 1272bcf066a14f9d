package io.stockobserver.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Sleeps from one instant of its grid to the next, on a thread of its own. */
final class MarketTickConsumer extends DefaultConsumer implements Runnable, Suspendable {
  /** A sleep is never longer, so that a stepped clock is noticed. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private final String name;
  private final long everyMillis;
  private final long lateMillis;
  private final boolean atOnce;
  private final Clock clock;
  private volatile @Nullable Thread thread;

  MarketTickConsumer(
      Endpoint endpoint, Processor processor, String name, MarketTickOptions options, Clock clock) {
    super(endpoint, processor);
    this.name = name;
    this.everyMillis = options.every().toMillis();
    this.lateMillis = options.late().toMillis();
    this.atOnce = options.atOnce();
    this.clock = clock;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    begin();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    begin();
  }

  private void begin() {
    Thread ticking = new Thread(this, "market-tick-" + name);
    ticking.setDaemon(true);
    thread = ticking;
    ticking.start();
  }

  @Override
  protected void doSuspend() throws Exception {
    rest();
    super.doSuspend();
  }

  @Override
  protected void doStop() throws Exception {
    rest();
    super.doStop();
  }

  private void rest() throws InterruptedException {
    Thread ticking = thread;
    thread = null;
    if (ticking != null && ticking != Thread.currentThread()) {
      LockSupport.unpark(ticking);
      ticking.join(2000);
    }
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Instant next = atOnce ? after(now).minusMillis(everyMillis) : after(now);
    while (thread == Thread.currentThread()) {
      now = clock.instant();
      long waitMillis = Duration.between(now, next).toMillis();
      boolean setBack = waitMillis > 2 * everyMillis;
      if (setBack || -waitMillis > lateMillis) {
        // The clock was set, or nobody ran for a while: from the time that it is now.
        next = after(now);
      } else if (now.isBefore(next)) {
        LockSupport.parkNanos(
            Math.min(Duration.between(now, next).toNanos(), LONGEST_SLEEP.toNanos()));
      } else {
        fire(next);
        next = next.plusMillis(everyMillis);
      }
    }
  }

  private Instant after(Instant now) {
    return Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), everyMillis) + 1) * everyMillis);
  }

  private void fire(Instant at) {
    Exchange exchange = createExchange(true);
    exchange.getMessage().setBody(at);
    try {
      createUoW(exchange);
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        getExceptionHandler().handleException("tick " + name, exchange, exchange.getException());
      }
    } catch (Exception e) {
      getExceptionHandler().handleException("tick " + name, exchange, e);
    } finally {
      doneUoW(exchange);
      releaseExchange(exchange, true);
    }
  }
}
