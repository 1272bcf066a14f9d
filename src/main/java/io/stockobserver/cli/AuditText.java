package io.stockobserver.cli;

import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.audit.Act;
import io.stockobserver.audit.Anomaly;
import io.stockobserver.audit.Balance;
import io.stockobserver.audit.DayAudit;
import io.stockobserver.audit.MarketAudit;
import io.stockobserver.audit.Shelf;
import io.stockobserver.audit.Tally;
import io.stockobserver.audit.TrackAccount;
import io.stockobserver.audit.Unexplained;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A day's audit as one page for a person at a terminal. Colours only there. */
final class AuditText {
  private static final int NAMED = 20;
  private static final int REFS = 3;
  private static final int SYMBOLS = 3;
  private static final int OF_A_KIND = 3;

  private final PrintStream out;
  private final boolean colours;

  AuditText(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  void tell(DayAudit audit) {
    for (MarketAudit market : audit.markets()) {
      market(market);
    }
    for (Shelf other : audit.absent()) {
      out.println(
          other.provider()
              + "  "
              + other.market()
              + "  nothing of this day; --provider "
              + other.provider()
              + " asks why");
    }
    seals(audit);
    out.println(verdict(audit));
  }

  private void market(MarketAudit m) {
    out.println(m.provider() + "  " + m.market() + "  " + m.day() + "  times " + m.zone());
    if (!m.due()) {
      out.println("  closed   nothing was due (" + m.dueBy() + ")");
    }
    for (MarketAudit.Life s : m.sessions()) {
      row(
          "session",
          s.id()
              + "  "
              + Words.clock(s.from(), m)
              + " - "
              + Words.clock(s.until(), m)
              + "  "
              + s.ending());
    }
    for (TrackAccount t : m.tracks()) {
      track(t, m);
    }
    ledger(m);
    acts(m);
    for (Balance.Broken b : m.broken()) {
      row("balance", bad(b.what()) + "  " + b.ref());
    }
    if (m.broken().isEmpty() && !m.sessions().isEmpty()) {
      row("balance", "declared = parsed = kept + set aside");
    }
    anomalies(m);
  }

  private void track(TrackAccount t, MarketAudit m) {
    Tally s = t.seconds();
    row(
        t.track(),
        "window "
            + Words.clock(t.windowFrom(), m)
            + " - "
            + Words.clock(t.windowUntil(), m)
            + ", accounted until "
            + Words.clock(Instant.ofEpochMilli(cut(t)), m));
    row("", "seconds   " + tally(s) + reasons(t));
    String of = t.track().equals("scalp") ? "slots     " : "symbols   ";
    row("", of + tally(t.symbolSeconds()) + "  (" + Words.count(t.rows().size()) + " symbols)");
    row(
        "",
        "coverage  "
            + percent(s.coverage())
            + " of the expected, "
            + percent(t.windowCoverage())
            + " of the whole window; "
            + percent(t.symbolSeconds().coverage())
            + " of what "
            + (t.track().equals("scalp") ? "slots" : "symbols")
            + " owed");
    unexplained(t, m);
  }

  private static long cut(TrackAccount t) {
    return Math.max(
        t.windowFrom().toEpochMilli(),
        Math.min(t.windowUntil().toEpochMilli(), t.expectedUntil().toEpochMilli()));
  }

  private static String tally(Tally t) {
    return Words.count(t.expected())
        + " expected = "
        + Words.count(t.recorded())
        + " recorded + "
        + Words.count(t.explained())
        + " explained + "
        + Words.count(t.unexplained())
        + " unexplained";
  }

  private static String reasons(TrackAccount t) {
    return t.explainedBy().isEmpty()
        ? ""
        : t.explainedBy().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(e -> e.getKey() + " " + Words.count(e.getValue()))
            .collect(Collectors.joining(", ", "  (", ")"));
  }

  /** The first seconds by name; a sweep is named by its instant. */
  private void unexplained(TrackAccount t, MarketAudit m) {
    int left = NAMED;
    long all = t.seconds().unexplained();
    long named = 0;
    for (Unexplained u : t.unexplained()) {
      if (left == 0) {
        break;
      }
      boolean sweep = t.track().equals("swing");
      long seconds = Duration.between(u.from(), u.until()).toSeconds();
      for (long s = 0; s < seconds && left > 0; s += sweep ? seconds : 1) {
        left--;
        named += sweep ? seconds : 1;
        row(
            "",
            bad("unexplained")
                + " "
                + (sweep ? "sweep of " : "")
                + Words.clock(u.from().plusSeconds(s), m)
                + "  "
                + whose(u.symbols(), sweep));
      }
    }
    if (named < all) {
      row("", "            and " + Words.count(all - named) + " s more (--json has all)");
    }
  }

  private static String whose(List<String> symbols, boolean sweep) {
    if (symbols.isEmpty()) {
      return sweep ? "every symbol" : "nobody held a slot";
    }
    int more = symbols.size() - SYMBOLS;
    return String.join(" ", symbols.subList(0, Math.min(SYMBOLS, symbols.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private void ledger(MarketAudit m) {
    String by =
        m.overflow().byReason().entrySet().stream()
            .map(e -> e.getKey() + " " + Words.count(e.getValue()))
            .collect(Collectors.joining(", ", "  (", ")"));
    row(
        "overflow",
        m.overflow().lines() == 0
            ? "no line in the ledger"
            : Words.count(m.overflow().lines())
                + " lines of "
                + Words.count(m.overflow().minutes().size())
                + " symbols, "
                + Words.count(
                    m.overflow().minutes().values().stream().mapToLong(Integer::longValue).sum())
                + " symbol minutes"
                + by);
  }

  private void acts(MarketAudit m) {
    List<Act> some = m.acts().subList(0, Math.min(NAMED, m.acts().size()));
    for (Act act : some) {
      row(
          "operator",
          Words.clock(act.at(), m) + "  " + act.actor() + ' ' + act.what() + ": " + act.reason());
    }
    int more = m.acts().size() - some.size();
    if (more > 0) {
      row("operator", "and " + Words.count(more) + " more (--json has all)");
    }
  }

  private void anomalies(MarketAudit m) {
    if (m.anomalies().isEmpty()) {
      row("anomalies", "none");
    }
    Map<String, Integer> told = new TreeMap<>();
    for (Anomaly a : m.anomalies()) {
      if (told.merge(a.kind(), 1, Integer::sum) > OF_A_KIND) {
        continue;
      }
      String when =
          a.from() == null
              ? ""
              : Words.clock(a.from(), m)
                  + (a.until() == null || a.until().equals(a.from())
                      ? "  "
                      : " - " + Words.clock(a.until(), m) + "  ");
      row("anomaly", a.kind() + "  " + when + a.what());
      List<String> some = a.evidence().subList(0, Math.min(REFS, a.evidence().size()));
      int more = a.evidenceLines() - some.size();
      if (!some.isEmpty()) {
        row("", "  " + String.join("  ", some) + (more > 0 ? "  and " + more + " more" : ""));
      }
    }
    told.forEach(
        (kind, n) -> {
          if (n > OF_A_KIND) {
            row("anomaly", kind + "  and " + (n - OF_A_KIND) + " more (--json has all)");
          }
        });
  }

  private void seals(DayAudit audit) {
    int broken = audit.seals().problems().size();
    row(
        "seals",
        broken == 0
            ? Words.count(audit.seals().files())
                + " files, "
                + Words.bytes(audit.seals().bytes())
                + ", every seal holds"
            : bad(broken + (broken == 1 ? " does not hold" : " do not hold")));
    for (Problem p : audit.seals().problems()) {
      row("", p.path() + (p.line() > 0 ? ":" + p.line() : "") + ": " + p.kind() + ", " + p.what());
    }
  }

  private String verdict(DayAudit audit) {
    List<String> noes = new ArrayList<>(audit.noes());
    Set<Boolean> due = new TreeSet<>();
    audit.markets().forEach(m -> due.add(m.due()));
    if (!noes.isEmpty()) {
      return bad("No: ") + String.join("; ", noes) + ".";
    }
    return good("Yes: ")
        + (due.contains(true)
            ? "every second "
                + (audit.running() ? "so far " : "")
                + "is recorded or explained, and every seal holds."
            : "the market was closed, and every seal holds.");
  }

  private void row(String name, String text) {
    out.println(String.format(Locale.ROOT, "  %-9s %s", name, text).stripTrailing());
  }

  /** Cut off, never rounded up: 100 % is said only of all. */
  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 10_000) / 100);
  }

  private String bad(String text) {
    return colours ? "\u001b[1;31m" + text + "\u001b[0m" : text;
  }

  private String good(String text) {
    return colours ? "\u001b[1;32m" + text + "\u001b[0m" : text;
  }
}
