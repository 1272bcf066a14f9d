package io.stockobserver.slot;

import java.math.BigDecimal;

/**
 * An instrument that may sit in a slot.
 *
 * @param interest the more the better; what it measures is the planner's business
 */
public record Candidate(String symbol, BigDecimal interest) {}
