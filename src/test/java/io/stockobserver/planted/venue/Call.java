package io.stockobserver.planted.venue;

/** What others look at. */
public record Call(String path) {}
