package io.stockobserver.recorder;

import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Observation.Part;
import io.stockobserver.observe.Specifics;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.venue.Readings;
import io.stockobserver.venue.WireReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A venue whose wire is plain words: {@code rows A,PRICE,ACC[,SIZE] …}, {@code ack A}, {@code rel
 * A}, {@code refuse A}, {@code beat}, {@code drift SHAPE}, {@code garbage TEXT}, {@code fail
 * REASON}, {@code list SOURCE A,PRICE,VOLUME …}, and for a reader that fails {@code throw N M},
 * after M of N declared. One that tells in parts: {@code tick A,PRICE,ACC,AGE_MS}, {@code book
 * A,BID,ASK,AGE_MS}, {@code deal A,PRICE,SIZE,ID}; what we say to it is {@code only A B …}.
 */
final class PlainWire implements WireReader {
  @Override
  public void readFeed(Entry message, Readings out) {
    read(message, out);
  }

  @Override
  public void readAnswer(Entry answer, Entry request, Readings out) {
    read(answer, out);
  }

  @Override
  public void readSaid(Entry said, Readings out) {
    String[] words = said.text().split(" ", -1);
    if (words[0].equals("only")) {
      out.replaced(Set.of(Arrays.copyOfRange(words, 1, words.length)));
      return;
    }
    out.asked(words[1], words[0].equals("register"));
  }

  @Override
  public List<String> symbolsOf(Entry request) {
    int question = request.text().indexOf('?');
    return question < 0
        ? List.of()
        : List.of(request.text().substring(question + 1).split(",", -1));
  }

  private static void read(Entry entry, Readings out) {
    String[] words = entry.text().split(" ", -1);
    switch (words[0]) {
      case "rows" -> {
        out.declared(words.length - 1);
        for (int i = 1; i < words.length; i++) {
          out.observed(row(words[i], entry));
        }
      }
      case "throw" -> {
        int declared = Integer.parseInt(words[1]);
        if (declared > 0) {
          out.declared(declared);
        }
        for (int i = 0; i < Integer.parseInt(words[2]); i++) {
          out.observed(row("A,10000,5", entry));
        }
        throw new IllegalStateException("a reader that fails");
      }
      case "tick", "book", "deal" -> parts(words, entry, out);
      case "list" -> list(words, out);
      case "garbage" -> {
        out.declared(2);
        out.refused("malformed", null, 2, entry.text());
      }
      default -> control(words, out);
    }
  }

  private static void parts(String[] words, Entry entry, Readings out) {
    out.declared(words.length - 1);
    Part part =
        switch (words[0]) {
          case "tick" -> Part.TICKER;
          case "book" -> Part.BOOK;
          default -> Part.TRADE;
        };
    for (int i = 1; i < words.length; i++) {
      String[] f = words[i].split(",", -1);
      boolean streamed = entry.feed().equals("trade");
      if (part != Part.TICKER && streamed) {
        out.proven(f[0]);
      }
      boolean deal = part == Part.TRADE;
      BigDecimal age = part == Part.TRADE ? null : number(f, 3);
      out.observed(
          new Observation(
              part,
              deal ? f[3] : null,
              f[0],
              entry.heardAt().minusMillis(age == null ? 0 : age.longValue()),
              false,
              part == Part.BOOK ? null : number(f, 1),
              part == Part.BOOK ? number(f, 1) : null,
              part == Part.BOOK ? number(f, 2) : null,
              null,
              null,
              deal ? number(f, 2) : null,
              part == Part.TICKER ? number(f, 2) : null,
              part == Part.TICKER ? number(f, 2) : null,
              null,
              null,
              null,
              null,
              false,
              visitor -> visitor.accept(words[0], f[1]),
              entry));
    }
  }

  private static void control(String[] words, Readings out) {
    out.declared(0);
    switch (words[0]) {
      case "ack" -> out.acknowledged(words[1]);
      case "rel" -> out.released(words[1]);
      case "refuse" -> out.registrationRefused(words[1], "X1", "no");
      case "beat" -> out.heartbeat();
      case "drift" -> out.drift(words[1], words[1]);
      case "fail" -> out.answerRefused(words[1], "C1", "no");
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void list(String[] words, Readings out) {
    out.declared(words.length - 2);
    List<Listing> all = new ArrayList<>();
    for (int i = 2; i < words.length; i++) {
      String[] f = words[i].split(",", -1);
      all.add(
          new Listing(
              f[0],
              "name of " + f[0],
              new BigDecimal(f[1]),
              "kospi",
              "ST",
              false,
              false,
              new BigDecimal(f[2]),
              null,
              List.of()));
    }
    out.listed(words[1], all);
  }

  private static Observation row(String text, Entry entry) {
    String[] f = text.split(",", -1);
    boolean stream = entry.feed().equals("trade");
    return new Observation(
        f[0],
        entry.heardAt(),
        !stream,
        number(f, 1),
        null,
        null,
        null,
        null,
        number(f, 3),
        number(f, 2),
        number(f, 2),
        null,
        null,
        null,
        null,
        false,
        Specifics.NONE,
        entry);
  }

  private static @Nullable BigDecimal number(String[] fields, int i) {
    return i >= fields.length || fields[i].isEmpty() ? null : new BigDecimal(fields[i]);
  }
}
