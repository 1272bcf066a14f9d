package io.stockobserver.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.SegmentReader;
import io.stockobserver.archive.Verification;
import io.stockobserver.tape.Entry;
import io.stockobserver.tape.TapeLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What an archive says, read as an outsider reads it. Takes files that are being written too. */
record Books(Path root) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Every file below a folder by its uncompressed name, in the order of names. */
  List<String> files(String folder) {
    Path start = root.resolve(folder);
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(start)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .map(name -> name.endsWith(".zst") ? name.substring(0, name.length() - 4) : name)
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole lines of a file, compressed by now or not. */
  List<byte[]> raw(String path) {
    while (true) {
      try (SegmentReader reader = SegmentReader.open(root, path)) {
        List<byte[]> lines = new ArrayList<>();
        for (Optional<SegmentReader.Line> l = reader.next(); l.isPresent(); l = reader.next()) {
          lines.add(l.get().bytes());
        }
        return lines;
      } catch (NoSuchFileException e) {
        assertThat(root.resolve(path + ".zst")).exists(); // it was sealed between two looks
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** All lines of a folder's {@code .jsonl} files. */
  List<JsonNode> lines(String folder) {
    return each(folder).toList();
  }

  /** The same one at a time: an hour's lines, parsed, do not fit into a test's heap. */
  Stream<JsonNode> each(String folder) {
    return files(folder).stream()
        .filter(path -> path.endsWith(".jsonl"))
        .flatMap(path -> raw(path).stream().map(Books::json));
  }

  List<JsonNode> swing() {
    return lines("swing");
  }

  List<JsonNode> scalp() {
    return lines("scalp");
  }

  /** Scalp lines by symbol. */
  Map<String, List<JsonNode>> scalpBySymbol() {
    Map<String, List<JsonNode>> all = new TreeMap<>();
    scalp().forEach(l -> all.computeIfAbsent(text(l, "symbol"), s -> new ArrayList<>()).add(l));
    return all;
  }

  List<JsonNode> setAside() {
    return lines("set_aside");
  }

  List<JsonNode> events(String type) {
    return each("system/events").filter(e -> text(e, "event_type").equals(type)).toList();
  }

  List<JsonNode> gaps(String scope, String reason) {
    return events("gap_marker").stream()
        .filter(g -> text(g, "scope").equals(scope) && text(g, "reason").equals(reason))
        .toList();
  }

  /** The tape in the order of its files; within one observer's life that is the order of seq. */
  List<Entry> tape() {
    List<Entry> all = new ArrayList<>();
    for (String path : files("tape")) {
      List<byte[]> lines = raw(path);
      for (int i = 0; i < lines.size(); i++) {
        all.add(TapeLines.decode(lines.get(i), path, i + 1L));
      }
    }
    all.sort(Comparator.comparingLong(Entry::seq));
    return all;
  }

  /** The tape's notes of one name. */
  List<Entry> notes(String name) {
    return tape().stream().filter(e -> e.text().startsWith("{\"note\":\"" + name + "\"")).toList();
  }

  /** The one line that {@code path:line} names. */
  JsonNode line(String ref) {
    int colon = ref.lastIndexOf(':');
    int number = Integer.parseInt(ref.substring(colon + 1));
    return json(raw(ref.substring(0, colon)).get(number - 1));
  }

  JsonNode whole(String path) {
    try {
      return JSON.readTree(root.resolve(path).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void verified() {
    assertThat(Verification.of(root).problems()).isEmpty();
  }

  /** Everything that the files hold, uncompressed, as one Latin text: for looking for a word. */
  String everything() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String path : files("")) {
      if (path.equals("observer.lock") || path.endsWith(".bin")) {
        continue;
      }
      all.writeBytes((path + "\n").getBytes(StandardCharsets.UTF_8));
      raw(path).forEach(all::writeBytes);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  static JsonNode json(byte[] line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(new String(line, StandardCharsets.UTF_8), e);
    }
  }

  static String text(JsonNode line, String key) {
    return line.path(key).asText();
  }

  static Instant instant(JsonNode line, String key) {
    return Instant.parse(text(line, key));
  }
}
