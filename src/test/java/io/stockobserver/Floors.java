package io.stockobserver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which room is on which floor: the table of docs/rationale.md. A new room is added here first. */
final class Floors {
  private static final int DOOR = 6;
  private static final String PROVIDER = "provider.";
  private static final List<List<String>> ROOMS =
      List.of(
          List.of("market", "tape", "secret"),
          List.of("observe", "evidence", "universe", "track", "health"),
          List.of("slot", "archive", "venue", "trigger", "mitigation"),
          List.of(
              "recorder",
              "access",
              "simulator",
              "playback",
              "backup",
              "retention",
              "etl",
              "audit",
              "cluster",
              PROVIDER),
          List.of("route", "dashboard"),
          List.of("", "cli"));

  private final String base;
  private final Map<String, Integer> floors = new HashMap<>();

  Floors(String base) {
    this.base = base;
    for (int i = 0; i < ROOMS.size(); i++) {
      for (String room : ROOMS.get(i)) {
        floors.put(room, i + 1);
      }
    }
  }

  boolean isOurs(String packageName) {
    return packageName.equals(base) || packageName.startsWith(base + '.');
  }

  /** The room of a package: sub-packages belong to their room, each provider is one of its own. */
  String room(String packageName) {
    String below = packageName.equals(base) ? "" : packageName.substring(base.length() + 1);
    String[] words = below.split("\\.", -1);
    if (words[0].equals("provider") && words.length > 1) {
      return PROVIDER + words[1];
    }
    // The commands and the front door are one room.
    return words[0].equals("cli") ? "" : words[0];
  }

  boolean isKnown(String room) {
    return room.startsWith(PROVIDER) || floors.containsKey(room);
  }

  /** 1 is the ground; a room that nobody knows is below all. */
  int floor(String room) {
    return floors.getOrDefault(room.startsWith(PROVIDER) ? PROVIDER : room, 0);
  }

  boolean isEdge(String room) {
    return floor(room) >= DOOR - 1;
  }
}
