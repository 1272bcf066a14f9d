package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.backup.pulling.Patience;
import io.stockobserver.backup.pulling.PullServer;
import io.stockobserver.backup.pulling.PullSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a backup, read and checked.
 *
 * @param urls of the servers, by name
 * @param pins of their certificates, by name
 * @param at when it pulls, by Seoul's clock
 * @param every how often what failed is tried again
 * @param drillAt when the backup is read back, by Seoul's clock
 * @param drillShare how much of a day that was read in full before, above 0 and up to 1
 */
public record BackupSettings(
    PullSettings pull,
    Map<String, URI> urls,
    Map<String, String> pins,
    LocalTime at,
    Duration every,
    LocalTime drillAt,
    double drillShare) {
  private static final int MOST_PARALLEL = 16;

  /** Reads them. */
  public static BackupSettings read(Settings s, Path home) {
    Duration second = Duration.ofSeconds(1);
    Map<String, URI> urls = new LinkedHashMap<>();
    pairs(s, "backup.servers", "NAME=URL, NAME=URL")
        .forEach((name, url) -> urls.put(name, url(url)));
    Map<String, String> pins = pairs(s, "backup.pins", "NAME=sha256:HEX, NAME=sha256:HEX");
    for (String name : pins.keySet()) {
      if (!urls.containsKey(name)) {
        throw new SettingsException(
            "backup.pins names " + name + ", which backup.servers does not; correct one of them");
      }
    }
    urls.forEach((name, url) -> checked(name, url, pins.get(name)));
    return new BackupSettings(
        new PullSettings(
            home.resolve(s.text("backup.dir", "backup")).toAbsolutePath().normalize(),
            name(s),
            s.number("backup.pull.parallel", 1, MOST_PARALLEL),
            s.span("backup.max-age", Duration.ofMinutes(1), Duration.ofDays(3650)),
            Patience.USUAL),
        urls,
        pins,
        s.parse("backup.pull.at", "a time such as 21:10", BackupSettings::time),
        s.span("backup.pull.every", second, Duration.ofDays(1)),
        s.parse("backup.drill.at", "a time such as 22:30", BackupSettings::time),
        s.percent("backup.drill.share", 0.01, 100) / 100);
  }

  /** What this machine is called in receipts. */
  static String name(Settings s) {
    return s.parse(
        "backup.name",
        "letters, digits, . _ and -, 63 at most",
        text -> {
          if (text.isEmpty()) {
            return PullSettings.hostName();
          }
          if (!text.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException();
          }
          return text;
        });
  }

  private static LocalTime time(String text) {
    if (!text.matches("\\d\\d:\\d\\d")) {
      throw new IllegalArgumentException();
    }
    try {
      return LocalTime.parse(text);
    } catch (java.time.DateTimeException noTime) {
      throw new IllegalArgumentException(noTime);
    }
  }

  private static Map<String, String> pairs(Settings s, String key, String shape) {
    return s.parse(
        key,
        shape,
        text -> {
          Map<String, String> all = new LinkedHashMap<>();
          for (String pair : text.isEmpty() ? new String[0] : text.split("\\s*,\\s*", -1)) {
            String[] both = pair.split("\\s*=\\s*", 2);
            if (both.length < 2 || all.put(both[0], both[1]) != null) {
              throw new IllegalArgumentException();
            }
          }
          return all;
        });
  }

  /** A server's address; {@code http://} before it and a slash behind it are no matter. */
  private static URI url(String text) {
    return URI.create(text.replaceFirst("/+$", ""));
  }

  private static PullServer checked(String name, URI url, @Nullable String pin) {
    try {
      return new PullServer(name, url, pin, "");
    } catch (IllegalArgumentException wrong) {
      throw new SettingsException("backup.servers or backup.pins: " + wrong.getMessage(), wrong);
    }
  }

  /**
   * Whom to ask, with their tokens.
   *
   * @param from a server's name or URL; null for all that are configured
   * @throws SettingsException when there is none, or a token is missing
   */
  public List<PullServer> servers(@Nullable String from, Map<String, String> environment) {
    Credentials credentials = new Credentials(environment);
    List<PullServer> all = new ArrayList<>();
    urls.forEach(
        (name, url) -> {
          if (from == null || from.equals(name) || url(from).equals(url)) {
            all.add(new PullServer(name, url, pins.get(name), token(name, credentials)));
          }
        });
    if (all.isEmpty() && from != null) {
      all.add(stranger(from, credentials));
    }
    if (all.isEmpty()) {
      throw new SettingsException(
          "backup.servers is empty; set it to NAME=URL, or name a server with --from URL");
    }
    return all;
  }

  private static PullServer stranger(String from, Credentials credentials) {
    try {
      URI url = url(from);
      String name = checked("server", url, null).url().getHost();
      name = (name + (url.getPort() < 0 ? "" : "-" + url.getPort())).replaceAll("[\\[\\]:]", "_");
      name = name.replaceFirst("^_+", "");
      return new PullServer(name, url, null, token(name, credentials));
    } catch (IllegalArgumentException wrong) {
      throw new SettingsException(
          "--from " + from + " is neither a name of backup.servers nor a URL", wrong);
    }
  }

  private static String token(String name, Credentials credentials) {
    String own = "BACKUP_TOKEN_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    return credentials
        .find(own)
        .orElseGet(
            () ->
                credentials.secret(
                    "BACKUP_TOKEN", "set it to the server's, or " + own + " for this one alone"));
  }
}
