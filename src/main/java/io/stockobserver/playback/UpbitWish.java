package io.stockobserver.playback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a client of Upbit wants to hear: codes by type (Upbit sheet 3.1). A new wish replaces the
 * one before.
 *
 * @param realtime types of which it wants no first frame
 * @param snapshot types of which it wants nothing else
 */
record UpbitWish(
    Map<String, Set<String>> codes, Set<String> realtime, Set<String> snapshot, String format) {
  static final UpbitWish NOTHING = new UpbitWish(Map.of(), Set.of(), Set.of(), "");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FORMATS =
      List.of("DEFAULT", "SIMPLE", "JSON_LIST", "SIMPLE_LIST");

  /** Why a wish is refused, with the venue's word for it. */
  static final class Refused extends Exception {
    private final String name;

    Refused(String name, String words) {
      super(words);
      this.name = name;
    }

    String json() {
      return JSON.createObjectNode()
          .set("error", JSON.createObjectNode().put("name", name).put("message", getMessage()))
          .toString();
    }
  }

  static UpbitWish parse(String text) throws Refused {
    JsonNode array;
    try {
      array = JSON.readTree(text);
    } catch (IOException e) {
      throw new Refused("WRONG_FORMAT", "Format 이 맞지 않습니다.");
    }
    if (array == null || !array.isArray()) {
      throw new Refused("WRONG_FORMAT", "Format 이 맞지 않습니다.");
    }
    boolean ticket = false;
    String format = "DEFAULT";
    Map<String, Set<String>> codes = new TreeMap<>();
    Set<String> realtime = new LinkedHashSet<>();
    Set<String> snapshot = new LinkedHashSet<>();
    for (JsonNode part : array) {
      ticket |= !part.path("ticket").asText().isEmpty();
      format = part.path("format").asText(format).toUpperCase(Locale.ROOT);
      if (part.has("type")) {
        String type = part.path("type").asText();
        if (part.path("codes").isEmpty()) {
          throw new Refused("NO_CODES", "codes 필드가 존재하지 않습니다.");
        }
        Set<String> wanted = codes.computeIfAbsent(type, unseen -> new LinkedHashSet<>());
        // Five levels or thirty: what is told is what was told then.
        part.path("codes").forEach(code -> wanted.add(code.asText().replaceFirst("\\.\\d+$", "")));
        if (flag(part, "is_only_realtime", "isOnlyRealtime")) {
          realtime.add(type);
        } else if (flag(part, "is_only_snapshot", "isOnlySnapshot")) {
          snapshot.add(type);
        }
      }
    }
    if (!ticket) {
      throw new Refused("NO_TICKET", "티켓이 존재하지 않거나, 유효하지 않습니다.");
    }
    if (codes.isEmpty()) {
      throw new Refused("NO_TYPE", "type 필드가 존재하지 않습니다.");
    }
    if (!FORMATS.contains(format)) {
      throw new Refused("WRONG_FORMAT", "Format 이 맞지 않습니다.");
    }
    return new UpbitWish(codes, realtime, snapshot, format);
  }

  private static boolean flag(JsonNode part, String name, String old) {
    return part.path(name).asBoolean() || part.path(old).asBoolean();
  }

  boolean wants(UpbitFrame frame) {
    return !snapshot.contains(frame.type())
        && codes.getOrDefault(frame.type(), Set.of()).contains(frame.code());
  }
}
