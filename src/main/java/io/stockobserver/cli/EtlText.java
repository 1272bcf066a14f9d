package io.stockobserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.etl.EtlReport;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a load came to, for a person and for a program. */
final class EtlText {
  private static final int SHOWN = 20;
  private final PrintStream out;

  EtlText(PrintStream out) {
    this.out = out;
  }

  void tell(List<EtlReport> reports, Map<String, String> files, String where) {
    for (EtlReport report : reports) {
      tell(report);
    }
    files.forEach((file, sha256) -> out.println("  " + sha256 + "  " + file));
    out.println("The database is " + where);
  }

  private void tell(EtlReport r) {
    out.println(r.provider() + " " + r.day() + ": " + loaded(r));
    for (String path : r.prefixes()) {
      out.println("  not sealed yet, taken as far as the manifest vouches for it: " + path);
    }
    r.tables().forEach((table, rows) -> out.printf("  %-22s %,12d%n", table, rows));
    out.println("  archive says   " + side(r.archive()));
    out.println("  database says  " + side(r.database()));
    for (EtlReport.DeadLetter dead : r.deadLetters()) {
      out.println("  refused: " + dead.path() + line(dead.line()) + ": " + dead.reason());
    }
    int shown = 0;
    for (EtlReport.Differs d : r.differences()) {
      if (shown++ < SHOWN) {
        out.println("  differs: " + differs(d));
      }
    }
    if (shown > SHOWN) {
      out.println("  differs: and " + Words.count(shown - SHOWN) + " more");
    }
    out.println(verdict(r));
  }

  private static String loaded(EtlReport r) {
    if (r.loaded() == 0) {
      return "nothing to do, " + Words.count(r.unchanged()) + " files are as they were loaded";
    }
    return Words.count(r.loaded())
        + " files loaded"
        + (r.replaced() > 0 ? " (" + Words.count(r.replaced()) + " replaced their rows)" : "")
        + ", "
        + Words.count(r.rows())
        + " rows; "
        + Words.count(r.unchanged())
        + " files were there";
  }

  private static String side(EtlReport.Side side) {
    return Words.count(side.rows()) + " rows, hash " + side.hash();
  }

  private static String line(long line) {
    return line > 0 ? ":" + line : "";
  }

  private static String differs(EtlReport.Differs d) {
    return d.path()
        + (d.minute() == null ? "" : ", minute " + d.minute())
        + ": archive "
        + Words.count(d.archiveRows())
        + ", database "
        + Words.count(d.databaseRows())
        + (d.archiveRows() == d.databaseRows() ? " rows, other content" : " rows");
  }

  /** Whether both sides say the same, in one line. */
  static String verdict(EtlReport r) {
    if (r.ok()) {
      return "Archive and database agree"
          + (r.hashed()
              ? ", proven by file and minute (" + Words.count(r.minutes()) + ")"
              : " by count; the hashes are those of the last proof (--prove reckons them again)");
    }
    return "NOT the same: "
        + Words.count(r.deadLetters().size())
        + " files refused, "
        + Words.count(r.differences().size())
        + " minutes differ"
        + (r.differences().isEmpty() ? "" : "; --repair loads those files again");
  }

  static String json(
      List<EtlReport> reports, Map<String, String> files, List<String> forgotten, String where)
      throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.put("database", where);
    all.put("ok", reports.stream().allMatch(EtlReport::ok));
    if (!files.isEmpty()) {
      ObjectNode exported = all.putObject("exported");
      files.forEach(exported::put);
    }
    if (!forgotten.isEmpty()) {
      forgotten.forEach(all.putArray("forgotten")::add);
    }
    ArrayNode days = all.putArray("days");
    for (EtlReport r : reports) {
      add(days.addObject(), r);
    }
    return mapper.writeValueAsString(all);
  }

  private static void add(ObjectNode one, EtlReport r) {
    one.put("provider", r.provider()).put("day", r.day().toString()).put("ok", r.ok());
    one.put("loaded", r.loaded()).put("replaced", r.replaced()).put("unchanged", r.unchanged());
    one.put("rows", r.rows()).put("hashed", r.hashed()).put("minutes", r.minutes());
    ArrayNode prefixes = one.putArray("prefixes");
    r.prefixes().forEach(prefixes::add);
    ObjectNode tables = one.putObject("tables");
    r.tables().forEach(tables::put);
    one.putObject("archive").put("rows", r.archive().rows()).put("hash", r.archive().hash());
    one.putObject("database").put("rows", r.database().rows()).put("hash", r.database().hash());
    ArrayNode differs = one.putArray("differences");
    for (EtlReport.Differs d : r.differences()) {
      @Nullable String minute = d.minute() == null ? null : d.minute().toString();
      differs
          .addObject()
          .put("path", d.path())
          .put("minute", minute)
          .put("archive_rows", d.archiveRows())
          .put("database_rows", d.databaseRows());
    }
    ArrayNode dead = one.putArray("refused");
    for (EtlReport.DeadLetter d : r.deadLetters()) {
      dead.addObject().put("path", d.path()).put("line", d.line()).put("reason", d.reason());
    }
  }
}
