package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.World;
import org.jspecify.annotations.Nullable;

/** Takes registrations and gives them up, with the codes of the venue. */
final class KisDesk {
  private final ObjectMapper json;
  private final SimulatorOptions options;
  private final World world;
  private final Faults faults;
  private final KisTokens tokens;

  KisDesk(
      ObjectMapper json, SimulatorOptions options, World world, Faults faults, KisTokens tokens) {
    this.json = json;
    this.options = options;
    this.world = world;
    this.faults = faults;
    this.tokens = tokens;
  }

  /**
   * Answers one message of a client.
   *
   * @param busy another session holds the app key
   * @return the instrument whose registrations changed, or null
   */
  @Nullable Instrument heard(KisSession session, String text, boolean busy) {
    JsonNode asked;
    try {
      asked = json.readTree(text);
    } catch (JsonProcessingException e) {
      refuse(session, "(null)", "", "9", "OPSP9999", "JSON PARSING ERROR : invalid json format");
      return null;
    }
    JsonNode header = asked.path("header");
    JsonNode input = asked.path("body").path("input");
    String trId = input.path("tr_id").asText();
    String symbol = input.path("tr_key").asText().trim();
    String[] missing = missing(asked, header, input);
    if (missing.length > 0) {
      refuse(session, trId, symbol, "9", missing[0], missing[1]);
      return null;
    }
    if (!tokens.approved(header.path("approval_key").asText())) {
      refuse(session, trId, symbol, "1", "OPSP0011", "invalid approval : NOT FOUND");
      return null;
    }
    if (busy || faults.active(FaultKind.IN_USE) != null) {
      refuse(session, "(null)", "", "9", "OPSP8996", "ALREADY IN USE appkey");
      return null;
    }
    session.holdKey();
    KisTrs tr = KisTrs.named(trId, options.mock());
    if (tr == null) {
      refuse(session, trId, symbol, "1", "OPSP8991", "SUBSCRIBE ERROR : invalid tr_id");
      return null;
    }
    boolean unknown = faults.active(FaultKind.HALF_UNKNOWN) != null && KisAsk.unlucky(symbol);
    Instrument instrument = unknown ? null : world.find(symbol, world.now());
    if (instrument == null) {
      refuse(session, trId, symbol, "1", "OPSP8992", "SUBSCRIBE ERROR : invalid tr_key");
      return null;
    }
    KisSession.Key key = new KisSession.Key(tr, symbol);
    if (header.path("tr_type").asText().equals("1")) {
      register(session, key, instrument);
    } else {
      unregister(session, key);
    }
    return instrument;
  }

  private static String[] missing(JsonNode asked, JsonNode header, JsonNode input) {
    String trType = header.path("tr_type").asText();
    String customer = header.path("custtype").asText();
    if (!header.isObject()) {
      return new String[] {"OPSP9998", "JSON PARSING ERROR : header not found"};
    }
    if (!asked.path("body").isObject()) {
      return new String[] {"OPSP9992", "JSON PARSING ERROR : body not found"};
    }
    if (!input.isObject()) {
      return new String[] {"OPSP9991", "JSON PARSING ERROR : input not found"};
    }
    if (!input.has("tr_key")) {
      return new String[] {"OPSP9990", "JSON PARSING ERROR : tr_key not found"};
    }
    if (customer.isEmpty()) {
      return new String[] {"OPSP9997", "JSON PARSING ERROR : custtype not found"};
    }
    if (!customer.equals("P") && !customer.equals("B")) {
      return new String[] {"OPSP8998", "JSON PARSING ERROR : invalid custtype"};
    }
    if (!trType.equals("1") && !trType.equals("2")) {
      return new String[] {"OPSP8997", "JSON PARSING ERROR : invalid tr_type"};
    }
    return new String[0];
  }

  private void register(KisSession session, KisSession.Key key, Instrument instrument) {
    String tr = key.tr().name();
    if (session.registration(key) != null) {
      refuse(session, tr, key.symbol(), "1", "OPSP0002", "ALREADY IN SUBSCRIBE");
      return;
    }
    if (session.registrations().size() >= options.registrations()) {
      refuse(session, tr, key.symbol(), "1", "OPSP0008", "MAX SUBSCRIBE OVER");
      return;
    }
    Fault partial = faults.active(FaultKind.PARTIAL_ACK);
    if (partial != null && session.registrations().size() >= partial.count()) {
      return;
    }
    session.add(new KisSession.Registration(key, instrument));
    ObjectNode body = reply(tr, key.symbol(), "0", "OPSP0000", "SUBSCRIBE SUCCESS");
    ObjectNode output = ((ObjectNode) body.path("body")).putObject("output");
    output.put("iv", "0123456789abcdef");
    output.put("key", "abcdefghijklmnopabcdefghijklmnop");
    session.say(body.toString());
  }

  private void unregister(KisSession session, KisSession.Key key) {
    String tr = key.tr().name();
    if (session.registration(key) == null) {
      refuse(session, tr, key.symbol(), "1", "OPSP0003", "UNSUBSCRIBE ERROR (not found!)");
      return;
    }
    session.remove(key);
    session.say(reply(tr, key.symbol(), "0", "OPSP0001", "UNSUBSCRIBE SUCCESS").toString());
  }

  private void refuse(
      KisSession session, String tr, String symbol, String result, String code, String words) {
    session.say(reply(tr, symbol, result, code, words).toString());
  }

  private ObjectNode reply(String tr, String symbol, String result, String code, String words) {
    ObjectNode reply = json.createObjectNode();
    reply.putObject("header").put("tr_id", tr).put("tr_key", symbol).put("encrypt", "N");
    reply.putObject("body").put("rt_cd", result).put("msg_cd", code).put("msg1", words);
    return reply;
  }
}
