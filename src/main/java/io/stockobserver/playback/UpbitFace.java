package io.stockobserver.playback;

import io.stockobserver.tape.Entry;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Upbit from outside: quotations by REST, wishes over the socket. Whoever wants a type and a code
 * hears its frames, verbatim and in binary; first the newest one, unless it asked for real time
 * only. Remembers one frame for each type and code. Limits are not imitated.
 */
final class UpbitFace implements Face {
  private static final String REST = "/v1";
  private static final String FEED = "/websocket/v1";
  private static final short NORMAL = 1000;

  private static final class Client {
    final Line line;
    UpbitWish wish = UpbitWish.NOTHING;
    boolean pinged;

    Client(Line line) {
      this.line = line;
    }
  }

  private final Misses misses;
  private final Consumer<String> log;
  private final Map<String, Map<String, Entry>> newest = new HashMap<>();
  private final Map<ServerWebSocket, Client> clients = new LinkedHashMap<>();
  private String format = "";

  UpbitFace(Supplier<Instant> market, Consumer<String> log) {
    this.log = log;
    this.misses = new Misses(market, log);
  }

  @Override
  public void survey(Entry entry) {
    if (format.isEmpty() && Survey.isMessage(entry)) {
      UpbitFrame frame = UpbitFrame.of(entry.body());
      format = frame == null ? "" : frame.format();
    }
  }

  @Override
  public Map<String, String> told(int port) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("upbit_rest_url", "http://127.0.0.1:" + port + REST);
    told.put("upbit_feed_url", "ws://127.0.0.1:" + port + FEED);
    return told;
  }

  @Override
  public boolean answers(String path) {
    return path.startsWith(REST + '/');
  }

  @Override
  public @Nullable String question(Asked asked) {
    // The tape has the address without the version, which is part of the setting.
    return asked.question().replaceFirst(' ' + REST, " ");
  }

  @Override
  public Reply answer(Asked asked, @Nullable Entry told) {
    if (told == null || !told.whole()) {
      misses.tell(asked.line());
      return Reply.json(404, "{\"error\":{\"name\":404,\"message\":\"Code not found\"}}");
    }
    if (told.status() == 0) {
      return Reply.json(503, "{\"error\":{\"name\":503,\"message\":\"no answer then\"}}");
    }
    return Reply.recorded(told.status(), told.body())
        .with("Remaining-Req", "group=" + group(asked.path()) + "; min=600; sec=9");
  }

  private static String group(String path) {
    String below = path.substring(REST.length());
    if (below.startsWith("/candles")) {
      return "candle";
    }
    if (below.startsWith("/trades")) {
      return "trade";
    }
    int end = below.indexOf('/', 1);
    return below.substring(1, end < 0 ? below.length() : end);
  }

  @Override
  public boolean hears(String path) {
    return path.equals(FEED);
  }

  @Override
  public Map<String, String> greeting() {
    return Map.of("remaining-req", "group=websocket; min=300; sec=4");
  }

  @Override
  public void opened(ServerWebSocket socket) {
    Client client = new Client(new Line(socket, log));
    clients.put(socket, client);
    socket.textMessageHandler(text -> heard(client, text));
    socket.exceptionHandler(problem -> {});
    socket.closeHandler(gone -> clients.remove(socket));
  }

  private void heard(Client client, String text) {
    if (text.strip().equals("PING")) {
      client.pinged = true;
      return;
    }
    try {
      UpbitWish wish = UpbitWish.parse(text);
      if (!format.isEmpty() && !wish.format().equals(format)) {
        misses.tell("frames in the format " + wish.format() + "; the tape has " + format);
        throw new UpbitWish.Refused("WRONG_FORMAT", "replay: the tape has only " + format);
      }
      client.wish = wish;
      first(client);
    } catch (UpbitWish.Refused e) {
      client.line.binary(e.json().getBytes(StandardCharsets.UTF_8));
      client.line.close(NORMAL, "");
    }
  }

  /** How it stands now, told as it was told. */
  private void first(Client client) {
    client
        .wish
        .codes()
        .forEach(
            (type, codes) -> {
              Map<String, Entry> known = newest.getOrDefault(type, Map.of());
              for (String code : codes) {
                Entry frame = known.get(code);
                if (frame != null && !client.wish.realtime().contains(type)) {
                  client.line.binary(frame.body());
                }
              }
            });
  }

  /** Signs of life, and errors, belonged to the connection of then. */
  @Override
  public void tell(Entry message) {
    UpbitFrame frame = remember(message);
    if (!message.whole() || (frame == null && isControl(message))) {
      return;
    }
    for (Client client : clients.values()) {
      boolean wanted = frame == null ? !client.wish.codes().isEmpty() : client.wish.wants(frame);
      if (wanted) {
        client.line.binary(message.body());
      }
    }
  }

  private static boolean isControl(Entry message) {
    String text = message.text();
    return text.contains("\"status\"") || text.contains("\"error\"") || text.contains("\"method\"");
  }

  @Override
  public void pass(Entry message) {
    remember(message);
  }

  private @Nullable UpbitFrame remember(Entry message) {
    UpbitFrame frame = message.whole() ? UpbitFrame.of(message.body()) : null;
    if (frame != null) {
      newest.computeIfAbsent(frame.type(), unseen -> new HashMap<>()).put(frame.code(), message);
    }
    return frame;
  }

  @Override
  public void beat() {
    byte[] up = "{\"status\":\"UP\"}".getBytes(StandardCharsets.US_ASCII);
    for (Client client : clients.values()) {
      if (client.pinged) {
        client.line.binary(up);
      }
    }
  }
}
