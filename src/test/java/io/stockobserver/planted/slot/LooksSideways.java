package io.stockobserver.planted.slot;

import io.stockobserver.planted.venue.Call;

/** Two rooms of the third floor. */
public record LooksSideways(Call call) {}
