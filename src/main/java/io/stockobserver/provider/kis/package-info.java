/**
 * Korea Investment &amp; Securities: what its bytes mean, and how it is asked. Read {@code KisWire}
 * first: the tape's entries become observations, listings and refusals there. {@code KisCalls} and
 * {@code KisMessages} say what is to be sent, as values. It opens no connection and waits for
 * nothing. "KIS sheet 6.5" in a comment is a section of the protocol fact sheet.
 */
@NullMarked
package io.stockobserver.provider.kis;

import org.jspecify.annotations.NullMarked;
