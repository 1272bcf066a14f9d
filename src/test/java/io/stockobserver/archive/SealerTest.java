package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a tape is compressed: in frames of whole lines, whatever the length of the lines. */
class SealerTest {
  private static final int FRAME = 4 << 20;

  @TempDir Path root;

  private List<ZstdFrame> sealed(String tape) throws IOException {
    String path = "tape/kis/kr_stocks/20261120/09_29_50.jsonl";
    Path plain = root.resolve(path);
    Files.createDirectories(plain.getParent());
    Files.writeString(plain, tape);
    Archive.open(Given.settings(root), new HandClock(START.plusSeconds(10))).close();
    assertThat(plain).doesNotExist();
    assertThat(Verification.of(root).problems()).isEmpty();
    try (SegmentReader reader = SegmentReader.open(root, path)) {
      long lines = 0;
      while (reader.next().isPresent()) {
        lines++;
      }
      assertThat(reader.damage()).isEmpty();
      assertThat(lines).isEqualTo(tape.lines().count());
    }
    return ZstdFrame.of(Files.readAllBytes(root.resolve(path + ".zst")));
  }

  private static String line(int seq, int length) {
    return "{\"seq\":%d,\"body\":\"%s\"}\n".formatted(seq, "0123456789".repeat(length / 10));
  }

  @Test
  void framesHoldWholeLinesOfAboutFourMiB() throws IOException {
    StringBuilder tape = new StringBuilder();
    for (int seq = 1; tape.length() < 3 * FRAME; seq++) {
      tape.append(line(seq, seq % 7 * 10_000));
    }
    List<ZstdFrame> frames = sealed(tape.toString());
    assertThat(frames).hasSize(4);
    for (ZstdFrame frame : frames) {
      assertThat(frame.content()).startsWith("{").endsWith("}\n");
      assertThat(frame.content().length()).isLessThan(FRAME + 70_000);
    }
  }

  @Test
  void aLineLongerThanAFrameIsInOneFrame() throws IOException {
    List<ZstdFrame> frames =
        sealed(line(1, 10) + line(2, 9_000_000) + line(3, 10) + line(4, FRAME) + line(5, 10));
    assertThat(frames).extracting(frame -> frame.content().length()).allMatch(size -> size > 0);
    for (ZstdFrame frame : frames) {
      assertThat(frame.content()).startsWith("{").endsWith("}\n");
      assertThat(frame.content().length()).isLessThan(ZstdContent.LARGEST);
    }
  }

  /** No line of ours is that long, but a power cut can leave anything; it has to be read again. */
  @Test
  void aDamagedStretchWithoutALineEndIsInFramesThatCanBeRead() throws IOException {
    List<ZstdFrame> frames =
        sealed(line(1, 10) + "x".repeat(ZstdContent.LARGEST + FRAME) + "\n" + line(2, 10));
    assertThat(frames).hasSizeGreaterThan(1);
  }

  /** What is not what was written is listed with no checksum that any content could have. */
  @ParameterizedTest
  @EnumSource(
      value = Lane.class,
      names = {"TAPE", "SWING"})
  void aFileThatTheDiskChangedIsSaidToBeDamagedAndNeverVerifies(Lane lane) throws IOException {
    HandClock clock = new HandClock(START);
    Sealed sealed;
    try (Archive archive = Archive.open(Given.settings(root), clock)) {
      if (lane == Lane.TAPE) {
        archive.number(List.of(Given.frame(START, "one"), Given.frame(START, "two")));
      } else {
        archive.line(lane, START, Given.snapshot(START, "005930"));
      }
      archive.append(new ChannelAppender(root));
      Path file = root.resolve(archive.open().get(0).path());
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
      clock.pass(Duration.ofHours(2));
      archive.rotate(clock.instant());
      sealed = archive.seal().get(0);
    }
    assertThat(sealed.damage()).contains("were written", "are there");
    assertThat(Verification.of(root).problems()).isNotEmpty();
  }
}
