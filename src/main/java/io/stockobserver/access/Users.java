package io.stockobserver.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The accounts of people, with what is kept of their passwords. Immutable. A password is checked in
 * the caller's thread, which takes about half a second.
 */
public final class Users {
  /** The shortest password that is taken, in characters. */
  public static final int SHORTEST = 8;

  private static final int LONGEST = 256;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final Map<String, PasswordHash> hashes;

  /** Is hashed for a name that nobody has, so that the time tells nothing. */
  private final PasswordHash nobody;

  Users(Map<String, PasswordHash> hashes) {
    this(hashes, PasswordHash.ROUNDS);
  }

  Users(Map<String, PasswordHash> hashes, int rounds) {
    this.hashes = Map.copyOf(hashes);
    this.nobody = hashes.isEmpty() ? PasswordHash.of("", 1) : PasswordHash.of("", rounds);
  }

  /** Nobody: no password is right. */
  public static Users none() {
    return new Users(Map.of());
  }

  /**
   * These, and one more.
   *
   * @throws IllegalArgumentException telling what is wrong with the name or the password
   */
  public Users with(String name, String password) {
    checkName(name);
    checkPassword(password);
    Map<String, PasswordHash> all = new LinkedHashMap<>(hashes);
    all.put(name, PasswordHash.of(password, PasswordHash.ROUNDS));
    return new Users(all);
  }

  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 64 letters, digits, . _ and -, the first a letter or digit");
    }
  }

  static void checkPassword(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a password has " + SHORTEST + " to " + LONGEST + " characters");
    }
  }

  /** Their names, in order. */
  public List<String> names() {
    return hashes.keySet().stream().sorted().toList();
  }

  /** Which of them are in {@code before} too, with another password. */
  public Set<String> renewedSince(Users before) {
    return hashes.entrySet().stream()
        .filter(
            one -> {
              PasswordHash had = before.hashes.get(one.getKey());
              return had != null && !had.is(one.getValue());
            })
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  public boolean isEmpty() {
    return hashes.isEmpty();
  }

  /** Whether there is such an account. */
  boolean has(String name) {
    return hashes.containsKey(name);
  }

  /** Whether this opens that account; takes as long where there is none. */
  boolean open(String name, String password) {
    PasswordHash hash = hashes.get(name);
    boolean right =
        (hash == null ? nobody : hash).isOf(password.length() > LONGEST ? "" : password);
    return right && hash != null && password.length() <= LONGEST;
  }
}
