package io.stockobserver.planted.attic;

/** In a room that is on no floor. */
public record Thing(String name) {}
