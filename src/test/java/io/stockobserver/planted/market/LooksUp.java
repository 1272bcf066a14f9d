package io.stockobserver.planted.market;

import io.stockobserver.planted.venue.Call;

/** The ground floor knows the third. */
public record LooksUp(Call call) {}
