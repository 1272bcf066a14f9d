package io.stockobserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.HomeCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom {@code collect} observes, as a person asks for it. */
class CollectCommandTest {
  private static final String HOME = "observer.home";

  @TempDir Path folder;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private Path place;
  private HomeCopy home;

  /** People's folders have spaces in their names. */
  @BeforeEach
  void listen() throws IOException {
    place = Files.createDirectories(folder.resolve("my observer"));
    home = HomeCopy.in(place);
    System.setProperty(HOME, place.toString());
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.setOut(out);
    System.setErr(err);
    System.clearProperty(HOME);
  }

  private int collect(String... more) {
    List<String> words = new ArrayList<>(List.of("collect", "--simulate", "--for", "1s", "--json"));
    words.addAll(List.of("--data", place.resolve("data").toString()));
    words.addAll(List.of(more));
    return ObserverCommand.run(words.toArray(String[]::new));
  }

  private String complaint() {
    return complained.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void whoIsNamedIsObserved() {
    home.slip("config/application.properties", "kis.enabled = true", "kis.enabled = false");
    assertThat(collect("--provider", "kis")).as(complaint()).isEqualTo(ObserverCommand.DONE);
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("\"provider\":\"kis\",\"market\":\"kr_stocks\"")
        .contains("\"swing_lines\":");
    assertThat(place.resolve("data/tape/kis/kr_stocks")).isDirectory();
  }

  @Test
  void anUnknownVenueIsRefusedBeforeAnythingIsTouched() {
    assertThat(collect("--provider", "kis", "--provider", "bithumb"))
        .isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(complaint())
        .startsWith("observer: --provider bithumb is not known; write kis")
        .doesNotContain("\n");
    assertThat(place.resolve("data/observer.lock")).doesNotExist();
  }

  @Test
  void nobodyAtAllIsRefusedWithARemedy() {
    home.slip("config/application.properties", "kis.enabled = true", "kis.enabled = false");
    assertThat(collect()).isEqualTo(ObserverCommand.BAD_INPUT);
    assertThat(complaint())
        .startsWith("observer: no venue is enabled; set provider.kis.enabled = true")
        .contains("--provider")
        .doesNotContain("\n");
  }

  @Test
  void aTakenPortIsToldBeforeTheArchiveIsTouched() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String data = place.resolve("data").toString();
      int exit =
          ObserverCommand.run("collect", "--provider", "upbit", "--port", port, "--data", data);
      assertThat(exit).isEqualTo(ObserverCommand.UNUSABLE);
      assertThat(complaint())
          .startsWith("observer: http.port " + port + " at http.bind 127.0.0.1 cannot be opened")
          .contains("--port")
          .doesNotContain("\n");
      assertThat(place.resolve("data/observer.lock")).doesNotExist();
    }
  }

  @Test
  void aSimulationTakesAnotherPortAndSaysSo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String data = place.resolve("data").toString();
      int exit =
          ObserverCommand.run(
              "collect", "--simulate", "--for", "1s", "--port", port, "--data", data);
      assertThat(exit).as(complaint()).isEqualTo(ObserverCommand.DONE);
      assertThat(told.toString(StandardCharsets.UTF_8))
          .contains("Listening on http://127.0.0.1:")
          .contains("(port " + port + " is taken)")
          .contains("/backup is off: BACKUP_TOKEN is not set");
    }
  }
}
