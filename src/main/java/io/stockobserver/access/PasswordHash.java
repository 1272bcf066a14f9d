package io.stockobserver.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: a salted PBKDF2 digest that is slow on purpose. Immutable; to check
 * one takes about half a second of a processor.
 */
final class PasswordHash {
  /** OWASP's figure for PBKDF2 with SHA-512, true as of 2026-11. */
  static final int ROUNDS = 210_000;

  private static final String SCHEME = "pbkdf2-sha512";
  private static final int MOST_ROUNDS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int BITS = 256;

  private final int rounds;
  private final byte[] salt;
  private final byte[] digest;

  private PasswordHash(int rounds, byte[] salt, byte[] digest) {
    this.rounds = rounds;
    this.salt = salt;
    this.digest = digest;
  }

  /** Of this password, with a salt of its own. */
  static PasswordHash of(String password, int rounds) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(rounds, salt, digest(password, salt, rounds));
  }

  /** Whether it is the very same, salt and all. */
  boolean is(PasswordHash other) {
    return toString().equals(other.toString());
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  static PasswordHash parse(String text) {
    String[] parts = text.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME) || !parts[1].matches("\\d{1,8}")) {
      throw new IllegalArgumentException("no password hash");
    }
    int rounds = Integer.parseInt(parts[1]);
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] digest = Base64.getDecoder().decode(parts[3]);
    if (rounds < 1
        || rounds > MOST_ROUNDS
        || salt.length < SALT_BYTES
        || digest.length != BITS / 8) {
      throw new IllegalArgumentException("no password hash");
    }
    return new PasswordHash(rounds, salt, digest);
  }

  /** Whether it is of this password; takes as long for a wrong one. */
  boolean isOf(String password) {
    return MessageDigest.isEqual(digest, digest(password, salt, rounds));
  }

  private static byte[] digest(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has it", impossible);
    } finally {
      spec.clearPassword();
    }
  }

  /** As it stands in the file; it does not tell the password. */
  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return SCHEME
        + "$"
        + rounds
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(digest);
  }
}
