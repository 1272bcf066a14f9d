package io.stockobserver.route.feed;

import io.stockobserver.venue.FeedPolicy;
import io.vertx.core.impl.ContextInternal;

/**
 * What the parts of one running feed share.
 *
 * @param host for log lines: no path, no query
 * @param loop the event loop on which everything about the socket happens
 */
record FeedLine(
    String feed,
    String host,
    FeedOptions options,
    FeedPolicy policy,
    FeedQueue queue,
    FeedGauges gauges,
    ContextInternal loop) {}
