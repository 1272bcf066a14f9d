package io.stockobserver;

import io.stockobserver.archive.Sha256;
import io.stockobserver.market.Spans;
import io.stockobserver.market.Window;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration: {@code config/application.properties}, under environment variables ({@code
 * slot.kis.count} is {@code SLOT_KIS_COUNT}), under what the command line says. Every value is read
 * through here, so that a bad one is named with its key and what is allowed.
 */
public final class Settings {
  private final Path file;
  private final TreeMap<String, String> values = new TreeMap<>();
  private final Set<String> read = new TreeSet<>();

  private Settings(Path file) {
    this.file = file;
  }

  /**
   * Reads the file and lays the environment and the command line over it.
   *
   * @throws SettingsException when the file is not there or cannot be read
   */
  public static Settings read(
      Path file, Map<String, String> environment, Map<String, String> over) {
    Settings settings = new Settings(file);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new SettingsException(
          file + " is not there; start in the project's folder or restore it", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(file + " cannot be read: " + e.getMessage(), e);
    }
    for (String key : properties.stringPropertyNames()) {
      String word = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
      settings.values.put(key, environment.getOrDefault(word, properties.getProperty(key)).trim());
    }
    settings.values.putAll(over);
    return settings;
  }

  /** The same, with other values of some. */
  Settings with(Map<String, String> others) {
    Settings copy = new Settings(file);
    copy.values.putAll(values);
    copy.values.putAll(others);
    return copy;
  }

  /** A text; may be empty. */
  public String text(String key) {
    read.add(key);
    String value = values.get(key);
    if (value == null) {
      throw new SettingsException(
          file
              + " has no "
              + key
              + "; add the line, the file of a fresh clone has it with its default");
    }
    return value;
  }

  /** A text, or what serves when it is empty. */
  public String text(String key, String whenEmpty) {
    String value = text(key);
    return value.isEmpty() ? whenEmpty : value;
  }

  /** A whole number within bounds. */
  public int number(String key, int from, int to) {
    return parse(
        key,
        "a whole number from " + from + " to " + to,
        text -> {
          int n = Integer.parseInt(text);
          if (n < from || n > to) {
            throw new IllegalArgumentException();
          }
          return n;
        });
  }

  /** A size in megabytes within bounds, such as 32MB. */
  public int megabytes(String key, int from, int to) {
    return parse(
        key,
        "a size such as 32MB, from " + from + "MB to " + to + "MB",
        text -> {
          int n = text.endsWith("MB") ? Integer.parseInt(text.substring(0, text.length() - 2)) : 0;
          if (n < from || n > to) {
            throw new IllegalArgumentException();
          }
          return n;
        });
  }

  /** A decimal that is not negative. */
  public BigDecimal amount(String key) {
    return parse(
        key,
        "a number from 0",
        text -> {
          BigDecimal n = new BigDecimal(text);
          if (n.signum() < 0) {
            throw new IllegalArgumentException();
          }
          return n;
        });
  }

  /** A decimal within bounds. */
  public BigDecimal amount(String key, String from, String to) {
    return parse(
        key,
        "a number from " + from + " to " + to,
        text -> {
          BigDecimal n = new BigDecimal(text);
          if (n.compareTo(new BigDecimal(from)) < 0 || n.compareTo(new BigDecimal(to)) > 0) {
            throw new IllegalArgumentException();
          }
          return n;
        });
  }

  /** A duration within bounds. */
  public Duration span(String key, Duration from, Duration to) {
    return parse(
        key,
        "a duration such as 500ms, 10s or 5m, from " + words(from) + " to " + words(to),
        text -> {
          Duration d = Spans.parse(text);
          if (d.compareTo(from) < 0 || d.compareTo(to) > 0) {
            throw new IllegalArgumentException();
          }
          return d;
        });
  }

  /** A duration within bounds, or none at all for {@code 0s}. */
  public Duration spanOrNever(String key, Duration from, Duration to) {
    return text(key).equals("0s") ? Duration.ZERO : span(key, from, to);
  }

  /**
   * A URL without a slash at its end, also for the routes.
   *
   * @param scheme that it begins with; the one with an s is as good
   */
  public String address(String key, String whenEmpty, String scheme) {
    String value = text(key, whenEmpty);
    if (!value.matches(scheme + "s?://[^/\\s]+(/\\S*)?")) {
      throw new SettingsException(
          key + " = " + value + " is not allowed; write a URL that begins with " + scheme + "://");
    }
    String address = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    set(key, address);
    return address;
  }

  /** A percentage within bounds, such as {@code 80%}. */
  public double percent(String key, double from, double to) {
    return parse(
        key,
        "a percentage from " + plain(from) + " to " + plain(to),
        text -> {
          double p =
              text.matches("\\d+(\\.\\d+)?%") ? Double.parseDouble(text.replace("%", "")) : -1;
          if (p < from || p > to) {
            throw new IllegalArgumentException();
          }
          return p;
        });
  }

  private static String plain(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
  }

  /** A part of the trading day. */
  public Window window(String key) {
    return parse(
        key,
        "START..END, each open or close with a shift, such as open+30m..close-30m",
        Window::parse);
  }

  /** One word of a few. */
  public String oneOf(String key, String... allowed) {
    return parse(
        key,
        "one of " + String.join(", ", allowed),
        text -> {
          if (!List.of(allowed).contains(text)) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  /** A list with commas, each once. */
  public Set<String> words(String key) {
    return parse(
        key,
        "words with commas between them",
        text -> {
          Set<String> all = new LinkedHashSet<>(Arrays.asList(text.split("\\s*,\\s*", -1)));
          if (all.contains("")) {
            throw new IllegalArgumentException();
          }
          return all;
        });
  }

  /** Reads a value with {@code reader}; whatever that refuses is refused with its key. */
  public <T> T parse(String key, String allowed, Function<String, T> reader) {
    String value = text(key);
    try {
      return reader.apply(value);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          key + " = " + value + " is not allowed; write " + allowed + " (" + file + ")", e);
    }
  }

  /** A value that another one decided, for the routes. */
  public void set(String key, String value) {
    values.put(key, value);
    read.add(key);
  }

  /**
   * Refuses a key that nobody has asked for: it is misspelt or retired. Keys under {@code my.} are
   * the operator's own, those under {@code camel.} are Camel's.
   */
  public void refuseUnknown() {
    for (String key : values.keySet()) {
      if (!read.contains(key) && !key.startsWith("my.") && !key.startsWith("camel.")) {
        throw new SettingsException(
            key
                + " is no setting; correct or remove it ("
                + file
                + "; your own keys begin with my.)");
      }
    }
  }

  /** All of them, for Camel's placeholders. */
  public Map<String, String> all() {
    return Map.copyOf(values);
  }

  /**
   * Over every value in the order of the keys, for a session's evidence; but not over what is
   * another one for every machine and changes no record: addresses, folders, ports and backups.
   */
  public String sha256() {
    StringBuilder all = new StringBuilder();
    values.forEach(
        (key, value) -> {
          if (!key.endsWith(".url")
              && !key.endsWith(".dir")
              && !key.matches("(calendar|http|backup|package|retention|routes|alert|log)\\..*")) {
            all.append(key).append('=').append(value).append('\n');
          }
        });
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String words(Duration d) {
    return d.toMillis() % 1000 == 0 ? d.toSeconds() + "s" : d.toMillis() + "ms";
  }

  /** A setting, key or file that cannot be used; the message is one line for a person. */
  public static final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Tells what is wrong and what to do. */
    public SettingsException(String message) {
      super(message);
    }

    SettingsException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
