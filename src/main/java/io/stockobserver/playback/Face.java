package io.stockobserver.playback;

import io.stockobserver.tape.Entry;
import io.vertx.core.http.ServerWebSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a venue looks from outside. Everything is called on one event loop. */
interface Face {
  /** Shows it every entry of the day, in order, before anything is told. */
  void survey(Entry entry);

  /** The URLs and keys to be told to whoever wants to connect, by name. */
  Map<String, String> told(int port);

  /** Whether HTTP calls of this path are its own. */
  boolean answers(String path);

  /** What a call of its own asks the tape for; null where it answers by itself. */
  @Nullable String question(Asked asked);

  /**
   * Answers a call of its own.
   *
   * @param told the tape's answer to the question; null where it has none until now
   */
  Reply answer(Asked asked, @Nullable Entry told);

  /** Whether sockets opened at this path are its own. */
  boolean hears(String path);

  /** What the answer to a handshake carries besides. */
  Map<String, String> greeting();

  /** A socket was opened. */
  void opened(ServerWebSocket socket);

  /** The moment of a message of the feed has come. */
  void tell(Entry message);

  /** A message that lies before the beginning: nobody is told. */
  void pass(Entry message);

  /** Ten seconds of the system's time have passed. */
  void beat();
}
