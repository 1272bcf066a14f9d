package io.stockobserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One slip each in a copy of the real folders: found before a restart, with file and remedy. */
class RehearsalTest {
  @TempDir Path folder;
  private HomeCopy home;

  @BeforeEach
  void copy() {
    home = HomeCopy.in(folder);
  }

  @Test
  void theRealFoldersAreSound() throws IOException {
    Rehearsal.Result result = rehearse();

    assertThat(result.findings()).isEmpty();
    assertThat(result.files()).isGreaterThanOrEqualTo(20);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bad syntax         | report-kis      | '      uri: market-tick:'| '     uri: market-tick:' | :11: mapping values are not allowed here; correct the YAML
          unknown step       | report-kis      | '- bean:'          | '- beam:'          | :13: Unknown node id: beam; correct the YAML
          unknown component  | report-kis      | market-tick        | market-tock        | :10: there is no component market-tock; correct the word before the colon
          unknown option     | archive-tape    | 'fileExist:'       | 'fileExists:'      | :16: fileExists is no option of this uri; correct or remove it
          unknown tick option| report-kis      | '{every:'          | '{evry:'           | :11: evry is no option of this uri; correct or remove it
          missing bean       | report-kis      | kisFigures         | kisFigure          | :13: there is no bean kisFigure; write one of alerts, drills, kisApproval
          wrong method       | report-kis      | 'method: report'   | 'method: repor'    | :13: Figures has no method repor; write one of report
          wrong condition    | poll-kis-token  | 'method: due'      | 'method: dew'      | :15: KisGrantKeeper has no method dew; write one of abandon, approval, due
          misspelt error plan| report-kis      | 'Id: next-second'  | 'Id: next-secnd'   | :3: there is no route configuration next-secnd: it would run without an error plan; write one of next-second
          misspelt target    | poll-kis-swing  | 'direct:call-kis'  | 'direct:call-kiss' | :19: no route listens at direct:call-kiss; write one of archive-events
          duplicate id       | report-kis      | '    id: report-kis' | '    id: plan-slots-kis' | :3: id plan-slots-kis is taken by plan-slots-kis.camel.yaml; give each its own
          another id         | report-kis      | '    id: report-kis' | '    id: report'       | :3: its route is called report; write id: report-kis
          unknown key        | report-kis      | 'every: 1m'        | 'every: "{{report.every}}"' | :11: {{report.every}} is no setting; correct it
          bad value          | report-kis      | 'every: 1m'        | 'every: 1 minute'  | "1 minute" is no duration; write a number and ms, s, m, h or d
          bean of a plan     | next-second     | 'ref: trouble'     | 'ref: troubles'    | :10: there is no bean troubles; write one of
          renamed archive    | archive-events  | 'direct:archive-events' | 'direct:archive-event' | : no route listens at direct:archive-events, where the archive's lines go; restore it
          """)
  void aSlipIsFound(String name, String file, String right, String wrong, String finding)
      throws IOException {
    home.slip("routes/" + file + ".camel.yaml", right, wrong);

    assertThat(rehearse().findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.file()).isEqualTo(file + ".camel.yaml");
              assertThat(found.sentence()).contains(finding).doesNotContain("\n");
            });
  }

  @Test
  void everySlipIsToldAtOnce() throws IOException {
    home.slip("routes/report-kis.camel.yaml", "kisFigures", "kisFigure");
    home.slip("routes/poll-kis-swing.camel.yaml", "direct:call-kis", "direct:call-kiss");

    assertThat(rehearse().findings())
        .extracting(finding -> finding.file())
        .containsExactly("report-kis.camel.yaml", "poll-kis-swing.camel.yaml");
  }

  @Test
  void aFileThatIsNeverLoadedIsTold() throws IOException {
    Path routes = folder.resolve("routes");
    Files.move(routes.resolve("report-kis.camel.yaml"), routes.resolve("report-kis.yaml"));

    assertThat(rehearse().findings())
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.sentence())
                    .isEqualTo("report-kis.yaml: is never loaded; end its name in .camel.yaml"));
  }

  @Test
  void aBadSettingIsFound() throws IOException {
    home.slip("config/application.properties", "slot.kis.count = 41", "slot.kis.count = 42");

    assertThat(rehearse().findings())
        .singleElement()
        .satisfies(
            found ->
                assertThat(found.sentence())
                    .startsWith(
                        "config/application.properties: slot.kis.count = 42 is not allowed;"
                            + " write a whole number from 1 to 41"));
  }

  @Test
  void theEnvironmentCounts() throws IOException {
    Rehearsal.Result result = Rehearsal.of(folder, Map.of("TRACK_SCALP_EVERY", "often"), Map.of());

    assertThat(result.findings())
        .singleElement()
        .satisfies(found -> assertThat(found.what()).startsWith("track.scalp.every = often"));
  }

  private Rehearsal.Result rehearse() throws IOException {
    return Rehearsal.of(folder, Map.of(), Map.of("archive.dir", folder.resolve("data").toString()));
  }
}
