/**
 * The socket that loses nothing: our own client side of {@code vertx-websocket:}. The stock client
 * loses, reorders and repeats frames; here a consumer with {@code consumeAsClient=true} hands on
 * {@link io.stockobserver.venue.FeedBatch}es, in order, with openings and closings among the
 * messages. Servers, and producers that belong to no such consumer, stay as Camel made them.
 *
 * <p>Three threads meet: a Vert.x event loop hears, {@link FeedQueue} holds, one pump thread takes
 * each batch through the route. Begin with {@link FeedComponent}.
 */
@NullMarked
package io.stockobserver.route.feed;

import org.jspecify.annotations.NullMarked;
