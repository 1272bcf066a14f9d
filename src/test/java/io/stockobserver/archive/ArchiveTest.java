package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.tape.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session leaves on disk. */
class ArchiveTest {
  @TempDir Path root;
  private final HandClock clock = new HandClock(START);
  private Appender appender = batch -> {};

  @BeforeEach
  void appendsToTheRoot() {
    appender = new ChannelAppender(root);
  }

  private Archive open() {
    return Archive.open(Given.settings(root), clock);
  }

  @Test
  void anEntryKnowsItsPlaceAndIsFoundThere() throws IOException {
    try (Archive archive = open()) {
      List<Entry> entries =
          archive.number(
              List.of(Given.frame(START, "one"), Given.frame(START.plusSeconds(1), "two")));
      archive.append(appender);

      assertThat(entries.get(1).ref()).isEqualTo("tape/kis/kr_stocks/20261120/09_29_50.jsonl:2");
      assertThat(entries).extracting(Entry::seq).containsExactly(1L, 2L);
      assertThat(Files.readString(root.resolve("tape/kis/kr_stocks/20261120/09_29_50.jsonl")))
          .isEqualTo(
              """
              {"seq":1,"heard_at":"2026-11-20T00:29:50.000000Z","mono_ns":1,"feed":"kis-trade","dir":"in","body":"one"}
              {"seq":2,"heard_at":"2026-11-20T00:29:51.000000Z","mono_ns":1,"feed":"kis-trade","dir":"in","body":"two"}
              """);
    }
  }

  @Test
  void aCleanEndSealsSegmentsAndRecordsHowFarOpenFilesGo() throws IOException {
    try (Archive archive = open()) {
      archive.number(List.of(Given.frame(START, "one")));
      archive.line(Lane.SWING, START, Given.snapshot(START, "005930"));
      archive.line(Lane.SCALP, START, Given.snapshot(START, "005930"));
      archive.line(Lane.EVENTS, START, Given.event(START, "session_started"));
      archive.line(Lane.OVERFLOW, START, Given.snapshot(START, "000660"));
      archive.line(Lane.SET_ASIDE, START, Given.snapshot(START, "000660"));
      archive.append(appender);
    }

    assertThat(Given.files(root))
        .containsExactly(
            "manifest/kis/20261120.json",
            "scalp/kis/kr_stocks/20261120/09_29_50.jsonl",
            "set_aside/kis/kr_stocks/20261120.jsonl",
            "swing/kis/kr_stocks/20261120/09_00.jsonl",
            "system/events/kis/20261120.jsonl",
            "system/overflow/kis/20261120_overflow.jsonl",
            "tape/kis/kr_stocks/20261120/09_29_50.jsonl.zst");
    Manifest manifest = Manifest.read(root.resolve("manifest/kis/20261120.json"));
    assertThat(manifest.ended()).contains(START);
    assertThat(manifest.files())
        .extracting(ManifestEntry::path, ManifestEntry::state)
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "(\"tape/kis/kr_stocks/20261120/09_29_50.jsonl\", SEALED)",
            "(\"scalp/kis/kr_stocks/20261120/09_29_50.jsonl\", SEALED)",
            "(\"swing/kis/kr_stocks/20261120/09_00.jsonl\", OPEN)",
            "(\"system/events/kis/20261120.jsonl\", OPEN)",
            "(\"system/overflow/kis/20261120_overflow.jsonl\", OPEN)",
            "(\"set_aside/kis/kr_stocks/20261120.jsonl\", OPEN)");
    assertThat(Given.tape(root)).extracting(Entry::text).containsExactly("one");
  }

  @Test
  void theNextSessionGoesOnWhereTheLastEnded() throws IOException {
    try (Archive archive = open()) {
      archive.number(List.of(Given.frame(START, "one")));
      archive.line(Lane.EVENTS, START, Given.event(START, "session_started"));
      archive.append(appender);
    }
    try (Archive archive = open()) {
      assertThat(archive.recovery().cleanEnd()).isTrue();
      assertThat(archive.recovery().findings()).isEmpty();
      assertThat(archive.recovery().lastSeq()).isEqualTo(1);
      assertThat(archive.recovery().lastHeardAt()).contains(START);
      assertThat(archive.recovery().lastSession()).contains("sess_20261120_092950");

      Entry next = archive.number(List.of(Given.frame(START, "two"))).get(0);
      assertThat(next.ref()).isEqualTo("tape/kis/kr_stocks/20261120/09_29_51.jsonl:1");
      assertThat(next.seq()).isEqualTo(2);
      assertThat(archive.line(Lane.EVENTS, START, Given.event(START, "x")))
          .isEqualTo("system/events/kis/20261120.jsonl:2");
      archive.append(appender);
    }
    assertThat(Given.tape(root)).extracting(Entry::text).containsExactly("one", "two");
  }

  @Test
  void whatAKilledProcessLeftIsRecoveredSealedAndSaid() throws IOException {
    Archive killed = open();
    killed.number(List.of(Given.frame(START, "one"), Given.frame(START, "two")));
    killed.line(Lane.SWING, START, Given.snapshot(START, "005930"));
    killed.append(appender);
    Path tape = root.resolve("tape/kis/kr_stocks/20261120/09_29_50.jsonl");
    byte[] whole = Files.readAllBytes(tape);
    Files.write(tape, java.util.Arrays.copyOf(whole, whole.length - 5));

    clock.pass(Duration.ofSeconds(3));
    try (Archive archive = open()) {
      assertThat(archive.recovery().cleanEnd()).isFalse();
      Finding finding = archive.recovery().findings().get(0);
      assertThat(finding.kind()).isEqualTo("segment_recovered");
      assertThat(finding.keptLines()).isEqualTo(1);
      assertThat(finding.asideAt())
          .isEqualTo("set_aside/kis/kr_stocks/20261120/tape-09_29_50.torn-1.bin");
      assertThat(finding.keptBytes() + finding.asideBytes()).isEqualTo(whole.length - 5);
      assertThat(archive.recovery().lastSeq()).isEqualTo(1);
      archive.append(appender);
      assertThat(archive.seal()).extracting(Sealed::recovered).containsExactly(true);
    }
    assertThat(Given.tape(root)).extracting(Entry::text).containsExactly("one");
    assertThat(Files.readString(root.resolve("set_aside/kis/kr_stocks/20261120.jsonl")))
        .contains("\"reason\":\"torn-tail\"")
        .contains("\"tape_ref\":\"tape/kis/kr_stocks/20261120/09_29_50.jsonl:2\"")
        .contains("torn-1.bin");
  }

  @Test
  void aKeptFileIsListedAndNeverReplaced() throws IOException {
    String path = "universe/kis/kr_stocks/20261120.json";
    try (Archive archive = open()) {
      assertThat(archive.keep(path, "{}\n".getBytes(UTF_8))).isEqualTo(path);
      assertThat(archive.keep(path, "{}\n".getBytes(UTF_8))).isEqualTo(path);
      assertThatThrownBy(() -> archive.keep(path, "{ }\n".getBytes(UTF_8)))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining(path);
      archive.seal();
    }
    assertThat(Manifest.read(root.resolve("manifest/kis/20261120.json")).files())
        .extracting(ManifestEntry::path)
        .containsExactly(path);
  }

  @Test
  void aFailedAppendIsCutIntoSetAsideAndComesAgain() throws IOException {
    Appender shortOnce = shortOnce();
    try (Archive archive = open()) {
      archive.number(List.of(Given.frame(START, "one"), Given.frame(START, "two")));
      assertThatThrownBy(() -> archive.append(shortOnce)).isInstanceOf(ArchiveException.class);
      archive.number(List.of(Given.frame(START, "three")));
      archive.append(shortOnce);
      archive.append(shortOnce);
    }
    assertThat(Given.tape(root)).extracting(Entry::text).containsExactly("one", "two", "three");
    assertThat(Files.readString(root.resolve("set_aside/kis/kr_stocks/20261120.jsonl")))
        .contains("\"reason\":\"torn-append\"");
    assertThat(
            Files.size(root.resolve("set_aside/kis/kr_stocks/20261120/tape-09_29_50.torn-1.bin")))
        .isEqualTo(7);
  }

  private Appender shortOnce() {
    return new Appender() {
      private boolean failed;

      @Override
      public void append(Batch batch) throws IOException {
        if (!failed) {
          failed = true;
          Files.write(
              root.resolve(batch.path()),
              java.util.Arrays.copyOf(batch.bytes(), 7),
              java.nio.file.StandardOpenOption.APPEND);
          throw new IOException("No space left on device");
        }
        appender.append(batch);
      }
    };
  }

  @Test
  void aSecondWriterIsRefusedWithPidAndPath() {
    try (ArchiveLock lock = ArchiveLock.take(root, clock)) {
      assertThat(lock.token()).hasSize(32);
      assertThatThrownBy(() -> ArchiveLock.take(root, clock))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()))
          .hasMessageContaining(root.toString());
    }
    ArchiveLock.take(root, clock).close();
  }
}
