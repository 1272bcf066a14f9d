package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One JSON object of a reply: every value is a string, in the order it was put. */
final class Row {
  private final ObjectNode node = JsonNodeFactory.instance.objectNode();

  Row put(String name, String value) {
    node.put(name, value);
    return this;
  }

  Row put(String name, long value) {
    node.put(name, Long.toString(value));
    return this;
  }

  Row flag(String name, boolean value) {
    node.put(name, value ? "Y" : "N");
    return this;
  }

  /** Two decimals, given in hundredths. */
  Row rate(String name, long hundredths) {
    node.put(name, Figures.text(hundredths));
    return this;
  }

  /** The same value under many names. */
  Row all(String value, String... names) {
    for (String name : names) {
      node.put(name, value);
    }
    return this;
  }

  ObjectNode node() {
    return node;
  }
}
