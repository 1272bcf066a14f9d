package io.stockobserver.backup.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.archive.Sha256;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * One secret that opens one door. It is compared by its digest, so that the time a refusal takes
 * tells neither its length nor how much of it was right. Thread-safe; never prints the secret.
 */
public final class Account {
  private static final String SCHEME = "Bearer ";

  private final byte[] digest;

  /** Of whoever knows this token. */
  public Account(String token) {
    if (token.isBlank()) {
      throw new IllegalArgumentException("a token that is empty opens everything");
    }
    digest = digest(token);
  }

  private static byte[] digest(String token) {
    return Sha256.start().digest(token.getBytes(UTF_8));
  }

  /** Whether an {@code Authorization} header has it. */
  public boolean opens(@Nullable String authorization) {
    String given =
        authorization != null && authorization.startsWith(SCHEME)
            ? authorization.substring(SCHEME.length()).strip()
            : "";
    return MessageDigest.isEqual(digest, digest(given));
  }
}
