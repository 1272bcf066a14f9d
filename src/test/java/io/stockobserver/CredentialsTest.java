package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.Settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets come from the environment or a mounted file, and from nowhere else. */
class CredentialsTest {
  private static final String NAME = "KIS_APP_SECRET";
  private static final String REMEDY = "set it as KIS issued it";

  @TempDir Path folder;

  @Test
  void theEnvironmentHoldsIt() {
    assertThat(new Credentials(Map.of(NAME, " abc ")).secret(NAME, REMEDY)).isEqualTo("abc");
  }

  @Test
  void aMountedFileHoldsItWithoutItsNewline() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "abc\n");

    assertThat(new Credentials(Map.of(NAME + "_FILE", file.toString())).secret(NAME, REMEDY))
        .isEqualTo("abc");
  }

  @Test
  void theVariableWinsOverTheFile() {
    Credentials both = new Credentials(Map.of(NAME, "abc", NAME + "_FILE", "/nowhere"));

    assertThat(both.secret(NAME, REMEDY)).isEqualTo("abc");
  }

  @Test
  void aBlankVariableIsNone() {
    assertThatThrownBy(() -> new Credentials(Map.of(NAME, " ")).secret(NAME, REMEDY))
        .isInstanceOf(SettingsException.class)
        .hasMessage(NAME + " is not set (nor " + NAME + "_FILE); " + REMEDY);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Path nowhere = folder.resolve("nowhere");

    assertThatThrownBy(
            () -> new Credentials(Map.of(NAME + "_FILE", nowhere.toString())).secret(NAME, REMEDY))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(NAME + "_FILE names " + nowhere + ", which cannot be read; ");
  }

  @Test
  void theConfigurationFileIsNoPlaceForIt() throws IOException {
    Path file = folder.resolve("application.properties");
    Files.writeString(file, "provider.kis.app-key = abc\n");

    assertThatThrownBy(() -> Settings.read(file, Map.of(), Map.of()).refuseUnknown())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("provider.kis.app-key is no setting")
        .hasMessageNotContainingAny("abc");
  }
}
