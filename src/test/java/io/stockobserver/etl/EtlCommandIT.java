package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.FIRST;
import static io.stockobserver.etl.SmallArchive.SECOND;
import static io.stockobserver.etl.SmallArchive.scalp;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.archive.packages.PackageId;
import io.stockobserver.archive.packages.Receipt;
import io.stockobserver.backup.DaysByHand;
import io.stockobserver.cli.ObserverCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./observer etl} as a person and a script see it, over a real PostgreSQL. */
class EtlCommandIT {
  private static final String DAY = "20261120";

  @TempDir Path dir;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private TradingDatabase db;
  private DaysByHand days;
  private SmallArchive archive;

  @BeforeEach
  void begin() throws Exception {
    db = TradingDatabase.empty("command_it");
    days = new DaysByHand(dir, LocalDate.of(2026, 12, 23));
    archive = SmallArchive.usual(days.archive);
    System.setOut(new PrintStream(told, true, UTF_8));
    System.setErr(new PrintStream(complained, true, UTF_8));
  }

  @AfterEach
  void end() throws Exception {
    System.setOut(out);
    System.setErr(err);
    if (db != null) { // none where no PostgreSQL can run
      db.close();
    }
  }

  private int etl(String... more) {
    return etlInto(db.openUrl(), more);
  }

  private int etlInto(String url, String... more) {
    told.reset();
    complained.reset();
    List<String> words = new ArrayList<>(List.of("etl", DAY, "--db", url));
    words.addAll(List.of("--data", days.archive.toString()));
    words.addAll(List.of(more));
    int exit = ObserverCommand.run(words.toArray(String[]::new));
    assertThat(said() + complaint()).doesNotContain(TradingDatabase.server().password());
    return exit;
  }

  private String said() {
    return told.toString(UTF_8);
  }

  private String complaint() {
    return complained.toString(UTF_8).strip();
  }

  /** The archive's own word of loads that failed. */
  private List<String> failures() throws Exception {
    return days.events("kis", "\"etl_failed\"");
  }

  @Test
  void aDayThatIsWhollyInIsExitZeroAndLeavesNoWord() throws Exception {
    assertThat(etl()).isZero();
    assertThat(said())
        .contains("kis 2026-11-20: 4 files loaded, 5 rows", "Archive and database agree")
        .endsWith("The database is " + db.url() + System.lineSeparator());
    assertThat(etl()).isZero();
    assertThat(said()).contains("nothing to do, 4 files are as they were loaded");
    assertThat(complaint()).isEmpty();
    assertThat(failures()).isEmpty();
  }

  @Test
  void aFileThatIsRefusedIsExitOneNamedByItsLineAndMarksTheDay() throws Exception {
    archive.file(SECOND, scalp("005930", "00:35:00.000", "70300", "1"), "{\"torn").sealed();
    assertThat(etl()).isEqualTo(1);
    assertThat(said())
        .contains("  refused: " + SECOND + ":2: ")
        .contains("NOT the same: 1 files refused, 0 minutes differ")
        .doesNotContain("agree");
    assertThat(failures())
        .singleElement()
        .asString()
        .contains("\"day\":\"20261120\"", "\"exit\":1", "1 files refused");
    assertThat(etl("--json", "--untold")).as("it is asked again each time").isEqualTo(1);
    JsonNode json = new ObjectMapper().readTree(said());
    assertThat(json.path("ok").asBoolean(true)).isFalse();
    JsonNode refused = json.path("days").path(0).path("refused");
    assertThat(refused).hasSize(1);
    assertThat(refused.path(0).path("path").asText()).isEqualTo(SECOND);
    assertThat(refused.path(0).path("line").asInt()).isEqualTo(2);
    assertThat(failures()).as("whoever calls tells of it").hasSize(1);
  }

  @Test
  void rowsThatDifferAreExitOneUntilTheyAreRepaired() throws Exception {
    assertThat(etl()).isZero();
    db.execute("UPDATE scalp_ticks SET last_price=1 WHERE raw_ref='" + FIRST + ":3'");
    assertThat(etl("--prove")).isEqualTo(1);
    assertThat(said())
        .contains("  differs: " + FIRST + ", minute 2026-11-20T00:30:00Z: archive 3, database 3")
        .contains("0 files refused, 1 minutes differ; --repair loads those files again");
    assertThat(failures()).hasSize(1);
    db.execute("DELETE FROM scalp_ticks WHERE raw_ref='" + SECOND + ":1'");
    assertThat(etl()).as("rows are counted each time").isEqualTo(1);
    assertThat(said()).contains("  differs: " + SECOND + ": archive 1, database 0 rows");
    assertThat(etl("--repair")).isZero();
    assertThat(said()).contains("2 files loaded (2 replaced their rows)", "agree, proven by file");
    assertThat(
            db.one("SELECT trim_scale(last_price) FROM scalp_ticks WHERE raw_ref LIKE '%30_00%:3'"))
        .isEqualTo("70200");
  }

  @Test
  void anOldDayIsForgottenOnceABackupHasProvenItAndNotBefore() throws Exception {
    days.record("kis", LocalDate.of(2026, 12, 21));
    assertThat(etl("--forget")).isZero();
    assertThat(said()).doesNotContain("Dropped");
    PackageId id = days.pack("kis", SmallArchive.DAY, 1, true);
    days.receipt(id, Receipt.Kind.PULLED, "pc", 1);
    assertThat(etl("--forget")).isZero();
    assertThat(said()).as("fetched, and not read back").doesNotContain("Dropped");
    days.prove(id, "pc");
    assertThat(etl()).isZero();
    assertThat(said()).as("nobody asked for it").doesNotContain("Dropped");
    assertThat(db.one("SELECT count(*) FROM scalp_ticks")).isEqualTo("4");
    assertThat(etl("--forget", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(said()).path("forgotten").path(0).asText())
        .isEqualTo(DAY);
    assertThat(db.one("SELECT count(*) FROM scalp_ticks")).isEqualTo("0");
    assertThat(etl()).as("it is loaded again for whoever asks").isZero();
    assertThat(said()).contains("4 files loaded, 5 rows");
  }

  @Test
  void aDayOfTheLastThirtyIsNotForgotten() throws Exception {
    days.record("kis", LocalDate.of(2026, 12, 20));
    days.prove(days.pack("kis", SmallArchive.DAY, 1, true), "pc");
    assertThat(etl("--forget")).isZero();
    assertThat(said()).doesNotContain("Dropped");
    assertThat(db.one("SELECT count(*) FROM scalp_ticks")).isEqualTo("4");
  }

  @Test
  void aDatabaseThatIsAwayIsOneLineWithItsRemedy() throws Exception {
    assertThat(etlInto("jdbc:postgresql://127.0.0.1:1/trading")).isEqualTo(3);
    assertThat(complaint().lines())
        .singleElement()
        .asString()
        .startsWith("observer: jdbc:postgresql://127.0.0.1:1/trading is not reachable")
        .contains("correct etl.db.url or mend the database and run it again");
    assertThat(failures()).singleElement().asString().contains("\"exit\":3", "is not reachable");
  }
}
