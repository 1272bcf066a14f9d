package io.stockobserver.track;

/**
 * What should be said to a venue next about one place of the fast track. The slot board decides it
 * and a venue's feed says it; neither knows the other.
 *
 * @param register true to ask for the registration, false to end it
 */
public record SlotAct(String symbol, boolean register) {}
