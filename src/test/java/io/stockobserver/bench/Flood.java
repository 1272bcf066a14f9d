package io.stockobserver.bench;

import io.vertx.core.http.ServerWebSocket;
import java.util.Arrays;
import java.util.Collections;

/** The sending side of the feed benches: KIS trade frames as fast as a socket takes them. */
final class Flood {
  private static final String RECORD =
      "005930^101532^71900^2^700^0.98^71742.40^71500^72300^71000^71900^71800^25^8412377"
          + "^603524118900^41230^45891^4661^113.24^3905120^4421980^1^0.53^59.12^090017^2^400^094210"
          + "^5^-400^090305^2^900^20261120^20^N^18342^22975^429431^378240^0.14^9105332^92.39^0^^71500^2";

  private Flood() {}

  /** One to four records in a frame, mostly one: about 340 bytes on average. */
  static String[] frames() {
    int[] records = {1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 4, 3};
    return Arrays.stream(records)
        .mapToObj(n -> "0|H0STCNT0|00" + n + "|" + String.join("^", Collections.nCopies(n, RECORD)))
        .toArray(String[]::new);
  }

  static void flood(ServerWebSocket socket, String[] frames, int from, int to) {
    for (int i = from; i < to; i++) {
      socket.writeTextMessage(frames[i % frames.length]);
      if (socket.writeQueueFull()) {
        int next = i + 1;
        socket.drainHandler(drained -> flood(socket, frames, next, to));
        return;
      }
    }
  }
}
