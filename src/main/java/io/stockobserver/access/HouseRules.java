package io.stockobserver.access;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are let in, and which only with an account: the one guard before everything on the
 * port. It reads headers and decides; it knows nobody's password. Thread-safe.
 */
public final class HouseRules {
  /** What a load balancer may always ask. */
  private static final Set<String> HEALTH = Set.of("/health", "/health/live", "/health/ready");

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "OPTIONS");

  private static final Pattern TRICK =
      Pattern.compile("\\.\\.|//|\\\\|%(2e|2f|5c|25|[01][0-9a-f]|7f)|[^\\x21-\\x7e]|;");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private final String scheme;
  private final boolean loopback;
  private final BooleanSupplier users;
  private final @Nullable URI outside;

  /** What to do with it. */
  public enum Rule {
    /** Let it in: whoever answers has a key of their own, or it is for everybody. */
    LET_IN,
    /** Let in whoever has an account. */
    ASK_WHO,
    NOT_FOUND,
    NOT_ALLOWED,
    /** It was sent by a page of somebody else. */
    FOREIGN
  }

  /**
   * Of a port.
   *
   * @param tls whether it speaks HTTPS
   * @param loopback whether only this machine reaches it
   * @param users whether accounts are configured by now: then every page needs one
   * @param outside as what people reach it through a proxy, such as {@code https://example.org};
   *     null for nothing
   */
  public HouseRules(boolean tls, boolean loopback, BooleanSupplier users, @Nullable URI outside) {
    this.scheme = tls ? "https://" : "http://";
    this.loopback = loopback;
    this.users = users;
    this.outside = outside;
  }

  /** Decides. */
  public Rule judge(Knock knock) {
    String path = knock.path();
    if (TRICK.matcher(knock.rawPath().toLowerCase(Locale.ROOT)).find()) {
      return Rule.NOT_FOUND;
    }
    boolean keyed = path.startsWith("/backup/") || HEALTH.contains(path);
    if (!keyed && !METHODS.contains(knock.method())) {
      return Rule.NOT_ALLOWED;
    }
    if (isForeign(knock) && !isPlainPage(knock)) {
      return Rule.FOREIGN;
    }
    if (keyed) {
      return Rule.LET_IN;
    }
    if (loopback && !isOurName(knock.host())) {
      return Rule.FOREIGN; // a name that somebody has let point here
    }
    return isConsole(path) || users.getAsBoolean() || !loopback ? Rule.ASK_WHO : Rule.LET_IN;
  }

  /** The console and what it speaks to always need an account. */
  public static boolean isConsole(String path) {
    return path.startsWith("/jolokia") || path.startsWith("/hawtio");
  }

  /**
   * A link on another page may lead here; nothing is changed by it, and nobody there can read it.
   */
  private static boolean isPlainPage(Knock knock) {
    return (knock.method().equals("GET") || knock.method().equals("HEAD"))
        && !knock.path().startsWith("/jolokia")
        && !knock.path().startsWith("/hawtio/jolokia")
        && !knock.path().startsWith("/api/");
  }

  private boolean isForeign(Knock knock) {
    String origin = knock.origin();
    String site = knock.site();
    boolean elsewhere = origin != null && !isOurs(origin, knock.host());
    return elsewhere || (site != null && !site.equals("same-origin") && !site.equals("none"));
  }

  private boolean isOurs(String origin, @Nullable String host) {
    URI known = outside;
    return origin.equalsIgnoreCase(scheme + host)
        || (known != null && origin.equalsIgnoreCase(known.toString()));
  }

  private boolean isOurName(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    URI known = outside;
    return LOOPBACK.matcher(name).matches()
        || (known != null && name.equalsIgnoreCase(known.getHost()));
  }
}
