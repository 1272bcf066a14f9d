package io.stockobserver.route;

import java.time.Clock;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One named grid of the market's clock. Only a source. */
final class MarketTickEndpoint extends DefaultEndpoint {
  private final String name;
  private final MarketTickOptions options;
  private final Clock clock;

  MarketTickEndpoint(
      String uri,
      MarketTickComponent component,
      String name,
      MarketTickOptions options,
      Clock clock) {
    super(uri, component);
    this.name = name;
    this.options = options;
    this.clock = clock;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("market-tick: is only a source");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    MarketTickConsumer consumer = new MarketTickConsumer(this, processor, name, options, clock);
    configureConsumer(consumer);
    return consumer;
  }
}
