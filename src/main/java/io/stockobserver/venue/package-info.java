/**
 * What a venue must be able to say, whichever it is. Read {@code WireReader} first. It speaks no
 * wire format itself.
 */
@NullMarked
package io.stockobserver.venue;

import org.jspecify.annotations.NullMarked;
