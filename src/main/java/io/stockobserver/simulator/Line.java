package io.stockobserver.simulator;

import io.netty.channel.Channel;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;

/** What one can do to a feed's connection beside the manners of a WebSocket. On its event loop. */
public final class Line {
  private final Channel channel;

  /** Of this socket. */
  public Line(ServerWebSocket socket) {
    channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
  }

  /** Where raw bytes can be written. */
  public Channel channel() {
    return channel;
  }

  /** The connection ends without a close frame. */
  @SuppressWarnings("FutureReturnValueIgnored")
  public void drop() {
    // From the head of the pipeline: from its tail the server would still say goodbye.
    channel.pipeline().firstContext().close();
  }

  /** From now on, or no longer, nothing is read though TCP stays. */
  public void freeze(boolean on) {
    channel.config().setAutoRead(!on);
  }
}
