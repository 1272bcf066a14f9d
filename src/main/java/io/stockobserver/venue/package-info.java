/**
 * What a venue must be able to say, whichever it is: when to connect, what to answer at once, and
 * the words in which its feed is handed on. No Camel here; read {@link FeedPolicy} first.
 */
@NullMarked
package io.stockobserver.venue;

import org.jspecify.annotations.NullMarked;
