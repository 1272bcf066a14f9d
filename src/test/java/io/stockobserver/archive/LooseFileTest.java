package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.archive.Verification.Problem;
import io.stockobserver.archive.Verification.Report;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 21: files out of any archive that were cut, joined, changed or called wrongly. */
class LooseFileTest {
  private static final int LINES = 400;

  @TempDir Path dir;

  /** A tape's lines, numbered from {@code first}. */
  private static byte[] tape(int first, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i < first + LINES; i++) {
      text.append("{\"seq\":").append(i).append(",\"heard_at\":\"2026-11-20T00:29:50.123456Z\"");
      text.append(",\"body\":\"").append(Long.toHexString(random.nextLong())).append("\"}\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] pack(String ending, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (ending) {
      case ".zst" -> LineFrames.compress(new ByteArrayInputStream(content), content.length, out);
      case ".gz" -> {
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(content);
        }
      }
      case ".zip" -> {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
          zip.putNextEntry(new ZipEntry("tape.jsonl"));
          zip.write(content);
          zip.closeEntry();
        }
      }
      default -> out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(dir.resolve(name), content);
  }

  /** What can be read, however far that is. */
  private static String readable(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (SegmentReader reader = SegmentReader.openAny(file)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        text.append(new String(line.get().bytes(), UTF_8)).append('\n');
      }
    }
    return text.toString();
  }

  private static SegmentReader.Damage damage(Path file) throws IOException {
    try (SegmentReader reader = SegmentReader.openAny(file)) {
      while (reader.next().isPresent()) {
        // to the end
      }
      return reader.damage().orElseThrow();
    }
  }

  @Test
  void wholeFilesAreSoundAndNobodySaysThatTheyAreAll() throws IOException {
    for (String ending : List.of("", ".zst", ".gz", ".zip")) {
      byte[] content = tape(1, new Random(1));
      Path file = file("tape.jsonl" + ending, pack(ending, content));
      Report report = Verification.of(file);
      assertThat(report.problems()).as(ending).isEmpty();
      assertThat(report.notes()).extracting(Problem::kind).containsExactly("unproven");
      assertThat(readable(file)).isEqualTo(new String(content, UTF_8));
    }
  }

  @Test
  void ofTwoHundredSpoiltFilesNoneIsSound() throws IOException {
    Random random = new Random(21);
    int located = 0;
    for (int i = 0; i < 200; i++) {
      String ending = List.of(".zst", ".gz", ".zip", "").get(i % 4);
      byte[] content = tape(1, random);
      byte[] packed = pack(ending, content);
      String name = i + ".jsonl" + ending;
      String whole = new String(content, UTF_8);
      switch (i / 4 % 5) {
        case 0 -> { // cut, anywhere but behind a line that could be the last
          int end = 1 + random.nextInt(packed.length - 2);
          end += ending.isEmpty() && packed[end - 1] == '\n' ? 1 : 0;
          Path file = file(name, Arrays.copyOf(packed, end));
          if (Packing.of(file) == Packing.named(file).orElseThrow()) {
            SegmentReader.Damage damage = damage(file);
            assertThat(damage.at() + damage.bytes()).as(name).isEqualTo(end);
            assertThat(whole).as(name).startsWith(readable(file));
            located++;
          }
        }
        case 1 -> { // another file of the same kind behind it
          Path file = file(name, join(packed, pack(ending, tape(9_001, random))));
          assertThat(readable(file)).as(name).startsWith(whole);
          boolean named =
              Verification.of(file).problems().stream()
                  .anyMatch(
                      p ->
                          p.what().contains("byte " + packed.length)
                              || p.what().contains(" at " + packed.length + " ")
                              || p.offset() == packed.length && ending.isEmpty());
          assertThat(named).as(name + Verification.of(file).problems()).isTrue();
          located++;
        }
        case 2 -> { // garbage behind it
          byte[] garbage = new byte[1 + random.nextInt(300)];
          random.nextBytes(garbage);
          Path file = file(name, join(packed, garbage));
          assertThat(readable(file)).as(name).startsWith(whole);
          if (!ending.isEmpty()) {
            assertThat(damage(file).at()).as(name).isEqualTo(packed.length);
            assertThat(damage(file).bytes()).as(name).isEqualTo(garbage.length);
            located++;
          }
        }
        case 3 -> { // a bit of what was packed
          int body = ending.isEmpty() ? 0 : 60; // headers of gzip and zip tell times and names
          int at = body + random.nextInt(packed.length - body - (body > 0 ? 140 : 0));
          byte[] damaged = packed.clone();
          damaged[at] ^= (byte) (ending.isEmpty() ? 0x80 : 1 << random.nextInt(8));
          Path file = file(name, damaged);
          if (!ending.isEmpty()) {
            SegmentReader.Damage damage = damage(file);
            assertThat(damage.at() <= at || damage.bytes() == 0).as(name + damage).isTrue();
            located++;
          }
        }
        default -> { // called by another name
          String other = List.of(".zst", ".gz", ".zip", "").get((i + 1 + i / 20 % 3) % 4);
          name = i + ".jsonl" + other;
          Path file = file(name, packed);
          assertThat(Verification.of(file).problems())
              .as(name)
              .extracting(Problem::kind)
              .contains("wrong_name");
          assertThat(readable(file)).isEqualTo(whole);
          located++;
        }
      }
      Report report = Verification.of(dir.resolve(name));
      assertThat(report.ok()).as(name).isFalse();
      assertThat(report.problems())
          .extracting(Problem::path)
          .contains(dir.resolve(name).toString());
    }
    System.out.printf("200 of 200 spoilt files refused, %d with the very byte%n", located);
  }

  @Test
  void framesOfOneFileAreNoFilesBehindOneAnother() throws IOException {
    Random random = new Random(5);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 0; content.size() < 10 << 20; i++) {
      content.writeBytes(tape(1 + i * LINES, random));
    }
    byte[] packed = pack(".zst", content.toByteArray());
    assertThat(ZstdFrame.of(packed)).hasSizeGreaterThan(2);
    assertThat(Verification.of(file("large.jsonl.zst", packed)).problems()).isEmpty();
    byte[] next = pack(".zst", "{\"any\":\"line\"}\n".getBytes(UTF_8));
    assertThat(Verification.of(file("joined.jsonl.zst", join(packed, next))).problems())
        .extracting(Problem::what)
        .containsExactly(
            "another file stands behind the one that ends here, at byte " + packed.length);
  }

  @Test
  void aMissingLineOfATapeIsNoticed() throws IOException {
    String text = new String(tape(1, new Random(2)), UTF_8);
    int second = text.indexOf('\n') + 1;
    int third = text.indexOf('\n', second) + 1;
    Path file =
        file("a.jsonl", (text.substring(0, second) + text.substring(third)).getBytes(UTF_8));
    assertThat(Verification.of(file).problems())
        .containsExactly(
            new Problem(
                file.toString(),
                "damaged",
                2,
                second,
                "line has seq 3 behind 1: lines are missing, or of another file"));
  }

  @Test
  void singleFilesOfOursAreKnown() throws IOException {
    HandClock clock = new HandClock(START);
    Path root = dir.resolve("data");
    try (Archive archive = Archive.open(Given.settings(root), clock)) {
      archive.number(List.of(Given.frame(START, "one")));
      archive.append(new ChannelAppender(root));
    }
    byte[] manifest = Files.readAllBytes(root.resolve("manifest/kis/20261120.json"));
    Path alone = file("20261120.json", manifest);
    assertThat(Verification.of(alone).problems()).isEmpty();
    assertThat(Verification.of(alone).notes())
        .extracting(Problem::what)
        .containsExactly(
            "a whole manifest; its files are not beside it: manifest/kis/20261120.json");
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      byte[] damaged = manifest.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(Verification.of(file("20261120.json", damaged)).ok()).isFalse();
    }
    Files.write(alone, Arrays.copyOf(manifest, manifest.length - 100));
    assertThat(Verification.of(alone).problems())
        .extracting(Problem::what)
        .anyMatch(what -> what.startsWith("is cut short"));
    assertThat(Verification.of(file("any.json", "{\"a\":1}\n{".getBytes(UTF_8))).problems())
        .extracting(Problem::offset)
        .containsExactly(7L);
    assertThat(Verification.of(file("any.json", "{\"a\":1".getBytes(UTF_8))).problems())
        .extracting(Problem::kind)
        .containsExactly("damaged");
  }

  @Test
  void aFileThatBelongsToNothingIsLookedAtByItself() throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : List.of("notes.txt", "export.jsonl.gz", "empty.jsonl")) {
      Path file = dir.resolve("tape/" + name);
      Files.createDirectories(file.getParent());
      Files.write(file, name.startsWith("empty") ? new byte[0] : "{}\n".getBytes(UTF_8));
      Verification.of(file).problems().forEach(p -> names.add(name + " " + p.kind()));
    }
    assertThat(names).containsExactly("export.jsonl.gz wrong_name", "empty.jsonl damaged");
  }
}
