/**
 * The front door: reads the configuration, builds the rooms and hands their beans to Camel. Start
 * reading at {@link io.stockobserver.StockObserver}.
 */
@NullMarked
package io.stockobserver;

import org.jspecify.annotations.NullMarked;
