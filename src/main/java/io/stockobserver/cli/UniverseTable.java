package io.stockobserver.cli;

import io.stockobserver.universe.Universe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A frozen universe for a person: counts by rule, who is in, who is out and why. */
final class UniverseTable {
  private static final String IN = "in";

  private UniverseTable() {}

  /**
   * The lines of one.
   *
   * @param symbols of whom it is asked; all where none is named
   */
  static List<String> lines(Universe universe, List<String> symbols, int columns) {
    List<String> all = new ArrayList<>();
    all.add(
        "%s %s %s: %s of %s listed are in"
            .formatted(
                universe.provider(),
                universe.market(),
                universe.date(),
                Words.count(universe.symbols().size()),
                Words.count(universe.counts().getOrDefault("listed", 0))));
    all.add(Words.cut("  rule: " + universe.rule(), columns));
    all.add(
        Words.cut(
            "  frozen at "
                + universe.createdAt()
                + " from "
                + universe.sources().stream()
                    .map(Universe.Source::name)
                    .collect(Collectors.joining(", ")),
            columns));
    if (!symbols.isEmpty()) {
      symbols.forEach(
          symbol -> all.add("  " + Words.cell(symbol, 12) + ' ' + why(universe, symbol)));
      return all;
    }
    universe
        .counts()
        .forEach(
            (why, n) ->
                all.add(
                    "  %-14s %8s".formatted(why.equals("kept") ? IN : words(why), Words.count(n))));
    all.add(row("symbol", "name", "board", "group", "prev close", "flags"));
    for (Universe.Member member : universe.symbols()) {
      all.add(
          Words.cut(
              row(
                  member.symbol(),
                  member.name() == null ? "" : member.name(),
                  member.board(),
                  member.group(),
                  member.prevClose() == null ? "-" : member.prevClose().toPlainString(),
                  String.join(",", member.flags())),
              columns));
    }
    Map<String, List<String>> out = universe.out();
    if (out == null) {
      all.add("out: this file is of before; only how many is known, not who");
    } else {
      out.forEach((why, whose) -> all.addAll(wrapped("out, " + words(why) + ":", whose, columns)));
    }
    return all;
  }

  /** Why it is where it is. */
  static String why(Universe universe, String symbol) {
    if (universe.symbols().stream().anyMatch(member -> member.symbol().equals(symbol))) {
      return IN;
    }
    Map<String, List<String>> out = universe.out();
    if (out != null) {
      for (Map.Entry<String, List<String>> rule : out.entrySet()) {
        if (rule.getValue().contains(symbol)) {
          return "out, " + words(rule.getKey());
        }
      }
    }
    return out == null ? "out, or not listed" : "not listed";
  }

  private static String words(String outcome) {
    return outcome.replace('_', ' ');
  }

  private static String row(
      String symbol, String name, String board, String group, String close, String flags) {
    String cells =
        String.join(
            " ",
            Words.cell(symbol, 12),
            Words.cell(name, 24),
            Words.cell(board, 8),
            Words.cell(group, 6));
    return "%s %14s  %s".formatted(cells, close, flags).stripTrailing();
  }

  private static List<String> wrapped(String head, List<String> words, int columns) {
    List<String> all = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    for (String word : words) {
      if (line.length() + word.length() + 2 > columns) {
        all.add(line.toString());
        line = new StringBuilder("   ");
      }
      line.append(' ').append(word);
    }
    all.add(line.toString());
    return all;
  }
}
