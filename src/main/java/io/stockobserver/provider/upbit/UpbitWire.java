package io.stockobserver.provider.upbit;

import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import io.stockobserver.venue.WireReader;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Upbit's messages mean. A pure function of the tape, used by one thread at a time. For every
 * entry, garbage included, declared = observed (or listed) + refused.
 */
public final class UpbitWire implements WireReader {
  private static final byte[] NOTHING = {};

  private final UpbitRecords records = new UpbitRecords();
  private final UpbitScan scan = new UpbitScan(NOTHING);

  /** One object a message, or a list of them, whatever format was asked for (Upbit sheet 3.2). */
  @Override
  public void readFeed(Entry message, Readings out) {
    byte[] b = message.body();
    scan.turnTo(b);
    int at = scan.blank(0);
    if (scan.peek(at) == '[') {
      list(at, message, out);
      return;
    }
    int end = scan.object(at);
    if (end == UpbitScan.MALFORMED || !scan.ends(end)) {
      UpbitControl.refuse(at == b.length ? "message-empty" : "json-malformed", message, out);
    } else if (scan.has(UpbitField.TYPE)) {
      out.declared(1);
      record(at, end, message, out);
    } else {
      UpbitControl.read(message, out);
    }
  }

  private void list(int at, Entry message, Readings out) {
    int rows = scan.elements(at);
    if (rows == UpbitScan.MALFORMED) {
      UpbitControl.refuse("json-malformed", message, out);
      return;
    }
    out.declared(rows);
    if (rows == 0) {
      out.drift("list-empty", UpbitScan.sample(message.body()));
    }
    rows(at, null, message, out);
  }

  /** Goes through an array that is known to be whole; {@code kind} is null where each says its. */
  private void rows(int at, @Nullable UpbitKind kind, Entry message, Readings out) {
    byte[] b = message.body();
    int i = scan.blank(at + 1);
    while (scan.peek(i) != ']') {
      int end = scan.value(i);
      if (scan.object(i) != end) {
        out.refused("row-malformed", null, 1, UpbitScan.sample(b, i, end));
      } else if (kind == null) {
        record(i, end, message, out);
      } else {
        records.read(kind, scan, i, end, message, out);
      }
      i = scan.blank(end);
      i = scan.peek(i) == ',' ? scan.blank(i + 1) : i;
    }
  }

  private void record(int at, int end, Entry message, Readings out) {
    UpbitKind kind = UpbitRecords.kind(scan);
    if (kind != null) {
      records.read(kind, scan, at, end, message, out);
      return;
    }
    String sample = UpbitScan.sample(message.body(), at, end);
    String type = scan.text(UpbitField.TYPE);
    out.drift("type/" + (type.length() <= 40 ? type : type.substring(0, 40)), sample);
    out.refused("type-unknown", null, 1, sample);
  }

  /** The request's path says what was asked. */
  @Override
  public void readAnswer(Entry answer, Entry request, Readings out) {
    String asked = request.text();
    UpbitEndpoint endpoint = UpbitEndpoint.of(asked);
    if (endpoint == null) {
      out.declared(0);
      out.answerRefused("unknown-request", "", asked);
      return;
    }
    UpbitVerdict verdict =
        switch (endpoint) {
          case MARKETS, DAY_CANDLES, TICKER_ALL ->
              UpbitListings.judge(answer.status(), answer.body());
          default -> UpbitVerdict.judge(answer.status(), answer.body());
        };
    if (!verdict.ok()) {
      out.declared(0);
      out.answerRefused(reason(verdict, asked), verdict.code(), verdict.message());
      if (endpoint == UpbitEndpoint.DAY_CANDLES) {
        UpbitListings.withoutCandle(asked, verdict, out);
      }
      return;
    }
    switch (endpoint) {
      case MARKETS -> UpbitListings.readMarkets(answer, out);
      case DAY_CANDLES -> UpbitListings.readCandles(asked, answer, out);
      case TICKER_ALL -> {
        if (UpbitCalls.ofUniverse(request)) {
          UpbitListings.readTickers(answer, out);
        } else {
          quotes(UpbitKind.TICKER_ROW, verdict.rows(), answer, out);
        }
      }
      case TICKER -> quotes(UpbitKind.TICKER_ROW, verdict.rows(), answer, out);
      case BOOK -> quotes(UpbitKind.BOOK_ROW, verdict.rows(), answer, out);
      // Nothing of ours asks for these; who does finds them on the tape.
      case INSTRUMENTS, TRADES, OTHER_CANDLES -> out.declared(0);
    }
  }

  /** Where one of many is unknown, that is not said of each. */
  private static String reason(UpbitVerdict verdict, String asked) {
    return verdict.reason().equals(UpbitVerdict.MARKET_UNKNOWN)
            && UpbitCalls.asked(asked).size() > 1
        ? "some-market-unknown"
        : verdict.reason();
  }

  private void quotes(UpbitKind kind, int rows, Entry answer, Readings out) {
    scan.turnTo(answer.body());
    out.declared(rows);
    rows(scan.blank(0), kind, answer, out);
  }

  /** A request replaces whatever was asked before on the connection (Upbit sheet 3.1). */
  @Override
  public void readSaid(Entry said, Readings out) {
    Set<String> slots = UpbitMessages.slots(said.text());
    if (slots != null) {
      out.replaced(slots);
    }
  }

  @Override
  public List<String> symbolsOf(Entry request) {
    return UpbitCalls.asked(request.text());
  }
}
