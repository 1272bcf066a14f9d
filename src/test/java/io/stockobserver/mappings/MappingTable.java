package io.stockobserver.mappings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One file of {@code config/mappings}. Refuses what it does not know, naming it. */
record MappingTable(String provider, String market, List<Message> messages) {
  static final Path FOLDER = Path.of("config/mappings");

  /** What a line of the archive takes from a venue (docs/archive-format.md, section 2). */
  static final List<String> IN_THE_LINE =
      List.of(
          "symbol",
          "event_time",
          "last_price",
          "bid_price",
          "ask_price",
          "bid_size",
          "ask_size",
          "volume",
          "acc_volume",
          "acc_value",
          "open",
          "high",
          "low",
          "prev_close");

  /** What is read besides, because records depend on it. */
  static final List<String> BESIDE_IT = List.of("trade_id", "halted");

  /** How far a row holds. */
  enum Status {
    OK,
    TODO,
    PROVIDER_SPECIFIC
  }

  /**
   * One kind of message.
   *
   * @param heard {@code rest} or {@code feed}
   * @param call the venue's name of it
   * @param unnamed what stands before the name of a field that is not named here when it travels;
   *     null where it does not
   * @param positions all fields in order, where they are known by it; else empty
   * @param brief the names that the venue has besides, where it has any
   * @param framing fields that say what the message is, and nothing more
   * @param specific the fields that travel in {@code provider_specific}, and what they are called
   */
  record Message(
      String name,
      String heard,
      String call,
      String about,
      LocalDate verified,
      @Nullable String unnamed,
      List<String> positions,
      Map<String, String> brief,
      List<String> framing,
      List<Row> rows,
      Map<String, Specific> specific) {

    /** Every field that is named, for whatever. */
    Set<String> named() {
      Set<String> all = new LinkedHashSet<>();
      rows.forEach(row -> all.addAll(row.from()));
      all.addAll(specific.keySet());
      all.addAll(framing);
      return all;
    }

    List<Row> rowsOf(String normalized) {
      return rows.stream().filter(row -> row.normalized().equals(normalized)).toList();
    }

    /** The rows that are read. */
    List<Row> read() {
      return rows.stream().filter(row -> row.status() != Status.TODO).toList();
    }

    Message with(List<Row> others, Map<String, Specific> specifics) {
      return new Message(
          name, heard, call, about, verified, unnamed, positions, brief, framing, others,
          specifics);
    }
  }

  /**
   * What a field is called where it travels.
   *
   * @param unlessZero whether zero is padding, and no value
   */
  record Specific(String name, boolean unlessZero) {
    private static final String UNLESS_ZERO = " unless 0";

    static Specific parse(String text) {
      return text.endsWith(UNLESS_ZERO)
          ? new Specific(text.substring(0, text.length() - UNLESS_ZERO.length()), true)
          : new Specific(text, false);
    }
  }

  /** One normalized field and what it is made of. */
  record Row(String normalized, List<String> from, Transformation.Word as, Status status) {}

  static MappingTable of(String provider) throws IOException {
    return parse(Files.readString(FOLDER.resolve(provider + ".yaml")));
  }

  static MappingTable parse(String yaml) {
    Map<String, Object> root = map(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    knows(root, "provider", "market", "messages");
    List<Message> messages = new ArrayList<>();
    map(root.get("messages")).forEach((name, tree) -> messages.add(message(name, map(tree))));
    return new MappingTable(text(root, "provider"), text(root, "market"), List.copyOf(messages));
  }

  Message message(String name) {
    return messages.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static Message message(String name, Map<String, Object> tree) {
    knows(
        tree,
        "heard",
        "name",
        "about",
        "verified",
        "unnamed",
        "positions",
        "brief",
        "framing",
        "fields",
        "provider_specific");
    List<Row> rows = new ArrayList<>();
    map(tree.get("fields"))
        .forEach(
            (field, value) -> {
              for (Object row : value instanceof List<?> list ? list : List.of(value)) {
                rows.add(row(field, map(row)));
              }
            });
    return new Message(
        name,
        oneOf(text(tree, "heard"), "rest", "feed"),
        text(tree, "name"),
        text(tree, "about"),
        LocalDate.parse(text(tree, "verified")),
        unnamed(text(tree, "unnamed")),
        texts(tree.get("positions")),
        names(tree.get("brief")),
        texts(tree.get("framing")),
        List.copyOf(rows),
        specifics(tree.get("provider_specific")));
  }

  /** {@code tape}, {@code travels}, or {@code travels as trade_*}. */
  private static @Nullable String unnamed(String text) {
    if (text.equals("tape")) {
      return null;
    }
    return text.equals("travels") ? "" : text.replaceFirst("^travels as (\\w+)\\*$", "$1");
  }

  private static Map<String, Specific> specifics(@Nullable Object tree) {
    Map<String, Specific> all = new LinkedHashMap<>();
    names(tree).forEach((field, name) -> all.put(field, Specific.parse(name)));
    return all;
  }

  /** Names by field; a mere list is by the last part of each. */
  private static Map<String, String> names(@Nullable Object tree) {
    Map<String, String> all = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> map) {
      map.forEach((field, name) -> all.put(field.toString(), name.toString()));
    } else {
      texts(tree).forEach(field -> all.put(field, field.substring(field.lastIndexOf('.') + 1)));
    }
    return all;
  }

  private static Row row(String field, Map<String, Object> tree) {
    knows(tree, "from", "as", "status");
    if (!IN_THE_LINE.contains(field) && !BESIDE_IT.contains(field)) {
      throw new IllegalArgumentException("no normalized field: " + field);
    }
    return new Row(
        field,
        texts(tree.get("from")),
        Transformation.Word.parse(text(tree, "as")),
        Status.valueOf(text(tree, "status")));
  }

  private static void knows(Map<String, Object> tree, String... keys) {
    for (String key : tree.keySet()) {
      oneOf(key, keys);
    }
  }

  private static String oneOf(String word, String... words) {
    if (!List.of(words).contains(word)) {
      throw new IllegalArgumentException(word + " is none of " + List.of(words));
    }
    return word;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  private static String text(Map<String, Object> tree, String key) {
    Object value = tree.get(key);
    if (value == null) {
      throw new IllegalArgumentException("missing: " + key + " in " + tree.keySet());
    }
    return value.toString().strip();
  }

  private static List<String> texts(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of(value.toString());
  }
}
