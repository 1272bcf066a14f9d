package io.stockobserver.provider.upbit;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;

/**
 * Reads what Upbit says about the connection itself (Upbit sheet 3.1, 3.3, 3.4), and sets aside
 * what is none of that. Stateless.
 */
final class UpbitControl {
  private UpbitControl() {}

  /** Reads an object without a type; it is a message of its own. */
  static void read(Entry message, Readings out) {
    JsonNode root = UpbitJson.tree(message.body());
    if (root == null) {
      refuse("json-malformed", message, out);
      return;
    }
    JsonNode error = root.path("error");
    if (error.isObject()) {
      out.declared(0);
      out.connectionRefused(UpbitJson.text(error, "name"), UpbitJson.text(error, "message"), false);
    } else if (UpbitJson.text(root, "status").equals("UP")) {
      out.declared(0);
      out.heartbeat();
    } else if (root.has("method") || root.has("mthd")) {
      // What is subscribed to, if somebody asked: what is received says it better.
      out.declared(0);
    } else {
      out.drift("message-unknown", UpbitScan.sample(message.body()));
      refuse("message-unknown", message, out);
    }
  }

  /** Sets the message aside as one record. */
  static void refuse(String reason, Entry message, Readings out) {
    out.declared(1);
    out.refused(reason, null, 1, UpbitScan.sample(message.body()));
  }
}
