package io.stockobserver.route.feed;

import java.net.URI;

/** An address as it may be shown and compared: user and query can carry secrets. */
final class Addresses {
  private Addresses() {}

  /** Scheme, host, port and path. */
  static String withoutQuery(URI address) {
    return host(address) + address.getPath();
  }

  /** Scheme, host and port. */
  static String host(URI address) {
    return address.getScheme() + "://" + address.getHost() + ":" + address.getPort();
  }
}
