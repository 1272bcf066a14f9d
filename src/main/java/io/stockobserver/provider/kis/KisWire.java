package io.stockobserver.provider.kis;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import io.stockobserver.venue.Readings;
import io.stockobserver.venue.WireReader;
import java.util.List;

/**
 * What KIS's messages mean. A pure function of the tape; thread-safe. For every entry, garbage
 * included, declared = observed (or listed, or days told) + refused.
 */
public final class KisWire implements WireReader {
  private final KisTrades trades;
  private final KisControl control;

  /** Reads the executions of {@code venue}; those of another are unknown to it. */
  public KisWire(KisVenue venue) {
    this.trades = new KisTrades(venue);
    this.control = new KisControl(venue);
  }

  /** A message that begins with a brace is control, any other should be data (KIS sheet 6.5). */
  @Override
  public void readFeed(Entry message, Readings out) {
    byte[] b = message.body();
    int i = 0;
    while (i < b.length && (b[i] == ' ' || b[i] == '\r' || b[i] == '\n' || b[i] == '\t')) {
      i++;
    }
    if (i < b.length && b[i] == '{') {
      control.read(message, out);
    } else {
      trades.read(message, out);
    }
  }

  /** The request's path says what was asked: a feed such as {@code swing} has several. */
  @Override
  public void readAnswer(Entry answer, Entry request, Readings out) {
    String asked = request.text();
    String path = KisEndpoint.path(asked);
    KisBoard board = KisBoard.named(path);
    if (board != null) {
      readMaster(board, answer, out);
      return;
    }
    KisEndpoint endpoint = KisEndpoint.at(path);
    if (endpoint == null) {
      refuse("unknown-request", "", path, out);
      return;
    }
    JsonNode root = KisJson.object(answer.body());
    KisVerdict verdict = KisVerdict.judge(answer.status(), answer.body(), root);
    if (!verdict.ok() || root == null) {
      refuse(verdict.reason(), verdict.code(), verdict.message(), out);
      return;
    }
    List<JsonNode> rows = KisJson.rows(root);
    switch (endpoint) {
      case MULTI_PRICE -> {
        if (!emptyAnswer(rows, endpoint, out)) {
          KisMultiPrice.read(rows, KisCalls.asked(asked), answer, out);
        }
      }
      case PRICE -> {
        if (!emptyAnswer(rows, endpoint, out)) {
          KisSingleQuote.readPrice(rows.get(0), KisCalls.asked(asked), answer, out);
        }
      }
      case BOOK -> {
        if (root.path("output1").isEmpty()) {
          refuse("empty-answer", "", endpoint.tr(), out);
        } else {
          KisSingleQuote.readBook(root, KisCalls.asked(asked), answer, out);
        }
      }
      case HOLIDAYS -> {
        if (!emptyAnswer(rows, endpoint, out)) {
          KisHolidays.read(rows, out);
        }
      }
      case VOLUME_RANK -> {
        if (!emptyAnswer(rows, endpoint, out)) {
          KisVolumeRank.read(rows, answer, out);
        }
      }
      // A grant is for the live side alone.
      case TOKEN, APPROVAL, REVOKE -> out.declared(0);
    }
  }

  private static void readMaster(KisBoard board, Entry answer, Readings out) {
    KisVerdict verdict = KisVerdict.judgeFile(answer.status(), answer.body());
    if (verdict.ok()) {
      KisMasters.read(board, answer, out);
    } else {
      refuse(verdict.reason(), verdict.code(), verdict.message(), out);
    }
  }

  private static boolean emptyAnswer(List<JsonNode> rows, KisEndpoint endpoint, Readings out) {
    if (rows.isEmpty()) {
      refuse("empty-answer", "", endpoint.tr(), out);
    }
    return rows.isEmpty();
  }

  private static void refuse(String reason, String code, String message, Readings out) {
    out.declared(0);
    out.answerRefused(reason, code, message);
  }

  @Override
  public void readSaid(Entry said, Readings out) {
    KisMessages.Registration registration = KisMessages.parse(said.text());
    if (registration != null) {
      out.asked(registration.symbol(), registration.registers());
    }
  }

  @Override
  public List<String> symbolsOf(Entry request) {
    return KisCalls.asked(request.text());
  }
}
