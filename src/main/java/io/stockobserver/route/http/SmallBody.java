package io.stockobserver.route.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a request's body into memory, but no more of it than it may have. */
final class SmallBody {
  private final int most;
  private final Consumer<byte @Nullable []> then;
  private final Buffer held = Buffer.buffer();
  private boolean told;

  private SmallBody(int most, Consumer<byte @Nullable []> then) {
    this.most = most;
    this.then = then;
  }

  /** Calls back once: with the body, or with null as soon as it is longer. */
  static void of(HttpServerRequest request, int most, Consumer<byte @Nullable []> then) {
    SmallBody body = new SmallBody(most, then);
    request.handler(body::more);
    request.endHandler(end -> body.tell(body.held.getBytes()));
  }

  private void more(Buffer chunk) {
    if (told) {
      return; // the rest is read and forgotten, the answer is on its way
    }
    if (held.length() + chunk.length() > most) {
      tell(null);
    } else {
      held.appendBuffer(chunk);
    }
  }

  private void tell(byte @Nullable [] body) {
    if (!told) {
      told = true;
      then.accept(body);
    }
  }
}
