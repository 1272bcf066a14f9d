package io.stockobserver.route.http;

import org.jspecify.annotations.Nullable;

/**
 * Where the port is opened.
 *
 * @param bind the address of the network card, or 0.0.0.0 for all
 * @param port 0 for any free one
 * @param elsewhere whether any free one will do where {@code port} is taken
 * @param tls what identifies this server; null for plain HTTP
 */
public record HttpAddress(String bind, int port, boolean elsewhere, @Nullable TlsIdentity tls) {
  /** Plain HTTP. */
  public static HttpAddress plain(String bind, int port) {
    return new HttpAddress(bind, port, false, null);
  }

  HttpAddress anywhere() {
    return new HttpAddress(bind, 0, false, tls);
  }
}
