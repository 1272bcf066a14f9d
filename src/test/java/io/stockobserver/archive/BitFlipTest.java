package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.tape.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 4: no bit of what is sealed changes unseen. */
class BitFlipTest {
  private static final String FIRST_TAPE = "tape/kis/kr_stocks/20261120/09_29_50.jsonl";
  private static final String LAST_TAPE = "tape/kis/kr_stocks/20261121/09_29_50.jsonl";

  /** 200 lines of this length fill more than two zstd frames. */
  private static final int SEVERAL_FRAMES = 45_000;

  @TempDir Path root;

  /** Two days, each ended cleanly, so that one manifest is final and one is not. */
  private void twoDays() {
    twoDays(0);
  }

  /** The same; the frames of the first day are longer by this. */
  private void twoDays(int longer) {
    HandClock clock = new HandClock(START);
    for (int day = 0; day < 2; day++) {
      try (Archive archive = Archive.open(Given.settings(root), clock)) {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          String frame = "frame " + i + " 005930^092950^70100^" + i * i;
          drafts.add(Given.frame(clock.instant(), day == 0 ? frame + text(longer, i) : frame));
        }
        archive.number(drafts);
        for (int i = 0; i < 20; i++) {
          archive.line(Lane.SCALP, clock.instant(), Given.snapshot(clock.instant(), "s" + i));
          archive.line(Lane.SWING, clock.instant(), Given.snapshot(clock.instant(), "s" + i));
          archive.line(Lane.EVENTS, clock.instant(), Given.event(clock.instant(), "metrics"));
        }
        archive.append(new ChannelAppender(root));
        clock.pass(Duration.ofDays(1));
        archive.rotate(clock.instant());
        archive.seal();
      }
    }
  }

  private static String text(int length, int seed) {
    StringBuilder text = new StringBuilder();
    Random random = new Random(seed);
    while (text.length() < length) {
      text.append('^').append(random.nextInt());
    }
    return text.toString();
  }

  private void flip(int times, long seed) throws IOException {
    twoDays(SEVERAL_FRAMES);
    assertThat(ZstdFrame.of(Files.readAllBytes(root.resolve(FIRST_TAPE + ".zst"))))
        .hasSizeGreaterThan(2);
    assertThat(Verification.of(root).problems()).isEmpty();
    List<String> files = Given.files(root);
    assertThat(files).hasSize(10);
    Random random = new Random(seed);
    int located = 0;
    long readable = 0;
    for (int i = 0; i < times; i++) {
      Path file = root.resolve(files.get(i % files.size()));
      byte[] sound = Files.readAllBytes(file);
      byte[] damaged = sound.clone();
      int at = random.nextInt(damaged.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);

      Verification.Report report = Verification.of(file);
      assertThat(report.ok()).as("%s bit in byte %d", file, at).isFalse();
      String name = files.get(i % files.size()).replace(".zst", "");
      assertThat(report.problems()).extracting(Problem::path).contains(name);
      located += report.problems().stream().anyMatch(problem -> problem.line() > 0) ? 1 : 0;
      if (name.startsWith("tape/")) {
        readable += readOutside(file, ZstdFrame.of(sound), at);
      }
      Files.write(file, sound);
    }
    assertThat(Verification.of(root).problems()).isEmpty();
    System.out.printf(
        "%d of %d flips detected, %d located to a line; %d lines outside of damaged frames read%n",
        times, times, located, readable);
  }

  /** Reads all that the flip left readable: at least every line outside of the flipped frame. */
  private static int readOutside(Path file, List<ZstdFrame> frames, int flipped)
      throws IOException {
    List<String> before = new ArrayList<>();
    List<String> harmed = new ArrayList<>();
    List<String> behind = new ArrayList<>();
    for (ZstdFrame frame : frames) {
      assertThat(frame.content()).endsWith("\n"); // no line is in two frames
      (frame.holds(flipped) ? harmed : harmed.isEmpty() ? before : behind)
          .addAll(frame.content().lines().toList());
    }
    List<String> read = new ArrayList<>();
    try (SegmentReader reader = SegmentReader.open(file)) {
      do {
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          read.add(new String(line.get().bytes(), UTF_8));
          assertThat(line.get().number()).isIn(0L, (long) read.size());
        }
      } while (reader.skipDamage());
    }
    // Of the frame itself all lines are left when its checksum holds (the flipped bit means
    // nothing), none when it does not, the first when the file seems to end in it.
    assertThat(read).hasSizeBetween(before.size() + behind.size(), linesIn(frames));
    List<String> expected = new ArrayList<>(before);
    expected.addAll(harmed.subList(0, read.size() - before.size() - behind.size()));
    expected.addAll(behind);
    assertThat(read).as("%s bit in byte %d", file, flipped).isEqualTo(expected);
    return before.size() + behind.size();
  }

  private static int linesIn(List<ZstdFrame> frames) {
    return frames.stream().mapToInt(frame -> frame.content().lines().toList().size()).sum();
  }

  @Test
  void aHundredFlips() throws IOException {
    flip(100, 4);
  }

  @Test
  @Tag("fault")
  void aThousandFlips() throws IOException {
    flip(1_000, 44);
  }

  @Test
  void truncatedAndLengthenedFilesAreNoticed() throws IOException {
    twoDays();
    for (String name : Given.files(root)) {
      Path file = root.resolve(name);
      byte[] sound = Files.readAllBytes(file);
      Files.write(file, java.util.Arrays.copyOf(sound, sound.length - 1));
      assertThat(Verification.of(root).ok()).as("%s cut", name).isFalse();
      Files.write(file, java.util.Arrays.copyOf(sound, sound.length + 1));
      assertThat(Verification.of(root).ok()).as("%s lengthened", name).isFalse();
      Files.delete(file);
      // Of the newest manifest nothing but the files that it listed is left to tell.
      if (!name.equals("manifest/kis/20261121.json")) {
        assertThat(Verification.of(root).ok()).as("%s deleted", name).isFalse();
      }
      Files.write(file, sound);
    }
    assertThat(Verification.of(root).ok()).isTrue();
  }

  @Test
  void aDamagedManifestDoesNotStopAStartAndStaysVisible() throws IOException {
    twoDays();
    Path old = root.resolve("manifest/kis/20261120.json");
    byte[] damaged = Files.readAllBytes(old);
    damaged[damaged.length / 2] ^= 4;
    Files.write(old, damaged);
    HandClock clock = new HandClock(START.plus(Duration.ofDays(2)));
    try (Archive archive = Archive.open(Given.settings(root), clock)) {
      assertThat(archive.recovery().findings())
          .extracting(Finding::kind)
          .contains("manifest_damaged");
      assertThat(archive.recovery().lastSeq()).isEqualTo(400);
    }
    assertThat(Given.files(root)).contains("manifest/kis/20261120.json.damaged-1");
    assertThat(Verification.of(root).problems())
        .extracting(Problem::path, Problem::kind)
        .extracting(Object::toString)
        .contains("(\"manifest/kis/20261120.json\", \"missing\")");
  }

  @Test
  void aLostNewestManifestIsRebuiltFromTheFiles() throws IOException {
    twoDays();
    Path newest = root.resolve("manifest/kis/20261121.json");
    Files.writeString(newest, "{\"provider\":");
    HandClock clock = new HandClock(START.plus(Duration.ofDays(2)));
    Archive.open(Given.settings(root), clock).close();
    assertThat(Verification.of(root).problems()).isEmpty();
    assertThat(Manifest.read(newest).files()).hasSize(4);
  }

  @Test
  void aDamagedTapeThatLostItsManifestIsNotListedAnew() throws IOException {
    twoDays();
    Path newest = root.resolve("manifest/kis/20261121.json");
    Files.delete(newest);
    Path tape = root.resolve(LAST_TAPE + ".zst");
    byte[] frame = Files.readAllBytes(tape);
    byte[] damaged = frame.clone();
    damaged[frame.length / 2] ^= 1;
    byte[] file = ZstdFrame.join(frame, damaged, frame); // its end is intact, its middle is not
    Files.write(tape, file);
    HandClock clock = new HandClock(START.plus(Duration.ofDays(2)));
    try (Archive archive = Archive.open(Given.settings(root), clock)) {
      assertThat(archive.recovery().findings())
          .filteredOn(finding -> finding.path().equals(LAST_TAPE))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.kind()).isEqualTo("unlisted_file");
                assertThat(finding.detail()).startsWith("damaged");
              });
    }
    assertThat(Files.readAllBytes(tape)).isEqualTo(file);
    assertThat(Manifest.read(newest).files())
        .extracting(ManifestEntry::path)
        .doesNotContain(LAST_TAPE);
  }

  @Test
  void verifyTellsWhereATapeIsDamagedAndHowMuchOfItCanStillBeRead() throws IOException {
    twoDays(SEVERAL_FRAMES);
    Path tape = root.resolve(FIRST_TAPE + ".zst");
    byte[] damaged = Files.readAllBytes(tape);
    List<ZstdFrame> frames = ZstdFrame.of(damaged);
    damaged[(frames.get(1).at() + frames.get(1).end()) / 2] ^= 1;
    Files.write(tape, damaged);
    long first = frames.get(0).content().lines().count();
    long second = frames.get(1).content().lines().count();
    assertThat(Verification.of(tape).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo("differs");
              assertThat(problem.line()).isEqualTo(first + 1);
              assertThat(problem.offset()).isEqualTo(frames.get(0).content().length());
              assertThat(problem.what())
                  .contains(
                      "(%d bytes at %d of the file cannot be read)"
                          .formatted(frames.get(1).end() - frames.get(1).at(), frames.get(1).at()))
                  .endsWith("; %d of 200 lines still can".formatted(200 - second));
            });
  }
}
