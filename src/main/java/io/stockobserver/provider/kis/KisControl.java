package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;

/** Reads what KIS says about the session itself (KIS sheet 6.2 to 6.4). Thread-safe. */
final class KisControl {
  private final KisVenue venue;

  KisControl(KisVenue venue) {
    this.venue = venue;
  }

  /** Reads a message that begins like JSON. */
  void read(Entry message, Readings out) {
    JsonNode root = KisJson.object(message.body());
    if (root == null) {
      out.declared(1);
      out.refused("control-malformed", null, 1, KisJson.sample(message.body()));
      return;
    }
    JsonNode header = root.path("header");
    String tr = KisJson.text(header, "tr_id");
    String symbol = KisJson.text(header, "tr_key");
    String code = KisJson.text(root.path("body"), "msg_cd");
    String words = KisJson.text(root.path("body"), "msg1");
    if (tr.equals("PINGPONG")) {
      out.declared(0);
      out.heartbeat();
      return;
    }
    boolean ours = tr.equals(venue.tradeTr()) && !symbol.isEmpty();
    switch (code) {
      case "OPSP0000", "OPSP0002" -> {
        if (ours) {
          out.declared(0);
          out.acknowledged(symbol);
        } else {
          unknown(message, out);
        }
      }
      case "OPSP0001", "OPSP0003" -> {
        if (ours) {
          out.declared(0);
          out.released(symbol);
        } else {
          unknown(message, out);
        }
      }
      case "" -> unknown(message, out);
      case "OPSP0011" -> {
        out.declared(0);
        out.connectionRefused(code, words, true);
      }
      case "OPSP8996" -> {
        out.declared(0);
        out.connectionRefused(code, words, false);
      }
      default -> {
        out.declared(0);
        out.registrationRefused(symbol.isEmpty() ? null : symbol, code, words);
      }
    }
  }

  /** Well-formed, but nothing that we know: set aside rather than overlooked. */
  private static void unknown(Entry message, Readings out) {
    String sample = KisJson.sample(message.body());
    out.declared(1);
    out.drift("control-unknown", sample);
    out.refused("control-unknown", null, 1, sample);
  }
}
