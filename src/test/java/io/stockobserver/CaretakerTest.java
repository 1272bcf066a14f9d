package io.stockobserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.Archive;
import io.stockobserver.archive.ArchiveException;
import io.stockobserver.archive.ArchiveLock;
import io.stockobserver.archive.ArchiveSettings;
import io.stockobserver.archive.ChannelAppender;
import io.stockobserver.archive.Verification;
import io.stockobserver.backup.packing.Packaged;
import io.stockobserver.evidence.Event;
import io.stockobserver.tape.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command in an archive that nobody records into. */
class CaretakerTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final Instant START = Instant.parse("2021-03-05T00:29:50Z");
  private static final LocalDate DAY = LocalDate.of(2021, 3, 5);

  @TempDir Path dir;

  @BeforeEach
  void copy() throws IOException {
    HomeCopy.in(Files.createDirectories(dir.resolve("home")));
  }

  private Path root() {
    return dir.resolve("data");
  }

  private Archive open(Instant now) {
    return Archive.open(
        ArchiveSettings.of(root(), "kis", "kr_stocks", SEOUL).withSync(Duration.ZERO), () -> now);
  }

  private Archive recorded(Instant at) {
    Archive archive = open(at);
    archive.number(List.of(Draft.heard(at, 1, "kis-trade", "one".getBytes(UTF_8))));
    archive.append(new ChannelAppender(root()));
    return archive;
  }

  private Caretaker take(String... providers) throws IOException {
    return Caretaker.take(
        dir.resolve("home"),
        Map.of(),
        Map.of("archive.dir", root().toString()),
        List.of(providers));
  }

  @Test
  void whatAKilledSessionLeftUnexplainedStaysSoForTheNextOne() throws Exception {
    recorded(START); // and killed
    try (Caretaker caretaker = take()) {
      Caretaker.Part kis = caretaker.parts().get(0);
      kis.event(Event.of("retention_refused", caretaker.clock().instant()).with("day", "20210305"));
    }
    Archive next = open(Instant.now());
    assertThat(next.recovery().cleanEnd()).isFalse();
    assertThat(next.recovery().lastHeardAt()).contains(START);
    next.close();
    assertThat(Verification.of(root()).problems()).isEmpty();
  }

  @Test
  void aCleanEndStaysClean() throws Exception {
    recorded(START).close();
    try (Caretaker caretaker = take("kis")) {
      assertThat(caretaker.parts()).extracting(Caretaker.Part::market).containsExactly("kr_stocks");
    }
    try (Archive next = open(Instant.now())) {
      assertThat(next.recovery().cleanEnd()).isTrue();
    }
  }

  @Test
  void aPastDayIsPackagedForGoodAlsoWhereNobodyRecordsAnyMore() throws Exception {
    recorded(START); // and killed
    try (Caretaker caretaker = take()) {
      Packaged made = caretaker.packages().make("kis", DAY);
      assertThat(made.open()).isEmpty();
      assertThat(caretaker.packages().make("kis", DAY).made()).isFalse();
    }
    try (Caretaker again = take()) {
      assertThat(again.packages().make("kis", DAY).made()).isFalse();
    }
    assertThat(Verification.of(root()).problems()).isEmpty();
  }

  @Test
  void noEventIsWrittenIntoTheRecordedPast() throws Exception {
    Instant rehearsed = Instant.parse("2099-03-05T00:29:50Z");
    recorded(rehearsed).close();
    try (Caretaker caretaker = take()) {
      assertThat(caretaker.clock().instant()).isAfter(rehearsed);
    }
  }

  @Test
  void anArchiveThatIsHeldOrNotThereIsRefused() throws Exception {
    assertThatThrownBy(this::take)
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("is not there; name an archive with --data");
    recorded(START).close();
    assertThatThrownBy(() -> take("upbit"))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("holds nothing of upbit");
    assertThatThrownBy(() -> take("nasdaq"))
        .isInstanceOf(Settings.SettingsException.class)
        .hasMessageContaining("--provider nasdaq is not known");
    try (ArchiveLock held = ArchiveLock.take(root(), Instant::now)) {
      assertThat(held.token()).isNotEmpty();
      assertThatThrownBy(this::take)
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("is being written by process " + ProcessHandle.current().pid());
    }
    take().close();
  }
}
