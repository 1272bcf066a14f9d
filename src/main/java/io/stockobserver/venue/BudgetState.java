package io.stockobserver.venue;

import java.time.Duration;

/**
 * How a venue's budget is at one moment.
 *
 * @param calls allowed in any sliding period, all groups together
 * @param inUse of these, what cannot be made now
 * @param waited how long the callers have waited in all
 */
public record BudgetState(int calls, int inUse, Duration waited) {}
