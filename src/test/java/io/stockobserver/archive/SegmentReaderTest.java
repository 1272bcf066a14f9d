package io.stockobserver.archive;

import static io.stockobserver.archive.ZstdFrame.compress;
import static io.stockobserver.archive.ZstdFrame.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import io.stockobserver.archive.SegmentReader.Damage;
import io.stockobserver.archive.SegmentReader.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a file has become, the whole lines of all that is intact come out, in order, and the
 * damage is told.
 */
class SegmentReaderTest {
  private static final String TEXT = "{\"n\":1}\n{\"n\":22}\n" + "{\"n\":333}\n".repeat(9_000);
  private static final int LINES = 9_002;

  /** Everything a reader gives who skips all damage. */
  private record Reading(List<String> lines, List<Damage> damage) {}

  private static Reading read(byte[] bytes, boolean compressed) throws IOException {
    return read(new ByteArrayInputStream(bytes), compressed);
  }

  private static Reading read(InputStream source, boolean compressed) throws IOException {
    List<String> lines = new ArrayList<>();
    List<Damage> damage = new ArrayList<>();
    try (SegmentReader reader = SegmentReader.of(source, compressed)) {
      long offset = 0;
      do {
        for (var line = reader.next(); line.isPresent(); line = reader.next()) {
          Line next = line.get();
          lines.add(new String(next.bytes(), UTF_8));
          assertThat(next.number()).isEqualTo(damage.isEmpty() ? lines.size() : 0);
          assertThat(next.offset()).isEqualTo(damage.isEmpty() ? offset : -1);
          offset += next.bytes().length + 1;
        }
        assertThat(reader.next()).isEmpty();
        if (reader.damage().isPresent()) {
          Damage here = reader.damage().get();
          assertThat(here.line()).isEqualTo(damage.isEmpty() ? lines.size() + 1 : 0);
          assertThat(here.offset()).isEqualTo(damage.isEmpty() ? offset : -1);
          damage.add(here);
        }
      } while (reader.skipDamage());
    }
    return new Reading(lines, damage);
  }

  /**
   * A tape's lines; no two are alike, and some have bodies made to look like lines of their own.
   */
  private static List<String> tape(int count) {
    Random random = new Random(4);
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            seq ->
                "{\"seq\":%d,\"feed\":\"kis-trade\",\"body\":\"%d^{\\\"seq\\\":1}^{}^{%s\"}"
                    .formatted(seq, random.nextInt(), seq % 2 == 0 ? "" : "}"))
        .toList();
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  /** A file in frames of so many bytes of content. */
  private static byte[] inFramesOf(int size, String text) throws IOException {
    byte[][] frames = new byte[(text.length() + size - 1) / size][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = compress(text.substring(i * size, Math.min(text.length(), (i + 1) * size)));
    }
    return join(frames);
  }

  @Test
  void readsPlainAndCompressedAlike() throws IOException {
    Reading plain = read(TEXT.getBytes(UTF_8), false);
    assertThat(plain.lines()).hasSize(LINES).startsWith("{\"n\":1}", "{\"n\":22}");
    assertThat(plain.damage()).isEmpty();
    assertThat(read(compress(TEXT), true)).isEqualTo(plain);
    assertThat(read(new byte[0], false).damage()).isEmpty();
    assertThat(read(new byte[0], true).damage()).isEmpty();
  }

  @Test
  void aTornTailIsToldWithLineAndByte() throws IOException {
    byte[] text = Arrays.copyOf(TEXT.getBytes(UTF_8), 12);
    Reading torn = read(text, false);
    assertThat(torn.lines()).containsExactly("{\"n\":1}");
    assertThat(torn.damage())
        .containsExactly(new Damage(2, 8, 12, 0, "torn: no newline at the end"));
    byte[] compressed = compress(new String(text, UTF_8));
    assertThat(read(compressed, true).lines()).containsExactly("{\"n\":1}");
    assertThat(read(compressed, true).damage())
        .containsExactly(new Damage(2, 8, compressed.length, 0, "torn: no newline at the end"));
  }

  @Test
  void framesOneBehindAnotherAreOneFile() throws IOException {
    byte[] two = join(compress(TEXT), compress(TEXT));
    assertThat(read(two, true).lines()).hasSize(2 * LINES);
    assertThat(read(two, true).damage()).isEmpty();
  }

  @Test
  void aLineMayLieInSeveralFramesOfAnOldTape() throws IOException {
    List<String> lines = tape(20);
    for (int size : List.of(1, 7, 100, 1_000)) {
      Reading reading = read(inFramesOf(size, text(lines)), true);
      assertThat(reading.lines()).isEqualTo(lines);
      assertThat(reading.damage()).isEmpty();
    }
  }

  @Test
  void garbageBehindACompressedFileIsDamage() throws IOException {
    byte[] whole = compress(TEXT);
    for (int more : List.of(1, 5, 5_000_000)) {
      Reading reading = read(Arrays.copyOf(whole, whole.length + more), true);
      assertThat(reading.lines()).hasSize(LINES);
      assertThat(reading.damage())
          .containsExactly(
              new Damage(
                  LINES + 1, TEXT.length(), whole.length, more, "no zstd frame begins here"));
    }
  }

  @Test
  void ofACutFileItsBeginningIsReadUpToTheCut() throws IOException {
    List<String> lines = tape(4_000);
    byte[] frame = compress(text(lines));
    assertThat(text(lines).length()).isGreaterThan(2 << 17); // a frame of several blocks
    byte[] two = join(frame, frame);
    int most = 0;
    for (int size = 1; size < two.length; size += size % frame.length < 20 ? 1 : 997) {
      Reading reading = read(Arrays.copyOf(two, size), true);
      if (size == frame.length) { // only the manifest can tell
        assertThat(reading.damage()).isEmpty();
        continue;
      }
      int first = size < frame.length ? 0 : frame.length;
      assertThat(reading.damage()).as("cut at %d", size).hasSize(1);
      Damage damage = reading.damage().get(0);
      assertThat(damage.at()).isEqualTo(first);
      assertThat(damage.bytes()).isEqualTo(size - first);
      int read = reading.lines().size();
      assertThat(damage.line()).isEqualTo(read + 1);
      assertThat(read).isBetween(first == 0 ? 0 : 4_000, first == 0 ? 3_999 : 7_999);
      int repeated = first == 0 ? 0 : 4_000;
      assertThat(reading.lines().subList(repeated, read))
          .isEqualTo(lines.subList(0, read - repeated));
      most = Math.max(most, read - repeated);
    }
    assertThat(most).isGreaterThan(1_000); // so lines of the frame that is cut are read
  }

  /** Its checksum is not there to prove it. */
  @Test
  void ofTheFrameThatAFileEndsInOnlyWhatIsWholeAndJsonIsTaken() throws IOException {
    byte[] content = "{\"n\":1}\n{\"n\":2\n{\"n\":3}\n".getBytes(UTF_8);
    byte[] header = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 4, 0x58};
    byte[] rawBlock = {(byte) (content.length << 3), 0, 0}; // and not the last
    byte[] file = join(header, rawBlock, content);
    Reading reading = read(file, true);
    assertThat(reading.lines()).containsExactly("{\"n\":1}");
    assertThat(reading.damage())
        .containsExactly(new Damage(2, 8, 0, file.length, "the file ends within a zstd frame"));
  }

  /** Every bit of a file in frames that end with a line, as they are made today. */
  @Test
  void whicheverBitIsFlippedAllOtherFramesAreRead() throws IOException {
    List<String> lines = tape(30);
    byte[] file =
        join(
            compress(text(lines.subList(0, 9))),
            compress(text(lines.subList(9, 10))),
            compress(text(lines.subList(10, 22))),
            compress(text(lines.subList(22, 30))));
    List<ZstdFrame> frames = ZstdFrame.of(file);
    assertThat(frames).hasSize(4);
    int unharmed = 0;
    for (int bit = 0; bit < file.length * 8; bit++) {
      Reading reading = readFlipped(file, bit, frames, lines);
      unharmed += reading.damage().isEmpty() ? 1 : 0;
    }
    assertThat(unharmed).isLessThan(frames.size() * 16); // unused bits, and windows too large
  }

  /** Every bit of an old file, whose frames begin and end within lines. */
  @Test
  void inAnOldTapeTheLinesOutsideOfTheDamagedFrameAreRead() throws IOException {
    List<String> lines = tape(30);
    byte[] file = inFramesOf(500, text(lines));
    List<ZstdFrame> frames = ZstdFrame.of(file);
    assertThat(frames).hasSizeGreaterThan(4);
    for (int bit = 0; bit < file.length * 8; bit++) {
      readFlipped(file, bit, frames, lines);
    }
  }

  private static Reading readFlipped(
      byte[] file, int bit, List<ZstdFrame> frames, List<String> lines) throws IOException {
    byte[] flipped = file.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    Reading reading = read(flipped, true);
    if (reading.damage().isEmpty()) {
      assertThat(reading.lines()).as("bit %d", bit).isEqualTo(lines);
      return reading;
    }
    ZstdFrame harmed = frames.stream().filter(frame -> frame.holds(bit / 8)).findAny().get();
    assertThat(reading.damage())
        .as("bit %d", bit)
        .extracting(Damage::at, Damage::bytes)
        .containsExactly(tuple((long) harmed.at(), (long) harmed.end() - harmed.at()));
    List<String> outside = outside(bit / 8, frames, lines);
    if (harmed.end() == file.length && reading.lines().size() > outside.size()) {
      outside = lines.subList(0, reading.lines().size()); // a flip may make it look like a cut
    }
    assertThat(reading.lines()).as("bit %d", bit).isEqualTo(outside);
    return reading;
  }

  private static List<String> outside(int at, List<ZstdFrame> frames, List<String> lines) {
    int from = 0;
    int to = 0;
    for (ZstdFrame frame : frames) {
      from = to;
      to += frame.content().length();
      if (frame.holds(at)) {
        break;
      }
    }
    List<String> outside = new ArrayList<>();
    int offset = 0;
    for (String line : lines) {
      int end = offset + line.length() + 1;
      if (end <= from || offset >= to) {
        outside.add(line);
      }
      offset = end;
    }
    return outside;
  }

  @Test
  void aReaderThatDoesNotSkipStopsAtTheDamage() throws IOException {
    byte[] first = compress("{\"n\":1}\n");
    byte[] file = join(first, compress("{\"n\":2}\n"), compress("{\"n\":3}\n"));
    file[first.length + 12] ^= 1;
    try (SegmentReader reader = SegmentReader.of(new ByteArrayInputStream(file), true)) {
      assertThat(reader.skipDamage()).isFalse(); // there is none yet
      assertThat(reader.next()).isPresent();
      assertThat(reader.next()).isEmpty();
      assertThat(reader.next()).isEmpty();
      assertThat(reader.damage()).isPresent();
      assertThat(reader.skipDamage()).isTrue();
      assertThat(reader.damage()).isEmpty();
      assertThat(new String(reader.next().orElseThrow().bytes(), UTF_8)).isEqualTo("{\"n\":3}");
      assertThat(reader.next()).isEmpty();
      assertThat(reader.damage()).isEmpty();
      assertThat(reader.skipDamage()).isFalse();
    }
  }

  @Test
  void severalDamagedFramesAreToldOneByOneAndNeighboursTogether() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      frames.add(compress("{\"n\":%d}\n".formatted(i)));
    }
    int length = frames.get(0).length;
    for (int damaged : List.of(1, 3, 4, 6)) {
      frames.get(damaged)[10] ^= 4;
    }
    Reading reading = read(join(frames.toArray(new byte[0][])), true);
    assertThat(reading.lines()).containsExactly("{\"n\":0}", "{\"n\":2}", "{\"n\":5}");
    assertThat(reading.damage())
        .extracting(Damage::line, Damage::offset, Damage::at, Damage::bytes)
        .containsExactly(
            tuple(2L, 8L, (long) length, (long) length),
            tuple(0L, -1L, 3L * length, 2L * length),
            tuple(0L, -1L, 6L * length, (long) length));
  }

  /** What stands in a damaged stretch and only looks like a frame gives no line. */
  @Test
  void onlyAFrameWhoseChecksumHoldsEndsADamagedStretch() throws IOException {
    byte[] first = compress("{\"n\":1}\n");
    byte[] without = Zstd.compress("{\"wrong\":1}\n".getBytes(UTF_8)); // no checksum
    byte[] wrong = compress("{\"wrong\":2}\n");
    wrong[wrong.length - 1] ^= 1;
    byte[] magic = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    byte[] endless = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 4, 0x58, (byte) 0xFC, 3, 0, 1};
    byte[] last = compress("{\"n\":2}\n");
    byte[] middle = join(wrong, new byte[70_000], without, magic, magic, endless, wrong);
    Reading reading = read(join(first, middle, last), true);
    assertThat(reading.lines()).containsExactly("{\"n\":1}", "{\"n\":2}");
    assertThat(reading.damage()).hasSize(1);
    assertThat(reading.damage().get(0).at()).isEqualTo(first.length);
    assertThat(reading.damage().get(0).bytes()).isEqualTo(middle.length);
    // Nor does the cut end of a file behind damage, where nothing proves that it is a frame.
    assertThat(read(join(first, middle, Arrays.copyOf(last, last.length - 1)), true).lines())
        .containsExactly("{\"n\":1}");
  }

  @Test
  void skippableFramesAreSkippedAndDoNotHideAFrameWhenTheirLengthIsDamaged() throws IOException {
    byte[] first = compress("{\"n\":1}\n");
    byte[] last = compress("{\"n\":2}\n");
    byte[] skippable =
        ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN).putInt(0x184D2A53).putInt(3).array();
    Reading reading = read(join(skippable, first, skippable, skippable, last, skippable), true);
    assertThat(reading.lines()).containsExactly("{\"n\":1}", "{\"n\":2}");
    assertThat(reading.damage()).isEmpty();
    for (int bit = 0; bit < 32; bit++) {
      byte[] flipped = skippable.clone();
      flipped[4 + bit / 8] ^= (byte) (1 << bit % 8);
      reading = read(join(first, flipped, last), true);
      assertThat(reading.lines()).as("bit %d", bit).containsExactly("{\"n\":1}", "{\"n\":2}");
      assertThat(reading.damage()).as("bit %d", bit).hasSize(1);
    }
  }

  @Test
  void aFrameThatWouldTakeTooMuchMemoryIsDamage() throws IOException {
    byte[] huge = compress("{\"n\":1}\n".repeat(ZstdContent.LARGEST / 8 + 1));
    byte[] largest = compress("{\"n\":2}\n".repeat(ZstdContent.LARGEST / 8));
    try (SegmentReader reader =
        SegmentReader.of(new ByteArrayInputStream(join(huge, largest)), true)) {
      assertThat(reader.next()).isEmpty();
      assertThat(reader.damage().orElseThrow().bytes()).isEqualTo(huge.length);
      assertThat(reader.skipDamage()).isTrue();
      long lines = 0;
      while (reader.next().isPresent()) {
        lines++;
      }
      assertThat(lines).isEqualTo(ZstdContent.LARGEST / 8);
      assertThat(reader.damage()).isEmpty();
    }
    byte[] window = compress("{\"n\":1}\n");
    window[5] = (byte) ((26 - 10) << 3); // its logarithm to the base 2
    assertThat(read(window, true).damage()).hasSize(1);
    window[5] = (byte) ((25 - 10) << 3);
    assertThat(read(window, true).damage()).isEmpty();
  }

  @Test
  void aDiskThatCannotBeReadIsDamageAndEndsTheReading() throws IOException {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] bytes, int from, int count) throws IOException {
            return read();
          }
        };
    byte[] frame = compress("{\"n\":1}\n");
    Reading reading = read(new SequenceInputStream(new ByteArrayInputStream(frame), failing), true);
    assertThat(reading.lines()).containsExactly("{\"n\":1}");
    assertThat(reading.damage())
        .extracting(Damage::line, Damage::what)
        .containsExactly(tuple(2L, "Input/output error"));
  }
}
