package io.stockobserver.cli;

import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.audit.Anomaly;
import io.stockobserver.audit.Balance;
import io.stockobserver.audit.DayAudit;
import io.stockobserver.audit.MarketAudit;
import io.stockobserver.audit.Shelf;
import io.stockobserver.audit.Tally;
import io.stockobserver.audit.TrackAccount;
import io.stockobserver.audit.Unexplained;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A day's audit as one HTML file that needs nothing else: the verdict, the figures, a heat map a
 * track, and the evidence. What it looks like stands in {@code audit-page.html}.
 */
final class AuditPage {
  private static final int NAMED = 500;
  private static final int MINUTES_TOLD = 20;

  private final StringBuilder html = new StringBuilder();
  private final List<String> maps = new ArrayList<>();

  private AuditPage() {}

  static String of(DayAudit audit) {
    AuditPage page = new AuditPage();
    page.write(audit);
    String maps = page.maps.stream().collect(Collectors.joining(",\n", "[", "]"));
    // In this order: what stands in the body or the maps is never read as a place for another.
    String frame = template();
    int body = frame.indexOf("@body@");
    int data = frame.indexOf("@maps@");
    return frame.substring(0, body).replace("@title@", text("Audit of " + audit.day()))
        + page.html
        + frame.substring(body + "@body@".length(), data)
        + maps.replace("</", "<\\/")
        + frame.substring(data + "@maps@".length());
  }

  private static String template() {
    try (InputStream in = AuditPage.class.getResourceAsStream("audit-page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the page's frame is part of the program", e);
    }
  }

  private void write(DayAudit audit) {
    boolean ok = audit.ok();
    html.append("<h1>Audit of ").append(audit.day()).append("</h1>\n");
    html.append("<p class=\"verdict ").append(ok ? "yes" : "no").append("\"><b>");
    html.append(ok ? "Yes:" : "No:").append("</b>");
    html.append(
        text(
            !ok
                ? String.join("; ", audit.noes()) + "."
                : audit.markets().stream().anyMatch(MarketAudit::due)
                    ? "every second "
                        + (audit.running() ? "so far " : "")
                        + "is recorded or explained, and every seal holds."
                    : "the market was closed, and every seal holds."));
    html.append("</p>\n");
    for (MarketAudit market : audit.markets()) {
      market(market);
    }
    for (Shelf other : audit.absent()) {
      html.append("<p class=\"dim\">").append(text(other.provider() + " " + other.market()));
      html.append(": nothing of this day.</p>\n");
    }
    seals(audit);
  }

  private void market(MarketAudit m) {
    html.append("<h2>").append(text(m.provider() + " " + m.market())).append("</h2>\n");
    html.append("<p class=\"dim\">Times of ").append(text(m.zone().getId()));
    html.append(m.due() ? "" : "; closed, nothing was due").append(" (<code>");
    html.append(text(m.dueBy())).append("</code>).");
    for (MarketAudit.Life s : m.sessions()) {
      html.append("<br>Session ")
          .append(text(s.id()))
          .append(", ")
          .append(Words.clock(s.from(), m));
      html.append(" to ")
          .append(Words.clock(s.until(), m))
          .append(", ")
          .append(s.ending())
          .append('.');
    }
    html.append("</p>\n");
    if (!m.tracks().isEmpty()) {
      figures(m);
    }
    for (TrackAccount t : m.tracks()) {
      track(t, m);
    }
    anomalies(m);
    balance(m);
    overflow(m);
  }

  private void figures(MarketAudit m) {
    html.append("<table class=\"stack\"><tr class=\"head\"><th>track</th>");
    for (String head :
        List.of(
            "expected",
            "recorded",
            "explained",
            "unexplained",
            "of expected",
            "of window",
            "of what symbols owed")) {
      html.append("<th class=\"n\">").append(head).append("</th>");
    }
    html.append("</tr>\n");
    for (TrackAccount t : m.tracks()) {
      Tally s = t.seconds();
      html.append("<tr><td><b>").append(t.track()).append("</b> <span class=\"dim\">");
      html.append(Words.clock(t.windowFrom(), m))
          .append("–")
          .append(Words.clock(t.windowUntil(), m));
      html.append("</span></td>");
      figure("expected", Words.count(s.expected()) + " s");
      figure("recorded", Words.count(s.recorded()) + " s");
      figure("explained", Words.count(s.explained()) + " s");
      figure("unexplained", Words.count(s.unexplained()) + " s");
      figure("of expected", percent(s.coverage()));
      figure("of window", percent(t.windowCoverage()));
      figure("of what symbols owed", percent(t.symbolSeconds().coverage()));
      html.append("</tr>\n");
    }
    html.append("</table>\n");
  }

  private void figure(String label, String value) {
    html.append("<td class=\"n\" data-l=\"").append(label).append("\">");
    html.append(value).append("</td>");
  }

  private void track(TrackAccount t, MarketAudit m) {
    boolean scalp = t.track().equals("scalp");
    int number = maps.size();
    AuditMap map = new AuditMap(t, m.zone());
    maps.add(map.json());
    html.append("<h3>").append(t.track()).append(": ");
    html.append(scalp ? "symbols × minutes" : "symbols × sweeps").append("</h3>\n");
    html.append("<div class=\"legend\"><span><i class=\"k-rec\"></i>recorded</span>");
    html.append("<span><i class=\"k-part\"></i>partly explained</span>");
    html.append("<span><i class=\"k-exp\"></i>explained</span>");
    html.append("<span><i class=\"k-bad\"></i>unexplained</span>");
    html.append("<span><i class=\"k-none\"></i>nothing due</span></div>\n");
    if (map.grouped()) {
      html.append("<p class=\"dim\">Symbols whose whole day is alike share a row.</p>\n");
    }
    html.append("<div class=\"map\"><canvas tabindex=\"0\" role=\"img\" data-map=\"");
    html.append(number)
        .append("\" aria-describedby=\"say")
        .append(number)
        .append("\" aria-label=\"");
    html.append("Heat map of ").append(t.track()).append(", worst rows first. Arrow keys move.");
    html.append("\"></canvas></div>\n<p class=\"say dim\" id=\"say").append(number);
    html.append("\" aria-live=\"polite\">Point at a cell, or use the arrow keys.</p>\n");
    if (!t.explainedBy().isEmpty()) {
      html.append("<p>Explained: ");
      html.append(
          t.explainedBy().entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .map(e -> "<code>" + text(e.getKey()) + "</code> " + Words.count(e.getValue()) + " s")
              .collect(Collectors.joining(", ")));
      html.append(".</p>\n");
    }
    unexplained(t, m);
  }

  private void unexplained(TrackAccount t, MarketAudit m) {
    if (t.unexplained().isEmpty()) {
      return;
    }
    html.append("<h3>").append(t.track()).append(": unexplained</h3>\n<table>");
    html.append("<tr><th>from</th><th>until</th><th>whose</th></tr>\n");
    for (Unexplained u : t.unexplained().subList(0, Math.min(NAMED, t.unexplained().size()))) {
      html.append("<tr><td>").append(Words.clock(u.from(), m)).append("</td><td>");
      html.append(Words.clock(u.until(), m)).append("</td><td>");
      String whose = t.track().equals("scalp") ? "nobody held a slot" : "every symbol";
      html.append(text(u.symbols().isEmpty() ? whose : String.join(" ", u.symbols())));
      html.append("</td></tr>\n");
    }
    html.append("</table>\n");
    if (t.unexplained().size() > NAMED) {
      html.append("<p>and ").append(Words.count(t.unexplained().size() - NAMED));
      html.append(" stretches more: <code>--json</code> has all.</p>\n");
    }
  }

  private void anomalies(MarketAudit m) {
    html.append("<h3>Anomalies</h3>\n");
    if (m.anomalies().isEmpty()) {
      html.append("<p>None.</p>\n");
      return;
    }
    for (Anomaly a : m.anomalies()) {
      html.append("<p><b>").append(text(a.kind())).append("</b> ");
      if (a.from() != null) {
        html.append(Words.clock(a.from(), m));
        if (a.until() != null && !a.until().equals(a.from())) {
          html.append("–").append(Words.clock(a.until(), m));
        }
        html.append(": ");
      }
      html.append(text(a.what())).append("</p>\n");
      if (!a.evidence().isEmpty()) {
        html.append("<details><summary>").append(Words.count(a.evidenceLines()));
        html.append(a.evidenceLines() == 1 ? " line" : " lines").append(" of evidence</summary>");
        a.evidence().forEach(ref -> html.append("<code>").append(text(ref)).append("</code><br>"));
        html.append("</details>\n");
      }
    }
  }

  private void balance(MarketAudit m) {
    html.append("<h3>Balance</h3>\n<p>");
    if (m.broken().isEmpty()) {
      html.append("declared = parsed = kept + set aside wherever the observer counted.");
    }
    for (Balance.Broken b : m.broken()) {
      html.append(text(b.what())).append(" <code>").append(text(b.ref())).append("</code><br>");
    }
    html.append("</p>\n");
  }

  private void overflow(MarketAudit m) {
    html.append("<h3>Overflow ledger</h3>\n");
    if (m.overflow().lines() == 0) {
      html.append("<p>No line.</p>\n");
      return;
    }
    html.append("<p>").append(Words.count(m.overflow().lines())).append(" lines: ");
    html.append(
        m.overflow().byReason().entrySet().stream()
            .map(e -> "<code>" + text(e.getKey()) + "</code> " + Words.count(e.getValue()))
            .collect(Collectors.joining(", ")));
    html.append(".</p>\n<details><summary>Minutes in the ledger, ");
    html.append(Words.count(m.overflow().minutes().size())).append(" symbols</summary><p>");
    html.append(
        m.overflow().minutes().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MINUTES_TOLD)
            .map(e -> text(e.getKey()) + " " + e.getValue())
            .collect(Collectors.joining(", ")));
    html.append(m.overflow().minutes().size() > MINUTES_TOLD ? " …" : "")
        .append("</p></details>\n");
  }

  private void seals(DayAudit audit) {
    html.append("<h2>Seals</h2>\n<p>").append(Words.count(audit.seals().files()));
    html.append(" files, ").append(Words.bytes(audit.seals().bytes())).append(": ");
    html.append(audit.seals().ok() ? "every seal holds." : "not all hold.").append("</p>\n");
    for (Problem p : audit.seals().problems()) {
      html.append("<p><code>").append(text(p.path()));
      html.append(p.line() > 0 ? ":" + p.line() : "").append("</code> ");
      html.append(text(p.kind() + ", " + p.what())).append("</p>\n");
    }
    html.append("<p class=\"dim\">The rules by which a second counts as recorded or explained are");
    html.append(" in docs/archive-format.md, section 9.</p>\n");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", Math.floor(share * 10_000) / 100);
  }

  static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
