package io.stockobserver;

import io.stockobserver.Settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Secrets from the environment, or from files that it names; never from the configuration. */
final class Credentials {
  private final UnaryOperator<@Nullable String> environment;

  Credentials(Map<String, String> environment) {
    this(environment::get);
  }

  private Credentials(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /** Words that open nothing: for looking at what would be built. */
  static Credentials pretended() {
    return new Credentials(name -> "pretended");
  }

  /**
   * The secret {@code name}, or what the file {@code name_FILE} holds.
   *
   * @throws SettingsException when there is neither, or the file cannot be read
   */
  String secret(String name, String remedy) {
    return find(name)
        .orElseThrow(
            () -> new SettingsException(name + " is not set (nor " + name + "_FILE); " + remedy));
  }

  /**
   * The same, or nothing where there is neither.
   *
   * @throws SettingsException when the file cannot be read or is empty
   */
  Optional<String> find(String name) {
    String direct = blankToNull(environment.apply(name));
    String file = blankToNull(environment.apply(name + "_FILE"));
    if (direct != null) {
      return Optional.of(direct);
    }
    if (file != null) {
      try {
        String held = Files.readString(Path.of(file)).strip();
        if (held.isEmpty()) {
          throw new SettingsException(name + "_FILE names " + file + ", which is empty");
        }
        return Optional.of(held);
      } catch (IOException e) {
        throw new SettingsException(
            name + "_FILE names " + file + ", which cannot be read; correct the path or its rights",
            e);
      }
    }
    return Optional.empty();
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
