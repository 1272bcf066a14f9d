package io.stockobserver.backup.serving;

import org.jspecify.annotations.Nullable;

/**
 * What a peer asks of {@link BackupDesk}, as it was on the wire: nothing is decoded.
 *
 * @param path behind the host and before a question mark
 * @param question whether there was a question mark
 * @param peer the address that it came from
 * @param body of a POST; null when it was longer than {@link BackupDesk#LARGEST_RECEIPT}
 */
public record Asked(
    String method,
    String path,
    boolean question,
    String peer,
    @Nullable String authorization,
    @Nullable String range,
    @Nullable String ifRange,
    byte @Nullable [] body) {

  /** A GET without any header but the account's. */
  static Asked get(String path, @Nullable String authorization) {
    return new Asked("GET", path, false, "127.0.0.1", authorization, null, null, new byte[0]);
  }
}
