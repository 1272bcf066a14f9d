package io.stockobserver.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.tape.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 1: a writer that is killed at any moment loses nothing that it called safe. */
class KillTest {
  @TempDir Path root;

  @Test
  void fiveKills() throws IOException, InterruptedException {
    kill(5, 1);
  }

  @Test
  @Tag("fault")
  void fiveHundredKills() throws IOException, InterruptedException {
    kill(500, 2);
  }

  @Test
  void aSecondProcessIsRefusedWithPidAndPath() throws IOException, InterruptedException {
    Process holder = KilledWriter.start(root);
    try (BufferedReader out = lines(holder)) {
      assertThat(out.readLine()).isEqualTo("ready");
      Process second = KilledWriter.start(root);
      try (BufferedReader refused = lines(second)) {
        assertThat(refused.readLine())
            .startsWith("refused ")
            .contains(Long.toString(holder.pid()))
            .contains(root.toString());
        assertThat(second.waitFor()).isEqualTo(3);
      }
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  private void kill(int times, int seed) throws IOException, InterruptedException {
    Random random = new Random(seed);
    long safe = 0;
    Map<String, Long> sealedSizes = new HashMap<>();
    for (int i = 0; i < times; i++) {
      Process writer = KilledWriter.start(root);
      try (BufferedReader out = lines(writer)) {
        String first = out.readLine();
        assertThat(first).as("start %d", i).isEqualTo("ready");
        if (i % 2 == 0) { // the others may die before they call anything safe
          safe = Math.max(safe, safe(out));
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20 + random.nextInt(381));
        long waited = until - System.nanoTime();
        // Not a wait for something: the moment of death is what is tried.
        boolean ended = writer.waitFor(waited, TimeUnit.NANOSECONDS);
        assertThat(ended).isFalse();
        writer.toHandle().destroyForcibly(); // a Process would close its streams too
        writer.waitFor();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          safe = Math.max(safe, safe(line));
        }
      }
      nothingAppendedToSealed(sealedSizes);
    }
    assertThat(safe).isPositive();
    try (Archive last = Archive.open(Given.settings(root), KilledWriter.clock())) {
      last.append(new ChannelAppender(root)); // what recovery has set aside
    }

    List<Entry> tape = Given.tape(root);
    List<Long> seqs = new ArrayList<>(tape.stream().map(Entry::seq).sorted().toList());
    assertThat(seqs).doesNotHaveDuplicates();
    assertThat(seqs.get(0)).isEqualTo(1);
    assertThat(seqs.get(seqs.size() - 1)).isEqualTo(seqs.size()).isGreaterThanOrEqualTo(safe);
    for (Entry entry : tape) {
      assertThat(entry.text()).startsWith("frame ").endsWith("|" + KilledWriter.FILL);
    }
    assertThat(Verification.of(root).problems()).isEmpty();
    System.out.printf("%d kills, %d lines, %d called safe%n", times, seqs.size(), safe);
  }

  /** The next line that a writer calls safe. */
  private static long safe(BufferedReader out) throws IOException {
    long safe = 0;
    while (safe == 0) {
      String line = out.readLine();
      assertThat(line).as("it lives on").isNotNull();
      safe = safe(line);
    }
    return safe;
  }

  /** What a whole line calls safe; 0 where it calls nothing so. */
  private static long safe(String line) {
    return line.startsWith("safe ") && line.endsWith(".")
        ? Long.parseLong(line.substring(5, line.length() - 1))
        : 0;
  }

  private void nothingAppendedToSealed(Map<String, Long> sizes) throws IOException {
    Path folder = root.resolve("manifest/kis");
    for (String name : Given.files(root)) {
      if (!name.startsWith("manifest/kis/") || !name.endsWith(".json")) {
        continue;
      }
      for (ManifestEntry entry :
          Manifest.read(folder.resolve(name.substring(name.lastIndexOf('/') + 1))).files()) {
        if (entry.state() == ManifestEntry.State.SEALED) {
          Long before = sizes.put(entry.path(), entry.bytes());
          assertThat(before == null || before == entry.bytes()).as(entry.path()).isTrue();
          if (entry.stored().isEmpty()) {
            assertThat(Files.size(root.resolve(entry.path()))).isEqualTo(entry.bytes());
          }
        }
      }
    }
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }
}
