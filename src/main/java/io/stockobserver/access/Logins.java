package io.stockobserver.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks credentials (HTTP Basic). Right ones are remembered for ten minutes by a keyed digest, so
 * that a console that asks every second costs nothing; wrong ones make their peer wait, and a
 * little also the account. Thread-safe; memory is bounded. It knows accounts of people only: a
 * backup's token is nobody's here.
 */
public final class Logins {
  private static final String SCHEME = "Basic ";
  private static final int LONGEST_HEADER = 1024;
  private static final int MOST_KNOWN = 256;
  private static final long KNOWN_NANOS = Duration.ofMinutes(10).toNanos();

  private volatile Users users;
  private final Refusals refusals;
  private final LongSupplier nanos;
  private final Slowdown peers;
  private final Slowdown accounts;
  private final SecretKeySpec key;
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  private record Known(String account, long until) {}

  private record Pair(String name, String password) {}

  /**
   * Of these accounts.
   *
   * @param refusals is told of each that is refused
   * @param nanos a monotonic clock
   */
  public Logins(Users users, Refusals refusals, LongSupplier nanos) {
    this.users = users;
    this.refusals = refusals;
    this.nanos = nanos;
    this.peers = new Slowdown(5, Duration.ofMinutes(1), nanos);
    // Short: somebody far away must not be able to keep the owner out.
    this.accounts = new Slowdown(20, Duration.ofSeconds(2), nanos);
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, "HmacSHA256");
  }

  /** From now on these are the accounts; who is logged in has to be looked at once more. */
  public synchronized void accounts(Users others) {
    users = others;
    known.clear();
  }

  /**
   * What can be said at once; {@link Login.Unknown} when a password has to be checked.
   *
   * @param authorization the header; null for none
   */
  public Login atOnce(String peer, @Nullable String authorization) {
    Pair pair = pair(authorization);
    if (pair == null) {
      return new Login.Refused(); // a browser's first question has none: that is no wrong login
    }
    String account = remembered(digest(pair));
    if (account != null) {
      return new Login.In(account);
    }
    Duration wait = wait(peer, pair);
    return wait.isZero() ? new Login.Unknown() : later(peer, pair, wait);
  }

  /** Checks; takes about half a second of a processor. */
  public Login check(String peer, @Nullable String authorization) {
    Login first = atOnce(peer, authorization); // somebody may have failed meanwhile
    Pair pair = pair(authorization);
    if (pair == null || !(first instanceof Login.Unknown)) {
      return first;
    }
    Users asked = users;
    if (!asked.open(pair.name(), pair.password())) {
      peers.failed(peer);
      accounts.failed(pair.name());
      refusals.refused(account(pair), peer);
      return new Login.Refused();
    }
    peers.succeeded(peer);
    accounts.succeeded(pair.name());
    remember(digest(pair), pair.name(), asked);
    return new Login.In(pair.name());
  }

  private Login later(String peer, Pair pair, Duration wait) {
    refusals.refused(account(pair), peer);
    return new Login.Later(wait);
  }

  /** A name that nobody has is not told: people type passwords there. */
  private String account(Pair pair) {
    return users.has(pair.name()) ? pair.name() : "unknown";
  }

  private Duration wait(String peer, Pair pair) {
    Duration one = peers.left(peer);
    Duration other = accounts.left(pair.name());
    return one.compareTo(other) >= 0 ? one : other;
  }

  private synchronized @Nullable String remembered(String digest) {
    Known one = known.get(digest);
    if (one == null) {
      return null;
    }
    if (one.until() - nanos.getAsLong() <= 0) {
      known.remove(digest);
      return null;
    }
    return one.account();
  }

  private synchronized void remember(String digest, String account, Users of) {
    if (of != users) {
      return; // it was right a moment ago: the next request is looked at again
    }
    known.put(digest, new Known(account, nanos.getAsLong() + KNOWN_NANOS));
  }

  private String digest(Pair pair) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] digest = mac.doFinal((pair.name() + ":" + pair.password()).getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has it", impossible);
    }
  }

  private static @Nullable Pair pair(@Nullable String authorization) {
    if (authorization == null
        || authorization.length() > LONGEST_HEADER
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      String both = new String(bytes, UTF_8);
      int colon = both.indexOf(':');
      return colon < 0 ? null : new Pair(both.substring(0, colon), both.substring(colon + 1));
    } catch (IllegalArgumentException noBase64) {
      return null;
    }
  }
}
