package io.stockobserver.mitigation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Another level, or the word of an operator about it.
 *
 * @param condition a {@link Condition}'s word, or {@code operator}
 * @param value what was measured, in the unit that the condition's word ends in; null for an
 *     operator
 * @param threshold that it reached, or fell below; null for an operator
 * @param actor who decided: {@code observer}, or an operator by name
 * @param reason why, in words
 * @param segments how long scalp segments last from now on
 */
public record LevelChange(
    int from,
    int to,
    String condition,
    @Nullable Double value,
    @Nullable Double threshold,
    String actor,
    String reason,
    Duration segments) {}
