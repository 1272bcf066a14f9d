/**
 * Upbit: what its bytes mean, and how it is asked. Read {@code UpbitWire} first: the tape's entries
 * become observations, listings and refusals there. {@code UpbitCalls} and {@code UpbitMessages}
 * say what is to be sent, as values; {@code UpbitBudget} when. Public market data only: there is no
 * key, and it opens no connection. "Upbit sheet 3.2" in a comment is a section of the protocol fact
 * sheet.
 */
@NullMarked
package io.stockobserver.provider.upbit;

import org.jspecify.annotations.NullMarked;
