package io.stockobserver.backup.pulling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.packages.PackageHead;
import io.stockobserver.archive.packages.PackageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a server offers: its word, of which nothing is believed that its key has not signed.
 *
 * @param now what its clock shows
 * @param heads by provider
 * @param packages in order
 */
record Offer(String key, Instant now, Map<String, PackageHead> heads, List<One> packages) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A package that is offered.
   *
   * @param forgotten whether the server has only its table of contents: its day was deleted there
   * @param damage why the server cannot give it; empty when it can
   * @param receipts that the server has: the share of each {@code kind by}
   */
  record One(
      PackageId id,
      String sha256,
      boolean forgotten,
      String damage,
      Map<String, Double> receipts) {}

  /**
   * Reads a list.
   *
   * @throws PullException when it is none
   */
  static Offer read(String server, byte[] bytes) throws PullException {
    try {
      JsonNode all = JSON.readTree(bytes);
      Map<String, PackageHead> heads = new TreeMap<>();
      for (Map.Entry<String, JsonNode> head : all.required("heads").properties()) {
        heads.put(
            head.getKey(),
            PackageHead.parse(head.getValue().toString().getBytes(StandardCharsets.UTF_8)));
      }
      List<One> packages = new ArrayList<>();
      for (JsonNode one : all.required("packages")) {
        packages.add(one(one));
      }
      return new Offer(
          all.required("key").asText(),
          Instant.parse(all.required("now").asText()),
          heads,
          packages);
    } catch (IOException | RuntimeException none) {
      throw new PullException(
          Trouble.BAD_ANSWER, server + " answers with no list of packages: " + none.getMessage());
    }
  }

  private static One one(JsonNode one) {
    Map<String, Double> receipts = new TreeMap<>();
    for (JsonNode receipt : one.path("receipts")) {
      receipts.put(
          receipt.path("receipt").asText() + " " + receipt.path("by").asText(),
          receipt.path("share").asDouble());
    }
    return new One(
        PackageId.parse(
            one.required("provider").asText()
                + "/"
                + one.required("day").asText()
                + "/"
                + one.required("version").asInt()),
        one.required("sha256").asText(),
        one.path("forgotten").asBoolean(false),
        one.path("damage").asText(""),
        receipts);
  }
}
