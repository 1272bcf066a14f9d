package io.stockobserver.route.http;

/** The port cannot be had; the message is one line that says which, why and what to do. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String message) {
    super(message);
  }
}
