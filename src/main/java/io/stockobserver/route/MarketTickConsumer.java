package io.stockobserver.route;

import io.stockobserver.track.TickGrid;
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
  private final TickGrid grid;
  private final long lateMillis;
  private final Duration lead;
  private final Clock clock;
  private volatile @Nullable Thread thread;

  MarketTickConsumer(
      Endpoint endpoint, Processor processor, String name, MarketTickOptions options, Clock clock) {
    super(endpoint, processor);
    this.name = name;
    this.grid = options.grid();
    this.lateMillis = options.late().toMillis();
    this.lead = options.lead();
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
    Instant last = clock.instant().minus(lead);
    while (thread == Thread.currentThread()) {
      Instant now = clock.instant();
      // Asked each time: another grid may hold by now.
      Instant next = grid.after(last);
      boolean setBack = next.isAfter(grid.after(grid.after(now)));
      if (setBack || Duration.between(next, now).toMillis() > lateMillis) {
        // The clock was set, or nobody ran for a while: from the time that it is now.
        last = now;
      } else if (now.isBefore(next)) {
        LockSupport.parkNanos(
            Math.min(Duration.between(now, next).toNanos(), LONGEST_SLEEP.toNanos()));
      } else {
        fire(next);
        last = next;
      }
    }
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
