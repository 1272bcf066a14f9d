package io.stockobserver.playback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Entry;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * KIS from outside: tokens, quotations and masters by REST, registrations over the socket. Whoever
 * is registered for a TR and a symbol hears its frames, verbatim. What was not asked for on that
 * day can be neither asked nor registered for. Limits are not imitated, except the 41 places.
 */
final class KisFace implements Face {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MASTERS = "/common/master";
  private static final int PLACES = 41;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Asia/Seoul"));

  /** A TR and a symbol. */
  private record Pair(String tr, String symbol) {}

  private static final class Client {
    final Line line;
    final Set<Pair> pairs = new LinkedHashSet<>();

    Client(Line line) {
      this.line = line;
    }
  }

  private final Supplier<Instant> market;
  private final Misses misses;
  private final Consumer<String> log;
  private final KisGrants grants;
  private final Set<Pair> known = new HashSet<>();

  /** TRs that were registered for; none where the day's session had begun on the day before. */
  private final Set<String> asked = new HashSet<>();

  private final Map<ServerWebSocket, Client> clients = new LinkedHashMap<>();

  KisFace(Supplier<Instant> market, Consumer<String> log) {
    this.market = market;
    this.log = log;
    this.misses = new Misses(market, log);
    this.grants = new KisGrants(market);
  }

  @Override
  public void survey(Entry entry) {
    if (entry.direction() == Direction.OUT && entry.body().length > 0 && entry.body()[0] == '{') {
      JsonNode input = json(entry.text()).path("body").path("input");
      if (input.has("tr_key")) {
        asked.add(input.path("tr_id").asText());
        known.add(pair(input));
      }
    } else if (Survey.isMessage(entry)) {
      KisFrame frame = KisFrame.of(entry.body());
      if (frame != null) {
        frame.symbols().forEach(symbol -> known.add(new Pair(frame.tr(), symbol)));
      }
    }
  }

  private static Pair pair(JsonNode input) {
    return new Pair(input.path("tr_id").asText(), input.path("tr_key").asText().strip());
  }

  @Override
  public Map<String, String> told(int port) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("rest_url", "http://127.0.0.1:" + port);
    told.put("feed_url", "ws://127.0.0.1:" + port + "/tryitout");
    told.put("master_url", "http://127.0.0.1:" + port + MASTERS);
    told.put("app_key", KisGrants.APP_KEY);
    told.put("app_secret", KisGrants.APP_SECRET);
    return told;
  }

  @Override
  public boolean answers(String path) {
    return path.startsWith("/oauth2/") || path.startsWith("/uapi/") || path.startsWith(MASTERS);
  }

  @Override
  public @Nullable String question(Asked asked) {
    if (asked.path().startsWith("/oauth2/")) {
      return null;
    }
    // The tape has a master's address without the folder, which is part of the setting.
    return asked.question().replaceFirst(' ' + MASTERS, " ");
  }

  @Override
  public Reply answer(Asked asked, @Nullable Entry told) {
    if (asked.path().startsWith("/oauth2/")) {
      return grants.grant(asked);
    }
    boolean master = asked.path().startsWith(MASTERS);
    Reply refusal = master ? null : grants.refusal(asked);
    if (refusal != null) {
      return refusal;
    }
    if (told == null || !told.whole()) {
      misses.tell(asked.line());
      return KisGrants.refused(404, "OPSQ0002", "replay: nobody had asked for this until now");
    }
    if (told.status() == 0) {
      return KisGrants.refused(503, "EGW00302", "replay: there was no answer then");
    }
    Reply reply = Reply.recorded(told.status(), told.body());
    return master ? reply : reply.with("tr_id", asked.header("tr_id")).with("tr_cont", more(reply));
  }

  /** The tape has no headers: whether more follows, the body tells too where there are pages. */
  private static String more(Reply reply) {
    byte[] body = reply.body();
    if (body.length == 0 || body[0] != '{') {
      return "";
    }
    String head = new String(body, 0, Math.min(200, body.length), StandardCharsets.UTF_8);
    if (!head.contains("\"ctx_area_nk\"")) {
      return "";
    }
    return head.matches("(?s).*\"ctx_area_nk\"\\s*:\\s*\"\\s*\".*") ? "D" : "M";
  }

  @Override
  public boolean hears(String path) {
    return path.equals("/") || path.equals("/tryitout") || path.startsWith("/tryitout/");
  }

  @Override
  public Map<String, String> greeting() {
    return Map.of();
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
    if (text.contains("PINGPONG")) {
      return;
    }
    JsonNode asked = json(text);
    JsonNode header = asked.path("header");
    JsonNode input = asked.path("body").path("input");
    Pair pair = pair(input);
    String type = header.path("tr_type").asText();
    if (!input.has("tr_key") || !(type.equals("1") || type.equals("2"))) {
      reply(client, pair, "9", "OPSP9999", "JSON PARSING ERROR : invalid json format");
    } else if (!grants.approved(header.path("approval_key").asText())) {
      reply(client, pair, "1", "OPSP0011", "invalid approval : NOT FOUND");
    } else if (type.equals("2")) {
      boolean was = client.pairs.remove(pair);
      reply(
          client,
          pair,
          was ? "0" : "1",
          was ? "OPSP0001" : "OPSP0003",
          was ? "UNSUBSCRIBE SUCCESS" : "UNSUBSCRIBE ERROR (not found!)");
    } else {
      register(client, pair);
    }
  }

  private void register(Client client, Pair pair) {
    if (!known.contains(pair)) {
      misses.tell("registration for " + pair.tr() + ' ' + pair.symbol());
      boolean tr = known.stream().anyMatch(other -> other.tr().equals(pair.tr()));
      reply(
          client,
          pair,
          "1",
          tr ? "OPSP8992" : "OPSP8991",
          tr ? "SUBSCRIBE ERROR : invalid tr_key" : "SUBSCRIBE ERROR : invalid tr_id");
    } else if (client.pairs.contains(pair)) {
      reply(client, pair, "1", "OPSP0002", "ALREADY IN SUBSCRIBE");
    } else if (client.pairs.size() >= PLACES) {
      reply(client, pair, "1", "OPSP0008", "MAX SUBSCRIBE OVER");
    } else {
      client.pairs.add(pair);
      reply(client, pair, "0", "OPSP0000", "SUBSCRIBE SUCCESS");
    }
  }

  private static void reply(Client client, Pair pair, String result, String code, String words) {
    var reply = JSON.createObjectNode();
    reply
        .putObject("header")
        .put("tr_id", pair.tr())
        .put("tr_key", pair.symbol())
        .put("encrypt", "N");
    var body = reply.putObject("body");
    body.put("rt_cd", result).put("msg_cd", code).put("msg1", words);
    if (code.equals("OPSP0000")) {
      body.putObject("output")
          .put("iv", "0123456789abcdef")
          .put("key", "abcdefghijklmnopabcdefghijklmnop");
    }
    client.line.text(reply.toString());
  }

  /** Answers to registrations, and heartbeats, belonged to the connection of then. */
  @Override
  public void tell(Entry message) {
    KisFrame frame = message.whole() ? KisFrame.of(message.body()) : null;
    if (!message.whole() || (frame == null && isControl(message.body()))) {
      return;
    }
    for (Client client : clients.values()) {
      if (isFor(client, frame)) {
        client.line.verbatim(message);
      }
    }
  }

  /** What came unasked then comes unasked to everybody who hears anything. */
  private boolean isFor(Client client, @Nullable KisFrame frame) {
    if (frame == null || (!asked.isEmpty() && !asked.contains(frame.tr()))) {
      return !client.pairs.isEmpty();
    }
    for (String symbol : frame.symbols()) {
      if (client.pairs.contains(new Pair(frame.tr(), symbol))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isControl(byte[] body) {
    return body.length > 0
        && body[0] == '{'
        && json(new String(body, StandardCharsets.UTF_8)).has("header");
  }

  @Override
  public void pass(Entry message) {
    // Nothing of the past counts: there is no first frame after a registration (sheet 6.2).
  }

  @Override
  public void beat() {
    String ping =
        "{\"header\":{\"tr_id\":\"PINGPONG\",\"datetime\":\"" + STAMP.format(market.get()) + "\"}}";
    clients.values().forEach(client -> client.line.text(ping));
  }

  private static JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return read == null ? JSON.createObjectNode() : read;
    } catch (IOException noJson) {
      return JSON.createObjectNode();
    }
  }
}
