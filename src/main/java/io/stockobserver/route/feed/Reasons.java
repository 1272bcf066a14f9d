package io.stockobserver.route.feed;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended or never was, in a few words. Texts of exceptions are mostly left out:
 * some of them quote the URL, and that may carry a key.
 */
final class Reasons {
  private static final int LONGEST = 200;

  private Reasons() {}

  static String failed(Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return "connect timed out";
    }
    if (cause instanceof UpgradeRejectedException rejected) {
      return "handshake refused with status " + rejected.getStatus();
    }
    if (cause instanceof WebSocketHandshakeException) {
      return "no handshake";
    }
    if (cause instanceof ConnectException) {
      return "connect refused";
    }
    if (cause instanceof UnknownHostException) {
      return "host unknown";
    }
    if (cause instanceof SSLException) {
      return shortened("TLS: " + innermost(cause));
    }
    return "connect failed: " + cause.getClass().getSimpleName();
  }

  static String closed(@Nullable Short code, @Nullable String said, @Nullable Throwable failure) {
    if (failure instanceof CorruptedWebSocketFrameException corrupt) {
      return shortened("protocol violated: " + corrupt.getMessage());
    }
    if (failure != null) {
      return "connection broken: " + failure.getClass().getSimpleName();
    }
    if (code == null || code == 1006) {
      return "connection ended without a close";
    }
    return said == null || said.isEmpty() ? "code " + code : shortened("code " + code + " " + said);
  }

  /** What was wrong with a certificate stands at the bottom, wrapped several times. */
  private static @Nullable String innermost(Throwable cause) {
    Throwable at = cause;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return at.getMessage();
  }

  /** A duration as an operator writes it. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }
}
