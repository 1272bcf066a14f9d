package io.stockobserver.planted.tape;

/** On the ground floor, but none of the simulator's business. */
public record Line(long seq) {}
