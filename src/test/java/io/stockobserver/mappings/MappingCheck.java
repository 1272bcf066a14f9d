package io.stockobserver.mappings;

import io.stockobserver.mappings.MappingTable.Message;
import io.stockobserver.mappings.MappingTable.Row;
import io.stockobserver.venue.Understood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Holds one message of a table against the reader of its provider: every field is changed in turn,
 * and the line must change where the table says so and nowhere else.
 */
final class MappingCheck {
  private static final String STRANGE = "NOBODY_KNOWS_IT";
  private static final String REFUSED = "refused";

  /**
   * A message as the venue sends it.
   *
   * @param fields all that it has, in order, every one with a value
   * @param mayBe whether the venue could send such a text in such a field
   * @param read puts such fields on the wire and has the provider read it
   */
  record Sample(
      Map<String, String> fields,
      Instant heardAt,
      BiPredicate<String, String> mayBe,
      Function<Map<String, String>, Understood> read) {}

  private final MappingTable table;
  private final Message message;
  private final Sample sample;
  private final List<String> findings = new ArrayList<>();

  private MappingCheck(MappingTable table, Message message, Sample sample) {
    this.table = table;
    this.message = message;
    this.sample = sample;
  }

  /** What the table says and the code does not do, or the other way round; empty for nothing. */
  static List<String> findings(MappingTable table, Message message, Sample sample) {
    MappingCheck check = new MappingCheck(table, message, sample);
    check.names();
    if (check.findings.isEmpty()) {
      check.compare("as sent", Map.of());
    }
    // Where the message itself is read otherwise, every change of it would say so once more.
    if (check.findings.isEmpty()) {
      check.changes();
      check.oddities();
    }
    return check.findings;
  }

  /** Every field that is named is in the message, and every field of it is named. */
  private void names() {
    Set<String> named = message.named();
    Set<String> there = sample.fields().keySet();
    named.stream()
        .filter(field -> !there.contains(field))
        .forEach(field -> findings.add(field + " is named and not in the message"));
    there.stream()
        .filter(field -> !named.contains(field))
        .forEach(field -> findings.add(field + " is in the message and not named"));
    if (!message.positions().isEmpty() && !message.positions().equals(List.copyOf(there))) {
      findings.add("the positions differ: " + message.positions() + " but " + there);
    }
  }

  private void changes() {
    for (String field : sample.fields().keySet()) {
      String before = String.valueOf(sample.fields().get(field));
      List<Row> rows = message.read().stream().filter(r -> r.from().contains(field)).toList();
      for (String after : rows.isEmpty() ? anything(before) : others(rows, before)) {
        Map<String, String> change = Map.of(field, after);
        if (!concerned(change).containsAll(seenIn(field))) {
          findings.add(field + ": " + after + " does not try what the table says of it");
        }
        compare(field + " changed to '" + after + '\'', change);
      }
    }
    compare("one more field", Map.of(STRANGE, "7"));
  }

  private static Set<String> others(List<Row> rows, String before) {
    Set<String> all = new TreeSet<>();
    rows.forEach(row -> all.add(row.as().transformation().other(before, row.as().argument())));
    return all;
  }

  /** What might mean something, where the table says that it does not. */
  private Set<String> anything(String before) {
    Set<String> all = new TreeSet<>(List.of("", "0", "Y", before + '1'));
    message.read().forEach(row -> all.add(row.as().argument()));
    all.remove(before);
    return all;
  }

  private void oddities() {
    for (Row row : message.read()) {
      String last = row.from().isEmpty() ? "" : row.from().get(row.from().size() - 1);
      for (String odd : row.as().transformation().odd(row.as().argument())) {
        if (!last.isEmpty()) {
          compare(last + " sent as '" + odd + '\'', Map.of(last, odd));
        }
      }
    }
    for (String side : List.of("bid", "ask")) {
      List<Row> rows = new ArrayList<>(message.rowsOf(side + "_price"));
      rows.addAll(message.rowsOf(side + "_size"));
      Map<String, String> nothing = new LinkedHashMap<>();
      rows.forEach(row -> nothing.put(row.from().get(0), "0"));
      compare("no " + side, nothing);
    }
  }

  private boolean asked(String field) {
    return message.read().stream()
        .anyMatch(
            row -> row.as().transformation() == Transformation.ASKED && row.from().contains(field));
  }

  /** Where a field is seen whatever the others say. */
  private Set<String> seenIn(String field) {
    Set<String> all = new TreeSet<>();
    for (Row row : message.read()) {
      int index = row.from().indexOf(field);
      if (index >= 0 && row.as().transformation().alwaysSeen(index)) {
        all.add(row.normalized());
      }
    }
    return all;
  }

  private Set<String> concerned(Map<String, String> change) {
    return differences(expected(Map.of()), expected(change)).keySet();
  }

  private void compare(String what, Map<String, String> change) {
    if (!change.entrySet().stream().allMatch(c -> sample.mayBe().test(c.getKey(), c.getValue()))) {
      return;
    }
    Map<String, String> actual = actual(change);
    boolean framed = !change.isEmpty() && message.framing().containsAll(change.keySet());
    if (framed && actual.containsKey(REFUSED)) {
      return; // another message altogether
    }
    boolean refusal = change.keySet().stream().anyMatch(this::asked);
    Map<String, String> expected = refusal ? Map.of(REFUSED, "symbol-unknown") : expected(change);
    differences(expected, actual)
        .forEach(
            (field, says) ->
                findings.add(message.name() + ", " + what + ": " + field + ' ' + says));
  }

  private static Map<String, String> differences(Map<String, String> one, Map<String, String> two) {
    Map<String, String> all = new TreeMap<>();
    Set<String> fields = new TreeSet<>(one.keySet());
    fields.addAll(two.keySet());
    for (String field : fields) {
      String left = one.getOrDefault(field, "nothing");
      String right = two.getOrDefault(field, "nothing");
      if (!left.equals(right)) {
        all.put(field, "should be " + left + " and is " + right);
      }
    }
    return all;
  }

  private Map<String, String> values(Map<String, String> change) {
    Map<String, String> all = new LinkedHashMap<>(sample.fields());
    all.putAll(change);
    return all;
  }

  /** The line as the table has it. */
  private Map<String, String> expected(Map<String, String> change) {
    Map<String, String> values = values(change);
    Map<String, String> line = new TreeMap<>();
    line.put("halted", "false");
    for (Row row : message.read()) {
      List<String> raw = row.from().stream().map(f -> String.valueOf(values.get(f))).toList();
      Transformation as = row.as().transformation();
      String text = as.of(raw, row.as().argument(), sample.heardAt());
      if (!as.told(raw, sample.heardAt())) {
        line.put(Line.SPECIFIC + "event_time_source", "receive");
      }
      if (text != null) {
        // Of several words one is enough to say so.
        line.merge(row.normalized(), text, (a, b) -> a.equals("true") ? a : b);
      }
    }
    for (String side : List.of("bid", "ask")) {
      if (!line.containsKey(side + "_price")) {
        line.computeIfPresent(
            side + "_size", (f, size) -> Line.digits(size).equals("0") ? null : size);
      }
    }
    line.computeIfPresent("volume", (field, digits) -> Line.digits(digits));
    message
        .specific()
        .forEach(
            (field, travels) -> {
              String text = String.valueOf(values.get(field)).strip();
              boolean padding = travels.unlessZero() && Line.digits(text).equals("0");
              if (!text.isEmpty() && !padding) {
                line.put(Line.SPECIFIC + travels.name(), text);
              }
            });
    String strange = values.get(STRANGE);
    if (message.unnamed() != null && strange != null) {
      line.put(Line.SPECIFIC + message.unnamed() + STRANGE, strange);
    }
    return line;
  }

  /** The line as the provider has it. */
  private Map<String, String> actual(Map<String, String> change) {
    Understood read = sample.read().apply(values(change));
    if (read.declared != 1 || read.accounted != 1) {
      findings.add(message.name() + " declares " + read.declared + ", has " + read.accounted);
    }
    return read.observed.isEmpty()
        ? Map.of(REFUSED, read.refusals.get(0).reason())
        : Line.of(table.provider(), table.market(), read.observed.get(0));
  }
}
