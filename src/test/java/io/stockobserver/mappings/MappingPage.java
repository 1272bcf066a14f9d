package io.stockobserver.mappings;

import io.stockobserver.mappings.MappingTable.Message;
import io.stockobserver.mappings.MappingTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mapping tables as a page for people: docs/mappings.md. */
final class MappingPage {
  static final Path FILE = Path.of("docs/mappings.md");
  static final String COMMAND = "mvn test -Dtest=MappingPageTest -Dmappings.write=true";

  private static final String HEAD =
      """
      # Mapping tables

      Which of a venue's fields becomes which of the archive's. Written from `config/mappings/*.yaml`, not
      by hand: `%s` writes it anew.
      A test changes every field of every message in turn and sees that the line changes where these
      tables say so and nowhere else.

      Status: `OK` is read as named. `PROVIDER_SPECIFIC` is read, but its form or meaning is this venue's
      own. `TODO` is told by the venue and not read yet. `verified` is the day on which the message was
      last compared with what the venue publishes. `halted` and `trade_id` are in no line: the one decides
      who gets a slot and whose silence is no fault, the other which trade is told twice. The other keys
      of a line are the observer's own (archive-format.md).
      """
          .formatted(COMMAND);

  private MappingPage() {}

  /** All tables of the folder. */
  static String written() throws IOException {
    List<MappingTable> tables = new ArrayList<>();
    try (Stream<Path> files = Files.list(MappingTable.FOLDER)) {
      for (Path file : files.sorted().toList()) {
        tables.add(MappingTable.of(file.getFileName().toString().replace(".yaml", "")));
      }
    }
    return of(tables);
  }

  static String of(List<MappingTable> tables) {
    StringBuilder page = new StringBuilder(HEAD);
    for (MappingTable table : tables) {
      page.append("\n## %s (%s)\n\n".formatted(table.provider(), table.market()));
      messages(table, page);
      fields(table, page);
      specifics(table, page);
    }
    page.append(
        """

        ## The transformations

        | word | what becomes of a field |
        |--|--|
        """);
    for (Transformation one : Transformation.values()) {
      page.append("| `%s` | %s |\n".formatted(one.word(), one.meaning()));
    }
    return page.toString();
  }

  private static void messages(MappingTable table, StringBuilder page) {
    page.append(
        """
        | message | heard by | the venue's name | what it is | verified | a field not named here |
        |--|--|--|--|--|--|
        """);
    for (Message m : table.messages()) {
      String prefix = m.unnamed();
      String unnamed =
          prefix == null
              ? "is on the tape only"
              : prefix.isEmpty() ? "travels" : "travels as `" + prefix + "*`";
      page.append(
          "| %s | %s | `%s` | %s | %s | %s |\n"
              .formatted(m.name(), m.heard(), m.call(), m.about(), m.verified(), unnamed));
    }
  }

  /** One line of the page: what several messages have in common. */
  private record Line(String normalized, String as, String status, String verified) {}

  private static void fields(MappingTable table, StringBuilder page) {
    page.append(
        """

        | normalized | REST field | feed field | transformation | status | verified |
        |--|--|--|--|--|--|
        """);
    List<String> all = new ArrayList<>(MappingTable.IN_THE_LINE);
    all.addAll(MappingTable.BESIDE_IT);
    for (String normalized : all) {
      Map<Line, Map<String, List<String>>> lines = new LinkedHashMap<>();
      for (Message m : table.messages()) {
        for (Row row : m.rowsOf(normalized)) {
          Line line =
              new Line(
                  normalized, row.as().toString(), row.status().name(), m.verified().toString());
          lines
              .computeIfAbsent(line, l -> new LinkedHashMap<>())
              .computeIfAbsent(m.heard(), h -> new ArrayList<>())
              .add(cell(m, row));
        }
      }
      lines.forEach(
          (line, cells) ->
              page.append(
                  "| %s | %s | %s | `%s` | %s | %s |\n"
                      .formatted(
                          normalized,
                          joined(cells, "rest"),
                          joined(cells, "feed"),
                          line.as(),
                          line.status(),
                          line.verified())));
    }
  }

  private static String joined(Map<String, List<String>> cells, String heard) {
    return String.join("<br>", cells.getOrDefault(heard, List.of()));
  }

  /** A field by name and, where it has one, position; and whose it is. */
  private static String cell(Message message, Row row) {
    String fields =
        row.from().stream()
            .map(
                field -> {
                  int at = message.positions().indexOf(field);
                  return (at < 0 ? "" : at + " ") + '`' + field + '`' + brief(message, field);
                })
            .collect(Collectors.joining(", "));
    return (fields.isEmpty() ? "none" : fields) + " (" + message.name() + ')';
  }

  /** The short name of a field, part by part, where the venue has such. */
  private static String brief(Message message, String field) {
    String brief =
        Stream.of(field.split("\\.", -1))
            .map(part -> message.brief().getOrDefault(part, part))
            .collect(Collectors.joining("."));
    return brief.equals(field) ? "" : " / `" + brief + '`';
  }

  private static void specifics(MappingTable table, StringBuilder page) {
    page.append("\nWhat travels in `provider_specific`:\n\n");
    for (Message m : table.messages()) {
      List<String> names = new ArrayList<>();
      m.specific()
          .forEach(
              (field, travels) ->
                  names.add(
                      '`'
                          + field
                          + '`'
                          + (field.equals(travels.name()) ? "" : " as `" + travels.name() + '`')
                          + (travels.unlessZero() ? " unless 0" : "")));
      page.append(
          "- **%s**: %s\n"
              .formatted(m.name(), names.isEmpty() ? "nothing" : String.join(", ", names)));
    }
  }
}
