package io.stockobserver.planted.slot;

import org.apache.camel.Exchange;

/** The third floor takes Camel's messages. */
public interface KnowsCamel {
  /** Not here. */
  void take(Exchange exchange);
}
