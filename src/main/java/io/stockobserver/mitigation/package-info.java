/**
 * What we give up first under load (frequency, never coverage), and when we take it back. {@code
 * LoadProbe} measures this process and its disk, {@code MitigationPolicy} decides, {@code
 * Mitigation} lets an operator decide instead and tells the recorders. The room knows neither slots
 * nor tape: what a level means for them is theirs. Read {@code MitigationPolicy} first.
 */
@NullMarked
package io.stockobserver.mitigation;

import org.jspecify.annotations.NullMarked;
