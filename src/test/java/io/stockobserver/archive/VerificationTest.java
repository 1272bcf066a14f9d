package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.archive.Verification.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verification calls a problem, what it only notes, and how exactly it points. */
class VerificationTest {
  private static final String SCALP = "scalp/kis/kr_stocks/20261120/09_29_50.jsonl";

  @TempDir Path root;
  private final HandClock clock = new HandClock(START);

  private Archive written() {
    Archive archive = Archive.open(Given.settings(root), clock);
    archive.number(List.of(Given.frame(START, "one")));
    archive.line(Lane.SCALP, START, Given.snapshot(START, "005930"));
    archive.line(Lane.SCALP, START, Given.snapshot(START, "000660"));
    archive.line(Lane.EVENTS, START, Given.event(START, "session_started"));
    archive.append(new ChannelAppender(root));
    return archive;
  }

  @Test
  void aRunningArchiveHasNotesAndNoProblem() {
    try (Archive running = written()) {
      assertThat(running.open()).hasSize(3);
      Verification.Report report = Verification.of(root.resolve("scalp"));
      assertThat(report.ok()).isTrue(); // and there is no manifest yet
      assertThat(report.notes()).extracting(Problem::path).contains(SCALP);
      running.rotate(START.plusSeconds(10));
      running.seal();
      Verification.Report later = Verification.of(root);
      assertThat(later.ok()).isTrue();
      assertThat(later.notes())
          .extracting(Problem::path)
          .containsExactly("system/events/kis/20261120.jsonl");
    }
  }

  @Test
  void pointsAtTheLine() throws IOException {
    written().close();
    Path file = root.resolve(SCALP);
    String text = Files.readString(file);
    int second = text.indexOf('\n') + 1;
    Files.writeString(file, text.substring(0, second) + "x" + text.substring(second + 1));

    assertThat(Verification.of(file).problems())
        .containsExactly(
            new Problem(SCALP, "differs", 2, second, "the content is not what was sealed"));
    assertThat(Verification.of(root.resolve("scalp/kis/kr_stocks/20261120")).problems()).hasSize(1);
    assertThat(Verification.of(root.resolve("tape/kis/kr_stocks/20261120")).ok()).isTrue();
    assertThat(Verification.of(root.resolve("tape/kis/kr_stocks/20261120/09_29_50.jsonl.zst")).ok())
        .isTrue();
  }

  @Test
  void aTornTailOfAnOpenFileIsANoteOfASealedOneAProblem() throws IOException {
    written().close();
    Files.writeString(
        root.resolve("system/events/kis/20261120.jsonl"), "{\"ev", StandardOpenOption.APPEND);
    Verification.Report open = Verification.of(root);
    assertThat(open.ok()).isTrue();
    assertThat(open.notes())
        .filteredOn(note -> note.kind().equals("torn"))
        .extracting(Problem::line)
        .containsExactly(2L);
    Files.writeString(root.resolve(SCALP), "{\"ev", StandardOpenOption.APPEND);
    assertThat(Verification.of(root).problems()).extracting(Problem::path).containsExactly(SCALP);
  }

  @Test
  void aFileThatAFinalDayDoesNotListIsAProblem() throws IOException {
    written().close();
    clock.pass(Duration.ofDays(1));
    try (Archive archive = Archive.open(Given.settings(root), clock)) {
      archive.rotate(clock.instant());
      archive.number(List.of(Given.frame(clock.instant(), "next day")));
      archive.append(new ChannelAppender(root));
    }
    assertThat(Verification.of(root).ok()).isTrue();
    Files.writeString(
        root.resolve("scalp/kis/kr_stocks/20261120/10_00_00.jsonl"), "{\"forged\":1}\n");
    assertThat(Verification.of(root).problems())
        .extracting(Problem::kind)
        .containsExactly("unlisted");
  }

  @Test
  void nothingThereIsAnAnswerAndNoException() {
    assertThat(Verification.of(root.resolve("nowhere")).problems())
        .extracting(Problem::kind)
        .containsExactly("missing");
    assertThat(Verification.of(root).ok()).isFalse();
  }
}
