package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.access.Logins;
import io.stockobserver.access.Refusals;
import io.stockobserver.access.UserFile;
import io.stockobserver.access.Users;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Who has an account: from the file of users and from the environment; or, with the console on a
 * port that only this machine reaches, one with a password for this run. Immutable.
 */
final class People {
  private static final String OPERATOR = "operator";
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int ONE_TIME_LETTERS = 16;

  private final boolean configured;
  private final String oneTime;
  private final Refusals refusals;
  private final Logins logins;

  private People(boolean configured, String oneTime, Refusals refusals, Logins logins) {
    this.configured = configured;
    this.oneTime = oneTime;
    this.refusals = refusals;
    this.logins = logins;
  }

  /**
   * Reads them.
   *
   * @throws SettingsException when others reach the port and nobody has an account, or what is
   *     configured is none
   */
  static People of(HttpSettings settings, Credentials credentials, Refusals refusals) {
    Users users = configured(settings, credentials);
    boolean configured = !users.isEmpty();
    if (!configured && !settings.isLoopback()) {
      throw new SettingsException(
          "http.bind = "
              + settings.bind()
              + " is reached by others, and nobody has an account; make one with"
              + " ./observer user add NAME, or set OBSERVER_USER and OBSERVER_PASSWORD (or"
              + " OBSERVER_PASSWORD_FILE)");
    }
    String oneTime = "";
    if (!configured && settings.console()) {
      oneTime = password();
      users = users.with(OPERATOR, oneTime);
    }
    return new People(configured, oneTime, refusals, new Logins(users, refusals, System::nanoTime));
  }

  private static Users configured(HttpSettings settings, Credentials credentials) {
    Users users;
    try {
      users = new UserFile(settings.users()).read();
    } catch (IOException unreadable) {
      throw new SettingsException("http.users: " + unreadable.getMessage(), unreadable);
    }
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
