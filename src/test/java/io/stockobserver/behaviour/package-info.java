/**
 * What the observer promises, a sentence a test, across rooms: the real {@code routes/} and {@code
 * config/}, run by {@code Collector} against the simulated venue. Not for the rules of one room:
 * those are tried beside it. Read {@code Observatory} first, then {@code MainJobIT}.
 */
@NullMarked
package io.stockobserver.behaviour;

import org.jspecify.annotations.NullMarked;
