package io.stockobserver.planted.provider.kis;

import io.stockobserver.planted.provider.upbit.UpbitCode;

/** Providers are strangers. */
public record KisMeetsUpbit(UpbitCode code) {}
