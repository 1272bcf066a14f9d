package io.stockobserver.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stockobserver.PeopleFile;
import io.stockobserver.Settings.SettingsException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives people accounts for the page and the console. */
@Command(
    name = "user",
    description = "Gives people accounts for the page and the console.",
    mixinStandardHelpOptions = true)
final class UserCommand {
  /**
   * Adds one, or gives it another password, which is read from the terminal or from standard input
   * and never taken as an argument: the list of processes shows those to everybody.
   */
  @Command(
      name = "add",
      description =
          "Writes an account into http.users, with a password that is read from the terminal or from"
              + " standard input.",
      mixinStandardHelpOptions = true)
  int add(
      @Mixin Place place,
      @Parameters(paramLabel = "NAME", description = "Letters, digits, . _ and -.") String name)
      throws IOException {
    PeopleFile file = PeopleFile.of(place.settings(), place.home());
    boolean isNew;
    try {
      isNew = file.add(name, password(name));
    } catch (IllegalArgumentException wrong) {
      throw new SettingsException(wrong.getMessage());
    }
    System.out.println(
        place.json
            ? "{\"user\":\"" + name + "\",\"new\":" + isNew + "}"
            : name
                + (isNew ? " has an account" : " has another password")
                + " in "
                + file.path()
                + "; an observer that runs knows of it after its next start.");
    return ObserverCommand.DONE;
  }

  // From JDK 22 on there is a console also where input is piped: the launcher knows better.
  @SuppressWarnings("SystemConsoleNull")
  private static String password(String name) throws IOException {
    Console console = System.console();
    if (console != null && Boolean.getBoolean("observer.asks")) {
      char[] first = console.readPassword("Password of %s: ", name);
      char[] again = console.readPassword("Again: ");
      if (first == null || again == null || !Arrays.equals(first, again)) {
        throw new SettingsException("the two passwords are not the same; nothing was written");
      }
      return new String(first);
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String line = in.readLine();
    if (line == null) {
      throw new SettingsException("no password on standard input; nothing was written");
    }
    return line;
  }
}
