package io.stockobserver;

import io.stockobserver.access.UserFile;
import java.io.IOException;
import java.nio.file.Path;

/** The file of accounts that the settings name, for the command that writes it. */
public final class PeopleFile {
  private final Path path;

  private PeopleFile(Path path) {
    this.path = path;
  }

  /** Looks where it is. */
  public static PeopleFile of(Settings settings, Path home) {
    return new PeopleFile(HttpSettings.read(settings, home).users());
  }

  public Path path() {
    return path;
  }

  /**
   * Adds an account, or gives it another password.
   *
   * @return whether it is new
   * @throws IllegalArgumentException telling what is wrong with the name or the password
   * @throws IOException when the file cannot be read or written
   */
  public boolean add(String name, String password) throws IOException {
    return new UserFile(path).add(name, password);
  }
}
