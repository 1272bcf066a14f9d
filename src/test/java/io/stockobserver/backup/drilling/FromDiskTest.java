package io.stockobserver.backup.drilling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FromDiskTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 4095, 4096, 4097, 1 << 20, (1 << 20) + 1, 3 * (1 << 20) + 7})
  void everyByteComesInOrderWhateverTheLength(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Path file = dir.resolve("file");
    Files.write(file, bytes);
    try (InputStream in = new FromDisk().open(file)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
