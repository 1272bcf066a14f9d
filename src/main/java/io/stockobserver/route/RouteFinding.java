package io.stockobserver.route;

/**
 * Something wrong with a route file.
 *
 * @param file its name, such as {@code poll-kis-swing.camel.yaml}
 * @param line where in the file, from 1; 0 when that is not known
 * @param what what is wrong, in one line
 * @param remedy what to do about it
 */
public record RouteFinding(String file, int line, String what, String remedy) {
  /** One line for a person. */
  public String sentence() {
    return file + (line > 0 ? ":" + line : "") + ": " + what + "; " + remedy;
  }
}
