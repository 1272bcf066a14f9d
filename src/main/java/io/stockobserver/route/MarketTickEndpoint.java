package io.stockobserver.route;

import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One named grid of the market's clock. Only a source. */
final class MarketTickEndpoint extends DefaultEndpoint {
  private final String name;
  private final Duration every;
  private final Clock clock;

  MarketTickEndpoint(
      String uri, MarketTickComponent component, String name, Duration every, Clock clock) {
    super(uri, component);
    if (every.toMillis() < 1) {
      throw new IllegalArgumentException("a tick every " + every + " is shorter than 1ms");
    }
    this.name = name;
    this.every = every;
    this.clock = clock;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("market-tick: is only a source");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    MarketTickConsumer consumer = new MarketTickConsumer(this, processor, name, every, clock);
    configureConsumer(consumer);
    return consumer;
  }
}
