package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the one port, and of who may fetch packages there.
 *
 * @param keyStore of the certificate; null for plain HTTP
 * @param users the file of accounts
 * @param console whether Hawtio and Jolokia are there
 * @param outside as what people reach it through a proxy; null for nothing
 * @param perSecond how often a backup may ask in the long run
 * @param name of this machine, for its backups
 */
record HttpSettings(
    String bind,
    int port,
    @Nullable Path keyStore,
    Path users,
    boolean console,
    @Nullable URI outside,
    double perSecond,
    String name) {
  private static final int MOST_PORT = 65_535;
  private static final int MOST_A_SECOND = 10_000;
  private static final Pattern RATE = Pattern.compile("[1-9]\\d{0,4}/s");

  /** Reads and checks them. */
  static HttpSettings read(Settings s, Path home) {
    String bind = s.parse("http.bind", "an address of this machine", HttpSettings::address);
    boolean tls = s.oneOf("http.tls", "off", "on").equals("on");
    Path store = outsideOfArchive(s, home, "http.tls.key-store", "the key");
    Path users = outsideOfArchive(s, home, "http.users", "who has an account");
    boolean console = s.oneOf("http.console", "off", "on").equals("on");
    double perSecond =
        s.parse(
            "backup.rate",
            "requests a second, from 1/s to " + MOST_A_SECOND + "/s",
            text -> {
              if (!RATE.matcher(text).matches()) {
                throw new IllegalArgumentException();
              }
              double rate = Double.parseDouble(text.substring(0, text.length() - 2));
              if (rate > MOST_A_SECOND) {
                throw new IllegalArgumentException();
              }
              return rate;
            });
    return new HttpSettings(
        bind,
        s.number("http.port", 0, MOST_PORT),
        tls ? store : null,
        users,
        console,
        s.parse(
            "http.origin",
            "nothing, or as what people reach it through a proxy, such as https://observer.example.org",
            HttpSettings::origin),
        perSecond,
        BackupSettings.name(s));
  }

  private static Path outsideOfArchive(Settings s, Path home, String key, String secret) {
    Path file = home.resolve(s.text(key)).toAbsolutePath().normalize();
    Path archive = home.resolve(s.text("archive.dir")).toAbsolutePath().normalize();
    if (file.startsWith(archive)) {
      throw new SettingsException(
          key
              + " = "
              + file
              + " is not allowed; write a file outside of archive.dir: what is copied from there tells "
              + secret);
    }
    return file;
  }

  private static @Nullable URI origin(String text) {
    if (text.isEmpty()) {
      return null;
    }
    URI origin = URI.create(text);
    if (origin.getHost() == null || !text.matches("https?://[^/?#@]+")) {
      throw new IllegalArgumentException();
    }
    return origin;
  }

  /** Whether only this machine reaches it. */
  boolean isLoopback() {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException gone) {
      return false;
    }
  }

  private static String address(String text) {
    try {
      if (text.isBlank()) {
        throw new IllegalArgumentException();
      }
      InetAddress.getByName(text);
      return text;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
