package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.access.Logins;
import io.stockobserver.access.Refusals;
import io.stockobserver.access.UserFile;
import io.stockobserver.access.Users;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who has an account: from the file of users and from the environment; or, with the console on a
 * port that only this machine reaches, one with a password for this run. The file is read again
 * when somebody has saved it. Thread-safe.
 */
final class People {
  private static final String OPERATOR = "operator";
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ONE_TIME_LETTERS = 16;

  private final HttpSettings settings;
  private final Credentials credentials;
  private final String oneTime;
  private final Refusals refusals;
  private final Logins logins;
  private volatile Users filed;
  private volatile boolean configured;

  private People(
      HttpSettings settings,
      Credentials credentials,
      Refusals refusals,
      Users filed,
      boolean configured,
      String oneTime) {
    this.settings = settings;
    this.credentials = credentials;
    this.refusals = refusals;
    this.filed = filed;
    this.configured = configured;
    this.oneTime = oneTime;
    this.logins = new Logins(all(filed), refusals, System::nanoTime);
  }

  /**
   * Reads them.
   *
   * @throws SettingsException when others reach the port and nobody has an account, or what is
   *     configured is none
   */
  static People of(HttpSettings settings, Credentials credentials, Refusals refusals) {
    Users filed = filed(settings);
    boolean configured = !withEnvironment(filed, credentials).isEmpty();
    if (!configured && !settings.isLoopback()) {
      throw new SettingsException(
          "http.bind = "
              + settings.bind()
              + " is reached by others, and nobody has an account; make one with"
              + " ./observer user add NAME, or set OBSERVER_USER and OBSERVER_PASSWORD (or"
              + " OBSERVER_PASSWORD_FILE)");
    }
    String oneTime = !configured && settings.console() ? password() : "";
    return new People(settings, credentials, refusals, filed, configured, oneTime);
  }

  private static Users filed(HttpSettings settings) {
    try {
      return new UserFile(settings.users()).read();
    } catch (IOException unreadable) {
      throw new SettingsException("http.users: " + unreadable.getMessage(), unreadable);
    }
  }

  /** With the one of this run, which is good until its end: it was told so. */
  private Users all(Users file) {
    Users users = withEnvironment(file, credentials);
    return oneTime.isEmpty() || users.names().contains(OPERATOR)
        ? users
        : users.with(OPERATOR, oneTime);
  }

  private static Users withEnvironment(Users users, Credentials credentials) {
    Optional<String> name = credentials.find("OBSERVER_USER");
    Optional<String> password = credentials.find("OBSERVER_PASSWORD");
    if (name.isEmpty() && password.isEmpty()) {
      return users;
    }
    if (name.isEmpty() || password.isEmpty()) {
      throw new SettingsException(
          name.isEmpty()
              ? "OBSERVER_PASSWORD is set and OBSERVER_USER is not; set both or none"
              : "OBSERVER_USER is set and OBSERVER_PASSWORD is not (nor OBSERVER_PASSWORD_FILE); set"
                  + " both or none");
    }
    try {
      return users.with(name.get(), password.get());
    } catch (IllegalArgumentException wrong) {
      throw new SettingsException(
          "OBSERVER_USER or OBSERVER_PASSWORD is not allowed: " + wrong.getMessage(), wrong);
    }
  }

  /** Who has an account by the file, for people, before and after it was read again. */
  record Change(String from, String to) {}

  /**
   * Reads the file again, and lets in whom it names now.
   *
   * @throws SettingsException when it cannot be read, or nobody would have an account any more;
   *     then all stays as it is
   */
  synchronized Change again() {
    Users fresh = filed(settings);
    boolean left = !withEnvironment(fresh, credentials).isEmpty();
    if (configured && !left) {
      throw new SettingsException(
          "http.users: nobody would have an account, and every page would be everybody's; add one"
              + " with ./observer user add NAME, or start again without accounts");
    }
    Users before = filed;
    Set<String> renewed = fresh.renewedSince(before);
    logins.accounts(all(fresh));
    filed = fresh;
    configured = left;
    return new Change(
        String.join(", ", before.names()),
        fresh.names().stream()
            .map(name -> renewed.contains(name) ? name + " (another password)" : name)
            .collect(Collectors.joining(", ")));
  }

  private static String password() {
    SecureRandom random = new SecureRandom();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < ONE_TIME_LETTERS; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  /** Whether somebody has an account for longer than this run. */
  boolean areConfigured() {
    return configured;
  }

  Refusals refusals() {
    return refusals;
  }

  Logins logins() {
    return logins;
  }

  /** The password of this run; empty where somebody has an account. */
  String oneTime() {
    return oneTime;
  }

  /** How to come in, for the line that tells where. */
  String word() {
    return oneTime.isEmpty()
        ? " for the accounts of http.users"
        : "  user " + OPERATOR + ", password " + oneTime + " (until it ends)";
  }
}
