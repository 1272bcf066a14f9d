package io.stockobserver.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Days as options name them. */
final class Days {
  private Days() {}

  /**
   * Reads {@code YYYYMMDD}.
   *
   * @param allowed what a person may write
   * @throws ParameterException for anything else
   */
  static LocalDate parse(String day, @Nullable CommandSpec spec, String allowed) {
    try {
      return LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "\"" + day + "\" is no day; write " + allowed);
    }
  }
}
