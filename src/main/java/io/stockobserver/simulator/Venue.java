package io.stockobserver.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pretend exchange behind the shared port. Everything is called on one event loop. */
public interface Venue {
  /** Whether HTTP calls of this path are its own. */
  boolean answers(String path);

  /** Answers a call; must not block. */
  Answer answer(Call call);

  /** Whether sockets opened at this path are its own. */
  boolean hears(String path);

  /** Judges a handshake at a path of its own: the answer that refuses it, or null to accept. */
  default @Nullable Answer refuses(String path, MultiMap headers) {
    return null;
  }

  /** What the 101 answer carries besides. */
  default Map<String, String> greeting() {
    return Map.of();
  }

  /** A socket was opened. */
  void opened(ServerWebSocket socket);

  /** Called many times a second: send what is due. */
  void beat();

  /** Called at each heartbeat interval. */
  void ping();
}
