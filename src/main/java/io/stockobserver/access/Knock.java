package io.stockobserver.access;

import org.jspecify.annotations.Nullable;

/**
 * What a request shows before its body.
 *
 * @param rawPath as it was sent
 * @param path as a router understands it
 * @param host the header; null for none
 * @param origin the header; null for none
 * @param site the header {@code Sec-Fetch-Site}; null for none
 */
public record Knock(
    String method,
    String rawPath,
    String path,
    @Nullable String host,
    @Nullable String origin,
    @Nullable String site) {}
