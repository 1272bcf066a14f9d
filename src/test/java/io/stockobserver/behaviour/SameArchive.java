package io.stockobserver.behaviour;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * Whether two archives say the same, byte for byte, in everything that is a function of the tape.
 */
final class SameArchive {
  private SameArchive() {}

  static void check(Books one, Books other) {
    assertThat(one.files("tape")).isNotEmpty();
    for (String lane : List.of("universe", "tape", "swing", "scalp", "set_aside")) {
      List<String> files = one.files(lane);
      assertThat(other.files(lane)).as(lane).isEqualTo(files);
      for (String file : files) {
        if (!file.endsWith(".jsonl")) {
          assertThat(other.whole(file)).isEqualTo(one.whole(file));
          continue;
        }
        List<byte[]> expected = one.raw(file);
        List<byte[]> actual = other.raw(file);
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
          String line = new String(expected.get(i), UTF_8);
          // A giant cannot be said again: of it, only what was made of it must be the same.
          if (!line.contains("head_b64")) {
            assertThat(new String(actual.get(i), UTF_8)).as("%s:%d", file, i + 1).isEqualTo(line);
          }
        }
        assertThat(actual).as(file).hasSameSizeAs(expected);
      }
    }
  }
}
