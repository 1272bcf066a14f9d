package io.stockobserver.backup.pulling;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server that packages are pulled from.
 *
 * @param name among our servers; also a file's name, on any system
 * @param url without a slash at its end
 * @param pin {@code sha256:HEX} of its certificate; null: the first that it shows is trusted
 * @param token of its backup account; never told
 */
public record PullServer(String name, URI url, @Nullable String pin, String token) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
  private static final Pattern PIN = Pattern.compile("sha256:[0-9a-f]{64}");

  /** Refuses what cannot be asked. */
  public PullServer {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a server's name has letters, digits, . _ and -: " + name);
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException("no URL of a server: " + url);
    }
    if (pin != null && !PIN.matcher(pin).matches()) {
      throw new IllegalArgumentException("no pin: " + pin + "; write sha256: and 64 hex digits");
    }
  }

  @Override
  public String toString() {
    return name + "=" + url;
  }
}
