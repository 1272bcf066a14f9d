package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.stockobserver.archive.SegmentReader.Damage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whatever a file has become, its whole lines up to the damage come out, and the damage is told.
 */
class SegmentReaderTest {
  private static final byte[] TEXT =
      ("{\"n\":1}\n{\"n\":22}\n" + "{\"n\":333}\n".repeat(9_000)).getBytes(UTF_8);

  private record Reading(List<String> lines, Optional<Damage> damage) {}

  private static Reading read(byte[] bytes, boolean compressed) throws IOException {
    List<String> lines = new ArrayList<>();
    try (SegmentReader reader = SegmentReader.of(new ByteArrayInputStream(bytes), compressed)) {
      long offset = 0;
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(new String(line.get().bytes(), UTF_8));
        assertThat(line.get().number()).isEqualTo(lines.size());
        assertThat(line.get().offset()).isEqualTo(offset);
        offset += line.get().bytes().length + 1;
      }
      return new Reading(lines, reader.damage());
    }
  }

  @Test
  void readsPlainAndCompressedAlike() throws IOException {
    Reading plain = read(TEXT, false);
    assertThat(plain.lines()).hasSize(9_002).startsWith("{\"n\":1}", "{\"n\":22}");
    assertThat(plain.damage()).isEmpty();
    assertThat(read(Zstd.compress(TEXT), true)).isEqualTo(plain);
    assertThat(read(new byte[0], false).damage()).isEmpty();
  }

  @Test
  void aTornTailIsToldWithLineAndByte() throws IOException {
    Reading torn = read(Arrays.copyOf(TEXT, 12), false);
    assertThat(torn.lines()).containsExactly("{\"n\":1}");
    assertThat(torn.damage()).contains(new Damage(2, 8, 4, "torn: no newline at the end"));
  }

  @Test
  void aCutCompressedFileIsDamagedWhereverItIsCut() throws IOException {
    byte[] whole = Zstd.compress(TEXT);
    for (int size = 1; size < whole.length; size++) {
      assertThat(read(Arrays.copyOf(whole, size), true).damage()).as("cut at %d", size).isPresent();
    }
  }

  @Test
  void garbageBehindACompressedFileIsDamage() throws IOException {
    byte[] whole = Zstd.compress(TEXT);
    byte[] longer = Arrays.copyOf(whole, whole.length + 5);
    Reading reading = read(longer, true);
    assertThat(reading.lines()).hasSize(9_002);
    assertThat(reading.damage()).isPresent();
  }

  @Test
  void framesOneBehindAnotherAreOneFile() throws IOException {
    byte[] frame = Zstd.compress(TEXT);
    byte[] two = Arrays.copyOf(frame, frame.length * 2);
    System.arraycopy(frame, 0, two, frame.length, frame.length);
    assertThat(read(two, true).lines()).hasSize(18_004);
    assertThat(read(two, true).damage()).isEmpty();
  }
}
