package io.stockobserver.planted.simulator;

import io.stockobserver.planted.tape.Line;

/** Would share the observer's mistakes. */
public record Accomplice(Line line) {}
