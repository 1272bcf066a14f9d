package io.stockobserver.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.retention.DayFacts;
import io.stockobserver.retention.RetentionPlan;
import io.stockobserver.retention.RetentionPlan.Planned;
import io.stockobserver.retention.Verdict.Act;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan of retention as a person or a script reads it. */
final class RetentionTable {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
  private static final String ROW = "  %-8s %-6s %4s %7s %5s %-7s %-6s %-7s %-7s %s";

  private RetentionTable() {}

  /** No line is longer than so many columns. */
  static List<String> lines(List<RetentionPlan> plans, boolean dryRun, int columns) {
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted(
            "day", "venue", "age", "size", "marks", "package", "pulled", "drilled", "verdict",
            "reason"));
    List<Planned> days = plans.stream().flatMap(plan -> plan.days().stream()).toList();
    days.forEach(day -> lines.add(row(day)));
    List<String> all =
        new ArrayList<>(lines.stream().map(line -> Words.cut(line, columns)).toList());
    for (Planned day : days) {
      boolean told = day.verdict().act() != Act.KEEP || !day.facts().anomalies().isEmpty();
      if (told && !day.verdict().reason().equals("today")) {
        all.addAll(wrapped(day, columns));
      }
    }
    all.add(Words.cut(sum(days, dryRun), columns));
    return all;
  }

  private static String row(Planned day) {
    DayFacts facts = day.facts();
    return ROW.formatted(
            DAY.format(facts.day()),
            facts.provider(),
            day.ageDays() + " d",
            Words.bytes(facts.bytes()),
            facts.anomalies().isEmpty() ? "-" : Integer.toString(facts.anomalies().size()),
            facts.proof().map(id -> id.version() + (facts.complete() ? "" : " part")).orElse("-"),
            facts.pulled() ? "yes" : "no",
            drilled(facts),
            day.verdict().act().name().toLowerCase(Locale.ROOT),
            day.verdict().reason())
        .stripTrailing();
  }

  private static String drilled(DayFacts facts) {
    return facts.proving().isPresent() ? "yes" : facts.withdrawn() ? "damaged" : "no";
  }

  private static List<String> wrapped(Planned day, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line =
        new StringBuilder(
            "  %s %s %s:"
                .formatted(
                    DAY.format(day.facts().day()), day.facts().provider(), day.verdict().reason()));
    for (String word : day.verdict().detail().split(" ", -1)) {
      if (line.length() + 1 + word.length() > columns && !line.toString().isBlank()) {
        lines.add(line.toString());
        line = new StringBuilder("   ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String sum(List<Planned> days, boolean dryRun) {
    List<Planned> gone = days.stream().filter(day -> day.verdict().act() == Act.DELETE).toList();
    long refused = days.stream().filter(day -> day.verdict().act() == Act.REFUSE).count();
    long alarms = days.stream().filter(day -> day.verdict().act() == Act.ALARM).count();
    long bytes = gone.stream().mapToLong(day -> day.facts().bytes()).sum();
    return "%s %d day%s (%s), %d kept%s%s"
        .formatted(
            dryRun ? "Would delete" : "Deleted",
            gone.size(),
            gone.size() == 1 ? "" : "s",
            Words.bytes(bytes),
            days.size() - gone.size() - refused - alarms,
            refused > 0 ? ", " + refused + " refused" : "",
            alarms > 0 ? ", ALARM for " + alarms : "");
  }

  static String json(List<RetentionPlan> plans, boolean dryRun) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.put("dry_run", dryRun);
    ArrayNode days = all.putArray("days");
    for (RetentionPlan plan : plans) {
      for (Planned day : plan.days()) {
        DayFacts facts = day.facts();
        ObjectNode one = days.addObject();
        one.put("day", DAY.format(facts.day()));
        one.put("provider", facts.provider());
        one.put("age_days", day.ageDays());
        one.put("files", facts.files());
        one.put("bytes", facts.bytes());
        facts.anomalies().forEach(one.putArray("anomalies")::add);
        one.put("package", facts.proof().map(PackageId::toString).orElse(null));
        one.put("complete", facts.complete());
        names(facts, Receipt.Kind.PULLED, one.putArray("pulled_by"));
        names(facts, Receipt.Kind.DRILLED, one.putArray("drilled_by"));
        one.put("verdict", day.verdict().act().name().toLowerCase(Locale.ROOT));
        one.put("reason", day.verdict().reason());
        one.put("detail", day.verdict().detail());
      }
    }
    return all.toString();
  }

  private static void names(DayFacts facts, Receipt.Kind kind, ArrayNode array) {
    facts.receipts().stream()
        .filter(r -> r.kind() == kind && (kind == Receipt.Kind.PULLED || r.proves()))
        .forEach(r -> array.add(r.by()));
  }
}
