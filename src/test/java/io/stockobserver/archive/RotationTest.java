package io.stockobserver.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 8: files change by market time, at midnights, in daylight saving, without traffic. */
class RotationTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @TempDir Path root;
  private final HandClock clock = new HandClock(Instant.parse("2026-11-20T00:29:50Z"));

  private Archive open(ZoneId zone, Instant at) {
    clock.set(at);
    return Archive.open(
        ArchiveSettings.of(root, "kis", "kr_stocks", zone).withSync(Duration.ZERO), clock);
  }

  private static String heard(Archive archive, String at) {
    return archive.number(List.of(Given.frame(Instant.parse(at), "x"))).get(0).ref();
  }

  private static String swing(Archive archive, String at) {
    Instant instant = Instant.parse(at);
    return archive.line(Lane.SWING, instant, Given.snapshot(instant, "005930"));
  }

  private static String event(Archive archive, String at) {
    Instant instant = Instant.parse(at);
    return archive.line(Lane.EVENTS, instant, Given.event(instant, "gap_marker"));
  }

  private void write(Archive archive) {
    archive.append(new ChannelAppender(root));
  }

  @Test
  void theFirstSegmentStartsWithItsLineTheNextOnTheGrid() {
    try (Archive archive = open(Given.SEOUL, Given.START)) {
      assertThat(heard(archive, "2026-11-20T00:29:50.9Z"))
          .isEqualTo("tape/kis/kr_stocks/20261120/09_29_50.jsonl:1");
      assertThat(heard(archive, "2026-11-20T00:29:59.999Z"))
          .isEqualTo("tape/kis/kr_stocks/20261120/09_29_50.jsonl:2");
      assertThat(heard(archive, "2026-11-20T00:30:00Z"))
          .isEqualTo("tape/kis/kr_stocks/20261120/09_30_00.jsonl:1");
      assertThat(heard(archive, "2026-11-20T01:07:00Z")) // quiet for a while
          .isEqualTo("tape/kis/kr_stocks/20261120/10_00_00.jsonl:1");
      write(archive);
    }
  }

  @Test
  void midnightInSeoulAndMidnightUtc() {
    try (Archive archive = open(Given.SEOUL, Instant.parse("2026-11-20T14:59:00Z"))) {
      assertThat(heard(archive, "2026-11-20T14:59:59.999999Z")).contains("/20261120/23_59_59.");
      assertThat(swing(archive, "2026-11-20T14:59:59.999999Z")).contains("/20261120/23_00.");
      assertThat(event(archive, "2026-11-20T14:59:59.999999Z")).contains("/20261120.jsonl");
      assertThat(heard(archive, "2026-11-20T15:00:00Z")).contains("/20261121/00_00_00.");
      assertThat(swing(archive, "2026-11-20T15:00:00Z")).contains("/20261121/00_00.");
      assertThat(event(archive, "2026-11-20T15:00:00Z")).contains("/20261121.jsonl");
      assertThat(heard(archive, "2026-11-21T00:00:00Z")).contains("/20261121/09_00_00.");
      assertThat(swing(archive, "2026-11-21T00:00:00Z")).contains("/20261121/09_00.");
      assertThat(event(archive, "2026-11-21T00:00:00Z")).contains("/20261121.jsonl");
      write(archive);
      clock.set(Instant.parse("2026-11-21T00:00:00Z"));
    }
  }

  @Test
  void aSegmentNeverCrossesMidnight() {
    Places places = new Places("kis", "kr_stocks", Given.SEOUL);
    assertThat(places.gridEnd(Instant.parse("2026-11-20T14:50:00Z"), Duration.ofMinutes(7)))
        .isEqualTo("2026-11-20T14:55:00Z");
    assertThat(places.gridEnd(Instant.parse("2026-11-20T14:56:00Z"), Duration.ofMinutes(7)))
        .isEqualTo("2026-11-20T15:00:00Z");
  }

  @Test
  void theHourThatIsSkipped() {
    try (Archive archive = open(NEW_YORK, Instant.parse("2026-03-08T06:00:00Z"))) {
      assertThat(swing(archive, "2026-03-08T06:59:59Z")).contains("/20260308/01_00.jsonl");
      assertThat(swing(archive, "2026-03-08T07:00:00Z")).contains("/20260308/03_00.jsonl");
      write(archive);
      assertThat(archive.rotate(Instant.parse("2026-03-08T07:00:00Z")))
          .extracting(Segment::path)
          .containsExactly("swing/kis/kr_stocks/20260308/01_00.jsonl");
    }
  }

  @Test
  void theHourThatIsRepeated() {
    try (Archive archive = open(NEW_YORK, Instant.parse("2026-11-01T05:00:00Z"))) {
      assertThat(heard(archive, "2026-11-01T05:00:00Z")).contains("/20261101/01_00_00.jsonl:1");
      assertThat(swing(archive, "2026-11-01T05:30:00Z")).contains("/20261101/01_00.jsonl:1");
      assertThat(archive.rotate(Instant.parse("2026-11-01T05:59:59Z"))).hasSize(1);
      assertThat(archive.rotate(Instant.parse("2026-11-01T06:00:00Z"))).isEmpty();
      assertThat(heard(archive, "2026-11-01T06:00:00Z"))
          .contains("/20261101/01_00_01.jsonl:1"); // the name was taken an hour ago
      assertThat(swing(archive, "2026-11-01T06:30:00Z")).contains("/20261101/01_00.jsonl:2");
      assertThat(swing(archive, "2026-11-01T07:00:00Z")).contains("/20261101/02_00.jsonl:1");
      assertThat(event(archive, "2026-11-02T04:59:59Z")).contains("/20261101.jsonl");
      assertThat(event(archive, "2026-11-02T05:00:00Z")).contains("/20261102.jsonl");
      write(archive);
    }
  }

  @Test
  void filesCloseWithoutTrafficAndNoneIsEmpty() throws IOException {
    try (Archive archive = open(Given.SEOUL, Given.START)) {
      heard(archive, "2026-11-20T00:29:50Z");
      swing(archive, "2026-11-20T00:29:50Z");
      write(archive);
      assertThat(archive.rotate(Instant.parse("2026-11-20T00:29:59.999Z"))).isEmpty();
      assertThat(archive.rotate(Instant.parse("2026-11-20T00:30:00Z")))
          .extracting(Segment::lane)
          .containsExactly(Lane.TAPE);
      for (int minute = 31; minute < 60; minute++) {
        assertThat(archive.rotate(Instant.parse("2026-11-20T00:%d:00Z".formatted(minute))))
            .isEmpty();
      }
      assertThat(archive.rotate(Instant.parse("2026-11-20T01:00:00Z")))
          .extracting(Segment::lane)
          .containsExactly(Lane.SWING);
      assertThat(archive.seal()).hasSize(2);
      clock.set(Instant.parse("2026-11-20T01:00:00Z"));
    }
    assertThat(Given.files(root))
        .containsExactly(
            "manifest/kis/20261120.json",
            "swing/kis/kr_stocks/20261120/09_00.jsonl",
            "tape/kis/kr_stocks/20261120/09_29_50.jsonl.zst");
  }

  @Test
  void aClockThatStepsBackCausesNoStormAndNoDuplicate() throws IOException {
    List<String> refs = new ArrayList<>();
    try (Archive archive = open(Given.SEOUL, Given.START)) {
      for (int i = 0; i < 50; i++) {
        String at = i % 2 == 0 ? "2026-11-20T00:30:00.000Z" : "2026-11-20T00:29:59.900Z";
        refs.add(heard(archive, at));
        archive.rotate(Instant.parse(at));
        write(archive);
      }
      archive.rotate(Instant.parse("2026-11-20T00:40:00Z"));
      refs.add(heard(archive, "2026-11-20T00:39:59Z")); // the segment was closed already
      refs.add(heard(archive, "2026-11-20T00:41:00Z"));
      write(archive);
    }
    assertThat(refs).doesNotHaveDuplicates();
    assertThat(refs.stream().map(ref -> ref.substring(0, ref.indexOf(':'))).distinct().toList())
        .containsExactly(
            "tape/kis/kr_stocks/20261120/09_30_00.jsonl",
            "tape/kis/kr_stocks/20261120/09_40_00.jsonl");
    assertThat(Given.tape(root)).extracting(Entry::seq).hasSize(52).doesNotHaveDuplicates();
  }

  @Test
  void aClockThatIsSetAnHourAheadAndBackLeavesOneSegmentMoreAndNoFileTwice() throws IOException {
    int hour = 3600;
    try (Archive archive = open(Given.SEOUL, Given.START)) {
      int[] seconds = {0, 60, hour + 61, hour + 62, 63, 64, 600, 1200, hour + 70, 2 * hour};
      for (int second : seconds) {
        Instant at = Instant.parse("2026-11-20T01:00:00Z").plusSeconds(second);
        clock.set(at);
        heard(archive, at.toString());
        swing(archive, at.toString());
        event(archive, at.toString());
        write(archive);
        archive.rotate(at);
        archive.seal();
      }
    }
    assertThat(Verification.of(root).problems()).isEmpty();
    assertThat(Given.tape(root)).extracting(Entry::seq).hasSize(10).doesNotHaveDuplicates();
    assertThat(Given.files(root))
        .filteredOn(name -> name.startsWith("tape/"))
        .containsExactly(
            "tape/kis/kr_stocks/20261120/10_00_00.jsonl.zst",
            "tape/kis/kr_stocks/20261120/11_00_00.jsonl.zst",
            "tape/kis/kr_stocks/20261120/12_00_00.jsonl.zst");
    assertThat(Given.files(root))
        .filteredOn(name -> name.startsWith("swing/"))
        .containsExactly(
            "swing/kis/kr_stocks/20261120/10_00.jsonl",
            "swing/kis/kr_stocks/20261120/11_00.jsonl",
            "swing/kis/kr_stocks/20261120/12_00.jsonl");
  }

  @Test
  void aClockThatIsSetTenDaysAheadAndBackGivesEachDayItsOwn() throws IOException {
    Instant start = Instant.parse("2026-11-20T01:00:00Z");
    try (Archive archive = open(Given.SEOUL, Given.START)) {
      for (int i = 0; i < 60; i++) {
        Instant at = start.plusSeconds(60L * i);
        // Long enough for the other day to have a manifest: the day's own is final then.
        Instant shown = i >= 10 && i < 30 ? at.plus(Duration.ofDays(10)) : at;
        clock.set(shown);
        heard(archive, shown.toString());
        swing(archive, shown.toString());
        event(archive, shown.toString());
        write(archive);
        archive.rotate(shown);
        archive.seal();
      }
    }
    assertThat(Given.files(root)).contains("manifest/kis/20261130.json");
    assertThat(Verification.of(root).problems()).isEmpty();
    assertThat(Given.tape(root)).extracting(Entry::seq).hasSize(60).doesNotHaveDuplicates();
    assertThat(Given.files(root))
        .filteredOn(name -> name.startsWith("tape/"))
        .containsExactly(
            "tape/kis/kr_stocks/20261120/10_00_00.jsonl.zst",
            "tape/kis/kr_stocks/20261120/10_30_00.jsonl.zst",
            "tape/kis/kr_stocks/20261120/10_40_00.jsonl.zst",
            "tape/kis/kr_stocks/20261120/10_50_00.jsonl.zst",
            "tape/kis/kr_stocks/20261130/10_10_00.jsonl.zst",
            "tape/kis/kr_stocks/20261130/10_20_00.jsonl.zst");
    for (Entry entry : Given.tape(root)) {
      String day = entry.heardAt().toString().startsWith("2026-11-30") ? "20261130" : "20261120";
      assertThat(entry.path()).contains(day);
    }
    clock.set(Instant.parse("2026-11-20T02:00:00Z"));
    try (Archive again = open(Given.SEOUL, clock.instant())) {
      event(again, clock.instant().toString());
      write(again);
    }
    assertThat(Verification.of(root).problems()).as("also after another start").isEmpty();
  }

  @Test
  void shorterScalpSegmentsBeginAtOnce() {
    try (Archive archive = open(Given.SEOUL, Given.START)) {
      assertThat(scalp(archive, "2026-11-20T00:30:00Z")).contains("09_30_00");
      assertThat(scalp(archive, "2026-11-20T00:31:10Z")).contains("09_30_00");
      archive.scalpEvery(Duration.ofMinutes(1));
      assertThat(scalp(archive, "2026-11-20T00:31:59Z")).contains("09_30_00");
      assertThat(scalp(archive, "2026-11-20T00:32:00Z")).contains("09_32_00");
      archive.scalpEvery(Duration.ofMinutes(5));
      assertThat(scalp(archive, "2026-11-20T00:33:00Z")).contains("09_33_00");
      assertThat(scalp(archive, "2026-11-20T00:34:59Z")).contains("09_33_00");
      assertThat(scalp(archive, "2026-11-20T00:35:00Z")).contains("09_35_00");
      write(archive);
    }
  }

  /** Levels 0, 1 and 2 in turn every second for ten minutes: five, two and one minute a file. */
  @Test
  void aLengthThatFlapsMakesNoStorm() throws IOException {
    List<String> paths = new ArrayList<>();
    Instant begin = Instant.parse("2026-11-20T00:30:00Z");
    try (Archive archive = open(Given.SEOUL, begin)) {
      for (int second = 0; second < 600; second++) {
        archive.scalpEvery(Duration.ofMinutes(new int[] {5, 2, 1}[second % 3]));
        String ref = scalp(archive, begin.plusSeconds(second).toString());
        String path = ref.substring(0, ref.indexOf(':'));
        if (!paths.contains(path)) {
          paths.add(path);
        }
        write(archive);
      }
    }
    List<String> minutes = new ArrayList<>();
    for (int minute = 30; minute < 40; minute++) {
      minutes.add("scalp/kis/kr_stocks/20261120/09_%d_00.jsonl".formatted(minute));
    }
    assertThat(paths).as("one file a minute at most, each on the grid").isEqualTo(minutes);
  }

  private static String scalp(Archive archive, String at) {
    Instant instant = Instant.parse(at);
    return archive.line(Lane.SCALP, instant, Given.snapshot(instant, "005930"));
  }

  @Test
  void aGapOfYesterdayGetsIntoYesterdaysFileUntilThatIsSealed() throws IOException {
    Archive killed = open(Given.SEOUL, Given.START);
    event(killed, "2026-11-20T00:29:50Z");
    heard(killed, "2026-11-20T00:29:50Z");
    write(killed);

    Instant nextDay = Instant.parse("2026-11-21T00:00:00Z");
    try (Archive archive = open(Given.SEOUL, nextDay)) {
      assertThat(event(archive, "2026-11-20T00:30:00Z"))
          .isEqualTo("system/events/kis/20261120.jsonl:2");
      write(archive);
      heard(archive, "2026-11-21T00:00:00Z");
      write(archive);
      archive.rotate(nextDay);
      archive.seal();
      assertThat(event(archive, "2026-11-20T00:30:00Z"))
          .isEqualTo("system/events/kis/20261120.2.jsonl:1");
      write(archive);
      archive.rotate(nextDay.plusSeconds(1));
      archive.seal();
      assertThat(event(archive, "2026-11-20T00:30:00Z"))
          .isEqualTo("system/events/kis/20261120.3.jsonl:1");
      write(archive);
      clock.pass(Duration.ofMinutes(10));
      archive.rotate(clock.instant());
      archive.seal();
      event(archive, "2026-11-20T00:30:00Z");
      write(archive);
    }
    assertThat(Given.files(root))
        .contains("manifest/kis/20261120.json", "manifest/kis/20261121.json");
    assertThat(Files.readString(root.resolve("manifest/kis/20261121.json")))
        .contains("\"previous\":{\"path\":\"manifest/kis/20261120.json\"");
    assertThat(Verification.of(root).problems()).isEmpty();
  }
}
