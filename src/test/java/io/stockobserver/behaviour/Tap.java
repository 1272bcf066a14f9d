package io.stockobserver.behaviour;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a client says on a venue's feed, as the venue hears it: a wire tapped, not the tape. */
final class Tap implements AutoCloseable {
  private static final int FINAL = 0x80;
  private static final int OPCODE = 0x0f;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;

  private final URI venue;
  private final List<ByteArrayOutputStream> heard = new CopyOnWriteArrayList<>();
  private final Door door;

  Tap(URI venue) {
    this.venue = venue;
    door =
        new Door(
            venue,
            () -> {
              ByteArrayOutputStream ear = new ByteArrayOutputStream();
              heard.add(ear);
              return ear;
            });
  }

  /** Where a client finds the feed. */
  String url() {
    return door.url().replace("http:", "ws:") + venue.getPath();
  }

  /** How many connections there were. */
  int connections() {
    return heard.size();
  }

  /** The whole text messages of one connection, from 0 for the first. */
  List<String> said(int connection) {
    byte[] bytes = heard.get(connection).toByteArray();
    int at = new String(bytes, ISO_8859_1).indexOf("\r\n\r\n");
    return at < 0 ? List.of() : messages(bytes, at + 4);
  }

  /**
   * RFC 6455, section 5.2; what a client sends is masked. A frame that is not whole yet is left.
   */
  private static List<String> messages(byte[] b, int from) {
    List<String> all = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int i = from;
    while (i + 2 <= b.length) {
      int opcode = b[i] & OPCODE;
      boolean last = (b[i] & FINAL) != 0;
      int more = (b[i + 1] & 0x7f) == 126 ? 2 : (b[i + 1] & 0x7f) == 127 ? 8 : 0;
      int mask = i + 2 + more;
      if (mask + 4 > b.length) {
        break;
      }
      long length = more == 0 ? b[i + 1] & 0x7f : 0;
      for (int k = 0; k < more; k++) {
        length = (length << 8) | (b[i + 2 + k] & 0xff);
      }
      int body = mask + 4;
      if (body + length > b.length) {
        break;
      }
      if (opcode == TEXT || opcode == CONTINUATION) {
        for (int k = 0; k < length; k++) {
          text.write(b[body + k] ^ b[mask + k % 4]);
        }
        if (last) {
          all.add(text.toString(UTF_8));
          text.reset();
        }
      }
      i = body + (int) length;
    }
    return all;
  }

  @Override
  public void close() {
    door.close();
  }
}
