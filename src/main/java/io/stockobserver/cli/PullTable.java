package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.backup.pulling.PullReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a pull came to, for a person: a line for each server, then what was not well. */
final class PullTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "%-16s %-20s %12s %6s %7s  %s";

  private PullTable() {}

  static List<String> lines(PullReport report, Path root, int columns) {
    List<String> all = new ArrayList<>();
    all.add(ROW.formatted("server", "newest package", "age", "files", "MB/s", "state"));
    for (PullReport.Row row : report.servers()) {
      all.add(
          ROW.formatted(
              Words.cut(row.server(), 16),
              row.newest() == null ? "-" : row.newest(),
              row.newest() == null ? "-" : Words.age(row.age()),
              Words.count(row.files()),
              rate(row),
              row.health()));
    }
    for (PullReport.Row row : report.servers()) {
      Set<String> told = new LinkedHashSet<>();
      row.faults().forEach(fault -> told.add(fault.detail()));
      for (String detail : told) {
        String whose = detail.contains(row.server()) ? "  " : "  " + row.server() + ": ";
        all.addAll(wrapped(whose + detail, columns));
      }
    }
    all.add("in " + root);
    return all;
  }

  private static String rate(PullReport.Row row) {
    double seconds = row.took().toNanos() / 1e9;
    return row.bytes() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f", row.bytes() / 1e6 / Math.max(seconds, 1e-3));
  }

  /** Broken between words, the rest further in. */
  private static List<String> wrapped(String line, int columns) {
    List<String> all = new ArrayList<>();
    String rest = line;
    while (rest.length() >= columns) {
      int at = rest.lastIndexOf(' ', columns - 1);
      if (at <= 4) {
        break; // one long word: the terminal breaks it
      }
      all.add(rest.substring(0, at));
      rest = "    " + rest.substring(at + 1);
    }
    all.add(rest);
    return all;
  }

  static String json(PullReport report, Path root) {
    ObjectNode all = JSON.createObjectNode();
    all.put("backup", root.toString());
    ArrayNode servers = all.putArray("servers");
    for (PullReport.Row row : report.servers()) {
      ObjectNode one = servers.addObject();
      one.put("server", row.server()).put("url", row.url());
      one.put("state", row.health().name());
      if (row.newest() != null) {
        one.put("newest", row.newest().toString()).put("age_seconds", row.age().toSeconds());
      }
      ArrayNode packages = one.putArray("pulled");
      row.packages().forEach(id -> packages.add(id.toString()));
      one.put("files", row.files()).put("stored_bytes", row.bytes());
      one.put("took_ms", row.took().toMillis()).put("rounds", row.rounds());
      ArrayNode faults = one.putArray("faults");
      for (PullReport.Fault fault : row.faults()) {
        ObjectNode told = faults.addObject().put("reason", fault.trouble().word());
        if (fault.id() != null) {
          told.put("package", fault.id().toString());
        }
        told.put("detail", fault.detail());
      }
    }
    all.put("exit", report.exit());
    return all.toString();
  }
}
