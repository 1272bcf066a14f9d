package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.stockobserver.archive.packages.PackageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A manifest as bytes and back: one entry a line, and a last line with the checksum of all the
 * lines before it, so that {@code head -n -1} can check it.
 */
final class ManifestJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private ManifestJson() {}

  static byte[] write(Manifest manifest) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(head(manifest)).append(",\n\"files\":[\n");
    List<String> entries = new ArrayList<>();
    for (ManifestEntry entry : manifest.files()) {
      entries.add(entry(entry));
    }
    text.append(String.join(",\n", entries)).append(entries.isEmpty() ? "],\n" : "\n],\n");
    if (!manifest.late().isEmpty()) {
      List<String> links = new ArrayList<>();
      for (Manifest.Link link : manifest.late()) {
        links.add(object(json -> link(json, link)));
      }
      text.append("\"late\":[\n").append(String.join(",\n", links)).append("\n],\n");
    }
    manifest
        .ended()
        .ifPresent(at -> text.append("\"ended\":\"").append(instant(at)).append("\",\n"));
    byte[] body = text.toString().getBytes(UTF_8);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(body.length + 90);
    whole.write(body);
    whole.write(checkLine(body));
    return whole.toByteArray();
  }

  private static byte[] checkLine(byte[] body) {
    return ("\"check\":\"" + Sha256.of(body) + "\"}\n").getBytes(US_ASCII);
  }

  /** An instant in UTC with 3 decimals, or 6 when it has them. */
  static String instant(Instant at) {
    return (at.equals(at.truncatedTo(ChronoUnit.MILLIS)) ? MILLIS : MICROS).format(at);
  }

  private static String head(Manifest manifest) throws IOException {
    String head =
        object(
            json -> {
              json.writeStringField("provider", manifest.provider());
              json.writeStringField("date", PackageId.DAY.format(manifest.date()));
              json.writeNumberField("version", manifest.version());
              if (manifest.previous().isPresent()) {
                json.writeFieldName("previous");
                json.writeStartObject();
                link(json, manifest.previous().get());
                json.writeEndObject();
              }
            });
    return head.substring(0, head.length() - 1);
  }

  private static void link(JsonGenerator json, Manifest.Link link) throws IOException {
    json.writeStringField("path", link.path());
    json.writeStringField("sha256", link.sha256());
  }

  private static String entry(ManifestEntry entry) throws IOException {
    return object(
        json -> {
          json.writeStringField("path", entry.path());
          json.writeStringField("state", entry.state().name().toLowerCase(Locale.ROOT));
          json.writeNumberField("bytes", entry.bytes());
          json.writeNumberField("lines", entry.lines());
          json.writeStringField("sha256", entry.sha256());
          json.writeStringField("first", instant(entry.first()));
          json.writeStringField("last", instant(entry.last()));
          if (entry.lastSeq() > 0) {
            json.writeNumberField("first_seq", entry.firstSeq());
            json.writeNumberField("last_seq", entry.lastSeq());
          }
          if (entry.recovered()) {
            json.writeBooleanField("recovered", true);
          }
          if (entry.damagedLines() > 0) {
            json.writeNumberField("damaged_lines", entry.damagedLines());
          }
          if (entry.stored().isPresent()) {
            json.writeStringField("stored", entry.stored().get().path());
            json.writeNumberField("stored_bytes", entry.stored().get().bytes());
            json.writeStringField("stored_sha256", entry.stored().get().sha256());
          }
        });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(Fields fields) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Reads a manifest; any changed bit is refused. */
  static Manifest parse(byte[] bytes) throws IOException {
    int lastLine = bytes.length - 1;
    while (lastLine > 0 && bytes[lastLine - 1] != '\n') {
      lastLine--;
    }
    byte[] body = java.util.Arrays.copyOf(bytes, Math.max(0, lastLine));
    byte[] check = java.util.Arrays.copyOfRange(bytes, body.length, bytes.length);
    if (!java.util.Arrays.equals(check, checkLine(body))) {
      throw new IOException("its own checksum does not hold");
    }
    try (JsonParser json = JSON.createParser(bytes)) {
      return new Reading().manifest(json);
    } catch (DateTimeException | IllegalArgumentException | IllegalStateException wrong) {
      throw new IOException("no manifest: " + wrong.getMessage(), wrong);
    }
  }

  /** One manifest being read; the keys of an entry are collected before it is built. */
  private static final class Reading {
    private String path = "";
    private String state = "";
    private String sha256 = "";
    private String stored = "";
    private String storedSha256 = "";
    private long bytes;
    private long lines;
    private long storedBytes;
    private long firstSeq;
    private long lastSeq;
    private long damagedLines;
    private boolean recovered;
    private Instant first = Instant.EPOCH;
    private Instant last = Instant.EPOCH;

    Manifest manifest(JsonParser json) throws IOException {
      String provider = "";
      Optional<LocalDate> date = Optional.empty();
      int version = 0;
      Optional<Manifest.Link> previous = Optional.empty();
      List<ManifestEntry> files = new ArrayList<>();
      List<Manifest.Link> late = new ArrayList<>();
      Optional<Instant> ended = Optional.empty();
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "provider" -> provider = json.getText();
          case "date" -> date = Optional.of(LocalDate.parse(json.getText(), PackageId.DAY));
          case "version" -> version = json.getIntValue();
          case "previous" -> previous = Optional.of(new Reading().fields(json).link());
          case "ended" -> ended = Optional.of(Instant.parse(json.getText()));
          case "files" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              files.add(new Reading().fields(json).entry());
            }
          }
          case "late" -> {
            while (json.nextToken() == JsonToken.START_OBJECT) {
              late.add(new Reading().fields(json).link());
            }
          }
          default -> json.skipChildren();
        }
      }
      return new Manifest(provider, date.orElseThrow(), version, previous, files, late, ended);
    }

    private Reading fields(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        switch (key) {
          case "path" -> path = json.getText();
          case "state" -> state = json.getText();
          case "bytes" -> bytes = json.getLongValue();
          case "lines" -> lines = json.getLongValue();
          case "sha256" -> sha256 = json.getText();
          case "first" -> first = Instant.parse(json.getText());
          case "last" -> last = Instant.parse(json.getText());
          case "first_seq" -> firstSeq = json.getLongValue();
          case "last_seq" -> lastSeq = json.getLongValue();
          case "recovered" -> recovered = json.getBooleanValue();
          case "damaged_lines" -> damagedLines = json.getLongValue();
          case "stored" -> stored = json.getText();
          case "stored_bytes" -> storedBytes = json.getLongValue();
          case "stored_sha256" -> storedSha256 = json.getText();
          default -> json.skipChildren();
        }
      }
      return this;
    }

    private Manifest.Link link() {
      return new Manifest.Link(path, sha256);
    }

    private ManifestEntry entry() {
      return new ManifestEntry(
          path,
          ManifestEntry.State.valueOf(state.toUpperCase(Locale.ROOT)),
          bytes,
          lines,
          sha256,
          first,
          last,
          firstSeq,
          lastSeq,
          recovered,
          damagedLines,
          stored.isEmpty()
              ? Optional.empty()
              : Optional.of(new ManifestEntry.Stored(stored, storedBytes, storedSha256)));
    }
  }
}
