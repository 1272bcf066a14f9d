package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How the house is built (docs/rationale.md). Every rule is asked twice: of the real house, which
 * keeps it, and of the crooked one in {@code planted}, which does not.
 */
class HouseTest {
  private static final House OURS =
      new House(
          new ClassFileImporter()
              .importUrl(StockObserver.class.getProtectionDomain().getCodeSource().getLocation()),
          "io.stockobserver");
  private static final String PLANTED = "io.stockobserver.planted.";
  private static final House CROOKED =
      new House(
          new ClassFileImporter().importPackages("io.stockobserver.planted"),
          "io.stockobserver.planted");
  private static final Pattern TYPE =
      Pattern.compile("^public [a-z -]*(?:class|record|interface|enum|@interface) (\\w+)");

  @Test
  void theRulesSeeTheHouse() {
    assertThat(OURS.size()).isGreaterThan(200);
  }

  @Test
  void everyRoomHasAFloor() {
    assertThat(OURS.strangeRooms()).isEmpty();
    assertThat(CROOKED.strangeRooms())
        .containsExactly(PLANTED + "attic.Thing is in no room that has a floor");
  }

  @Test
  void roomsLookOnlyDown() {
    assertThat(OURS.looksUpOrSideways()).isEmpty();
    assertThat(CROOKED.looksUpOrSideways())
        .anyMatch(
            line ->
                line.startsWith(PLANTED + "market.LooksUp")
                    && line.endsWith("looks from market on floor 1 to venue on floor 3"))
        .anyMatch(
            line ->
                line.startsWith(PLANTED + "slot.LooksSideways")
                    && line.endsWith("looks from slot on floor 3 to venue on floor 3"));
  }

  @Test
  void providersAreStrangers() {
    assertThat(OURS.providersThatMeet()).isEmpty();
    assertThat(CROOKED.providersThatMeet())
        .containsExactly(
            PLANTED
                + "provider.kis.KisMeetsUpbit -> "
                + PLANTED
                + "provider.upbit.UpbitCode knows another venue: provider.kis, provider.upbit");
  }

  @Test
  void theSimulatorKnowsOnlyTheMarket() {
    assertThat(OURS.simulatorThatKnowsUs()).isEmpty();
    assertThat(CROOKED.simulatorThatKnowsUs())
        .containsExactly(
            PLANTED
                + "simulator.Accomplice -> "
                + PLANTED
                + "tape.Line lets the simulator share our mistakes: tape");
  }

  @Test
  void camelStopsAtTheEdge() {
    assertThat(OURS.camelBelowTheEdge()).isEmpty();
    assertThat(CROOKED.camelBelowTheEdge())
        .containsExactly(PLANTED + "slot.KnowsCamel imports org.apache.camel.Exchange");
  }

  @Test
  void namesSaySomething() {
    assertThat(OURS.emptyWords()).isEmpty();
    assertThat(CROOKED.emptyWords()).containsExactly(PLANTED + "slot.SlotUtils");
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    assertThat(OURS.packagesWithoutInfo()).isEmpty();
    assertThat(CROOKED.packagesWithoutInfo()).contains(PLANTED + "slot", PLANTED + "market");
  }

  @Test
  void nobodyAsksForTheTimeWithoutTheMarketsClock() {
    assertThat(OURS.ownClocks()).isEmpty();
    assertThat(CROOKED.ownClocks())
        .containsExactly(
            PLANTED + "slot.SlotUtils.called() asks java.time.Instant.now()",
            PLANTED + "slot.SlotUtils.clock() asks java.time.Clock.systemUTC()",
            PLANTED + "slot.SlotUtils.millis() asks java.lang.System.currentTimeMillis()",
            PLANTED + "slot.SlotUtils.referenced() asks java.time.Instant.now()");
  }

  @Test
  void nobodyUsesTheOldDates() {
    assertThat(OURS.oldDates()).isEmpty();
    assertThat(CROOKED.oldDates()).containsExactly(PLANTED + "slot.SlotUtils uses java.util.Date");
  }

  @Test
  void everyPublicTypeIsDocumented() {
    assertThat(undocumented(Path.of("src/main/java"))).isEmpty();
    assertThat(undocumented(Path.of("src/test/java/io/stockobserver/planted")))
        .containsExactly("SlotUtils");
  }

  private static List<String> undocumented(Path sources) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(HouseTest::undocumentedIn)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> undocumentedIn(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      boolean documented = false;
      for (String line : lines) {
        var type = TYPE.matcher(line);
        if (type.find()) {
          return documented ? Stream.empty() : Stream.of(type.group(1));
        }
        documented |= line.startsWith("/**");
      }
      return Stream.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
