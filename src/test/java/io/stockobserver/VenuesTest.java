package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.Settings.SettingsException;
import io.stockobserver.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the venues that we know a process observes. */
class VenuesTest {
  @TempDir Path folder;
  private final Venues venues = new Venues(List.of(new Named("kis"), new Named("upbit")));
  private Settings settings;

  /** Nothing but its name, and one key. */
  private record Named(String provider) implements VenueDoor {
    @Override
    public String market() {
      return "m_" + provider;
    }

    @Override
    public void check(Settings s) {
      s.number("slot." + provider + ".count", 1, 41);
    }

    @Override
    public void checkKey(Credentials credentials) {}

    @Override
    public Credentials simulate(Simulator simulator, Settings s) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Room room(Settings s, Credentials credentials, Site site) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void shipped() throws IOException {
    settings = settings("true", "false", "41");
  }

  private Settings settings(String kis, String upbit, String slots) throws IOException {
    Path file = folder.resolve("application.properties");
    Files.writeString(
        file,
        "provider.kis.enabled = %s\nprovider.upbit.enabled = %s\n".formatted(kis, upbit)
            + "slot.kis.count = 41\nslot.upbit.count = %s\n".formatted(slots));
    return Settings.read(file, Map.of(), Map.of());
  }

  private List<String> chosen(String... named) {
    return venues.chosen(List.of(named), settings).stream().map(VenueDoor::provider).toList();
  }

  @Test
  void withoutANameItIsThoseThatTheSettingsEnable() throws IOException {
    assertThat(chosen()).containsExactly("kis");
    settings = settings("true", "true", "41");
    assertThat(chosen()).containsExactly("kis", "upbit");
  }

  @Test
  void aNameWinsOverTheSettings() {
    assertThat(chosen("upbit")).containsExactly("upbit");
  }

  @Test
  void severalNamesAreEachObservedOnceAndAlwaysInOneOrder() {
    assertThat(chosen("upbit", "kis", "upbit")).containsExactly("kis", "upbit");
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> chosen("kis", "bithumb"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--provider bithumb is not known; write kis or upbit");
  }

  @Test
  void nobodyAtAllIsRefusedWithARemedy() throws IOException {
    settings = settings("false", "false", "41");
    assertThatThrownBy(this::chosen)
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "no venue is enabled; set provider.kis.enabled = true or provider.upbit.enabled = true,"
                + " or name one with --provider (kis, upbit)");
    assertThat(chosen("kis")).containsExactly("kis");
  }

  @Test
  void theKeysOfAVenueThatIsNotObservedAreKnownAndCheckedAllTheSame() throws IOException {
    venues.check(settings);
    Settings wrong = settings("true", "false", "42");
    assertThatThrownBy(() -> venues.check(wrong)).hasMessageStartingWith("slot.upbit.count = 42");
    Settings unsure = settings("true", "perhaps", "41");
    assertThatThrownBy(() -> venues.check(unsure))
        .hasMessageStartingWith("provider.upbit.enabled = perhaps is not allowed");
  }

  @Test
  void whoIsNotChosenIsAnother() {
    List<VenueDoor> kis = venues.chosen(List.of("kis"), settings);
    assertThat(venues.others(kis)).containsExactly("upbit");
    assertThat(venues.others(venues.known())).isEmpty();
  }
}
