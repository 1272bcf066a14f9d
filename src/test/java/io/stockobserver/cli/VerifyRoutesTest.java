package io.stockobserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.HomeCopy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal gets for a slip in a route file or a setting. */
class VerifyRoutesTest {
  private static final String HOME = "observer.home";

  @TempDir Path folder;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private HomeCopy home;

  @BeforeEach
  void listen() {
    home = HomeCopy.in(folder);
    System.setProperty(HOME, folder.toString());
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.setOut(out);
    System.setErr(err);
    System.clearProperty(HOME);
  }

  @Test
  void soundRoutesAreSaidToBeSound() {
    assertThat(ObserverCommand.run("verify-routes")).isEqualTo(ObserverCommand.DONE);
    assertThat(lines(told)).singleElement().asString().matches("routes: \\d+ files, all sound");
  }

  @Test
  void aSlipIsOneLineAndTheAnswerNo() {
    home.slip("routes/report-kis.camel.yaml", "kisFigures", "kisFigure");

    assertThat(ObserverCommand.run("verify-routes")).isEqualTo(ObserverCommand.NO);
    assertThat(lines(told))
        .singleElement()
        .asString()
        .startsWith("report-kis.camel.yaml:13: there is no bean kisFigure; write one of ");
  }

  @Test
  void scriptsGetJson() {
    home.slip("routes/report-kis.camel.yaml", "kisFigures", "kisFigure");

    assertThat(ObserverCommand.run("verify-routes", "--json")).isEqualTo(ObserverCommand.NO);
    assertThat(lines(told))
        .singleElement()
        .asString()
        .startsWith("{\"sound\":false,\"files\":")
        .contains("\"file\":\"report-kis.camel.yaml\",\"line\":13,");
  }

  @Test
  void collectRefusesARouteThatCannotBeBuilt() {
    home.slip("routes/report-kis.camel.yaml", "kisFigures", "kisFigure");

    assertThat(collect()).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(lines(complained))
        .singleElement()
        .asString()
        .startsWith(
            "observer: routes/report-kis.camel.yaml:13: there is no bean kisFigure; write one of ");
  }

  @Test
  void collectRefusesBadYaml() {
    home.slip("routes/report-kis.camel.yaml", "      uri: market-tick:", "     uri: market-tick:");

    assertThat(collect()).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(lines(complained))
        .containsExactly(
            "observer: routes/report-kis.camel.yaml:11: mapping values are not allowed here;"
                + " correct the YAML");
  }

  /** Camel lets it through, and the archive is given back for the next start. */
  @Test
  void collectRefusesAMisspeltErrorPlanAndLetsGoOfTheArchive() {
    home.slip("routes/report-kis.camel.yaml", "Id: next-second", "Id: next-secnd");

    assertThat(collect()).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(collect()).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(lines(complained))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "observer: routes/report-kis.camel.yaml:3: there is no route configuration"
                            + " next-secnd"));
  }

  @Test
  void collectRefusesABadSettingBeforeTheArchiveIsTouched() {
    home.slip("config/application.properties", "slot.kis.count = 41", "slot.kis.count = 42");

    assertThat(collect()).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(lines(complained))
        .singleElement()
        .asString()
        .startsWith("observer: slot.kis.count = 42 is not allowed; write a whole number");
    assertThat(folder.resolve("data/tape")).doesNotExist();
  }

  private int collect() {
    return ObserverCommand.run(
        "collect", "--simulate", "--for", "1s", "--data", folder.resolve("data").toString());
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
