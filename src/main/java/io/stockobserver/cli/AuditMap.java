package io.stockobserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.audit.Row;
import io.stockobserver.audit.Tally;
import io.stockobserver.audit.TrackAccount;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One track's heat map as data for the page: the track itself, then its symbols, the worst first.
 * Where there are more symbols than a person can look at, those whose day is alike share a row.
 */
final class AuditMap {
  private static final int READABLE = 80;
  private static final int ROWS = 150;
  private static final int NAMED = 12;
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TrackAccount track;
  private final ZoneId zone;

  private record Group(List<String> symbols, List<long[]> runs, Tally sum) {}

  AuditMap(TrackAccount track, ZoneId zone) {
    this.track = track;
    this.zone = zone;
  }

  boolean grouped() {
    return track.rows().size() > READABLE;
  }

  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("track", track.track());
    all.put("minutes", track.track().equals("scalp"));
    all.put(
        "columns",
        track.columns().stream().map(c -> c.from().atZone(zone).format(MINUTE)).toList());
    List<Map<String, Object>> rows = new ArrayList<>();
    rows.add(row("track", "", runs(track.whole())));
    List<Group> groups = groups();
    for (Group g : groups.subList(0, Math.min(ROWS, groups.size()))) {
      int n = g.symbols().size();
      boolean one = n == 1;
      rows.add(
          row(
              one ? g.symbols().get(0) : Words.count(n) + " symbols",
              one ? "" : some(g.symbols()),
              g.runs()));
    }
    if (groups.size() > ROWS) {
      rows.add(
          row(Words.count(groups.size() - ROWS) + " more rows", "they are in --json", List.of()));
    }
    all.put("rows", rows);
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map that is no JSON", e);
    }
  }

  private static String some(List<String> symbols) {
    return String.join(" ", symbols.subList(0, Math.min(NAMED, symbols.size())))
        + (symbols.size() > NAMED ? " …" : "");
  }

  private static Map<String, Object> row(String name, String who, List<long[]> runs) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("who", who);
    row.put("runs", runs);
    return row;
  }

  private List<Group> groups() {
    Map<String, Group> alike = new LinkedHashMap<>();
    track
        .rows()
        .forEach(
            (symbol, row) -> {
              List<Row.Run> runs = row.runs();
              String key = grouped() ? runs.toString() : symbol;
              alike
                  .computeIfAbsent(key, k -> new Group(new ArrayList<>(), runs(row), row.sum()))
                  .symbols()
                  .add(symbol);
            });
    List<Group> all = new ArrayList<>(alike.values());
    all.sort(
        Comparator.comparingLong((Group g) -> -g.sum().unexplained())
            .thenComparingLong(g -> -g.sum().explained()));
    return all;
  }

  private static List<long[]> runs(Row row) {
    return row.runs().stream()
        .map(
            r ->
                new long[] {
                  r.from(),
                  r.columns(),
                  r.each().expected(),
                  r.each().recorded(),
                  r.each().explained(),
                  r.each().unexplained()
                })
        .toList();
  }
}
