package io.stockobserver.planted.provider.upbit;

/** Another venue's word. */
public record UpbitCode(String code) {}
