package io.stockobserver.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.audit.Act;
import io.stockobserver.audit.Anomaly;
import io.stockobserver.audit.Balance;
import io.stockobserver.audit.DayAudit;
import io.stockobserver.audit.MarketAudit;
import io.stockobserver.audit.Row;
import io.stockobserver.audit.Shelf;
import io.stockobserver.audit.Tally;
import io.stockobserver.audit.TrackAccount;
import io.stockobserver.audit.Unexplained;
import io.stockobserver.market.Stamp;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A day's audit as one JSON document with its keys in one order. A track's and a symbol's {@code
 * runs} are {@code [column, columns, expected, recorded, explained, unexplained]}: so many columns
 * from that one on have these seconds each.
 */
final class AuditJson {
  private static final JsonFactory JSON = new JsonFactory();
  private final JsonGenerator g;

  private AuditJson(JsonGenerator g) {
    this.g = g;
  }

  static String of(DayAudit audit, Path root) {
    StringWriter text = new StringWriter();
    try (JsonGenerator g = JSON.createGenerator(text)) {
      g.configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
      new AuditJson(g).write(audit, root);
    } catch (IOException e) {
      throw new UncheckedIOException("an audit in memory", e);
    }
    return text.toString();
  }

  private void write(DayAudit audit, Path root) throws IOException {
    g.writeStartObject();
    g.writeStringField("path", root.toString());
    g.writeStringField("day", audit.day().toString());
    g.writeBooleanField("ok", audit.ok());
    strings("noes", audit.noes());
    g.writeBooleanField("running", audit.running());
    g.writeNumberField("lines_read", audit.linesRead());
    g.writeArrayFieldStart("markets");
    for (MarketAudit market : audit.markets()) {
      market(market);
    }
    g.writeEndArray();
    strings("absent", audit.absent().stream().map(Shelf::provider).toList());
    g.writeObjectFieldStart("seals");
    g.writeBooleanField("ok", audit.seals().ok());
    g.writeNumberField("files", audit.seals().files());
    g.writeNumberField("bytes", audit.seals().bytes());
    g.writeArrayFieldStart("problems");
    for (Problem p : audit.seals().problems()) {
      g.writeStartObject();
      g.writeStringField("path", p.path());
      g.writeStringField("kind", p.kind());
      if (p.line() > 0) {
        g.writeNumberField("line", p.line());
      }
      g.writeStringField("what", p.what());
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeEndObject();
    g.writeEndObject();
  }

  private void market(MarketAudit m) throws IOException {
    g.writeStartObject();
    g.writeStringField("provider", m.provider());
    g.writeStringField("market", m.market());
    g.writeStringField("zone", m.zone().getId());
    g.writeBooleanField("ok", m.noes().isEmpty());
    g.writeBooleanField("due", m.due());
    g.writeStringField("due_by", m.dueBy());
    g.writeNumberField("slots", m.slots());
    g.writeArrayFieldStart("sessions");
    for (MarketAudit.Life s : m.sessions()) {
      g.writeStartObject();
      g.writeStringField("session_id", s.id());
      g.writeStringField("from", Stamp.of(s.from()));
      g.writeStringField("until", Stamp.of(s.until()));
      g.writeStringField("ending", s.ending());
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeArrayFieldStart("tracks");
    for (TrackAccount t : m.tracks()) {
      track(t);
    }
    g.writeEndArray();
    g.writeObjectFieldStart("overflow");
    g.writeNumberField("lines", m.overflow().lines());
    numbers("by_reason", m.overflow().byReason());
    numbers("minutes", m.overflow().minutes());
    g.writeEndObject();
    g.writeArrayFieldStart("unbalanced");
    for (Balance.Broken b : m.broken()) {
      g.writeStartObject();
      g.writeStringField("ref", b.ref());
      g.writeStringField("what", b.what());
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeArrayFieldStart("anomalies");
    for (Anomaly a : m.anomalies()) {
      anomaly(a);
    }
    g.writeEndArray();
    g.writeArrayFieldStart("acts");
    for (Act act : m.acts()) {
      g.writeStartObject();
      g.writeStringField("at", Stamp.of(act.at()));
      g.writeStringField("actor", act.actor());
      g.writeStringField("what", act.what());
      g.writeStringField("reason", act.reason());
      g.writeStringField("ref", act.ref());
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeEndObject();
  }

  private void anomaly(Anomaly a) throws IOException {
    g.writeStartObject();
    g.writeStringField("kind", a.kind());
    if (a.from() != null) {
      g.writeStringField("from", Stamp.of(a.from()));
    }
    if (a.until() != null) {
      g.writeStringField("until", Stamp.of(a.until()));
    }
    g.writeStringField("what", a.what());
    g.writeNumberField("evidence_lines", a.evidenceLines());
    strings("evidence", a.evidence());
    g.writeEndObject();
  }

  private void track(TrackAccount t) throws IOException {
    g.writeStartObject();
    g.writeStringField("track", t.track());
    g.writeStringField("window_from", Stamp.of(t.windowFrom()));
    g.writeStringField("window_until", Stamp.of(t.windowUntil()));
    g.writeStringField("expected_from", Stamp.of(t.expectedFrom()));
    g.writeStringField("expected_until", Stamp.of(t.expectedUntil()));
    g.writeNumberField("window_seconds", t.windowSeconds());
    tally("seconds", t.seconds());
    tally("symbol_seconds", t.symbolSeconds());
    g.writeNumberField("coverage_of_expected", share(t.seconds().coverage()));
    g.writeNumberField("coverage_of_window", share(t.windowCoverage()));
    g.writeNumberField("coverage_of_symbols", share(t.symbolSeconds().coverage()));
    numbers("explained_by", t.explainedBy());
    g.writeArrayFieldStart("unexplained");
    for (Unexplained u : t.unexplained()) {
      g.writeStartObject();
      g.writeStringField("from", Stamp.of(u.from()));
      g.writeStringField("until", Stamp.of(u.until()));
      strings("symbols", u.symbols());
      g.writeEndObject();
    }
    g.writeEndArray();
    g.writeArrayFieldStart("columns");
    for (TrackAccount.Column c : t.columns()) {
      g.writeString(Stamp.of(c.from()));
    }
    g.writeEndArray();
    runs("runs", t.whole());
    g.writeObjectFieldStart("symbols");
    for (Map.Entry<String, Row> row : t.rows().entrySet()) {
      g.writeObjectFieldStart(row.getKey());
      tally("seconds", row.getValue().sum());
      runs("runs", row.getValue());
      g.writeEndObject();
    }
    g.writeEndObject();
    g.writeEndObject();
  }

  private void runs(String name, Row row) throws IOException {
    g.writeArrayFieldStart(name);
    for (Row.Run run : row.runs()) {
      Tally each = run.each();
      long[] figures = {
        run.from(),
        run.columns(),
        each.expected(),
        each.recorded(),
        each.explained(),
        each.unexplained()
      };
      g.writeArray(figures, 0, figures.length);
    }
    g.writeEndArray();
  }

  private void tally(String name, Tally t) throws IOException {
    g.writeObjectFieldStart(name);
    g.writeNumberField("expected", t.expected());
    g.writeNumberField("recorded", t.recorded());
    g.writeNumberField("explained", t.explained());
    g.writeNumberField("unexplained", t.unexplained());
    g.writeEndObject();
  }

  private static BigDecimal share(double share) {
    return BigDecimal.valueOf(share).setScale(6, RoundingMode.DOWN);
  }

  private void strings(String name, List<String> all) throws IOException {
    g.writeArrayFieldStart(name);
    for (String one : all) {
      g.writeString(one);
    }
    g.writeEndArray();
  }

  private void numbers(String name, Map<String, ? extends Number> all) throws IOException {
    g.writeObjectFieldStart(name);
    for (Map.Entry<String, ? extends Number> one : all.entrySet()) {
      g.writeNumberField(one.getKey(), one.getValue().longValue());
    }
    g.writeEndObject();
  }
}
