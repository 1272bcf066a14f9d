package io.stockobserver.archive;

import static io.stockobserver.archive.Given.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.archive.Given.HandClock;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault row 3: an open segment that was cut anywhere gives up every whole line and no byte. */
class TornWriteTest {
  private static final String TAPE = "tape/kis/kr_stocks/20261120/09_29_50.jsonl";

  @TempDir Path root;

  private byte[] whole(int bytes) {
    List<Draft> drafts = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i * 420L < bytes; i++) {
      drafts.add(Given.frame(START.plusMillis(i), "x".repeat(200 + random.nextInt(250))));
    }
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    try (Archive archive = Archive.open(Given.settings(root.resolve("made")), () -> START)) {
      archive.number(drafts);
      archive.append(
          batch -> {
            segment.write(batch.bytes());
            new ChannelAppender(root.resolve("made")).append(batch);
          });
    }
    return segment.toByteArray();
  }

  private static int linesIn(byte[] bytes, int to) {
    int lines = 0;
    for (int i = 0; i < to; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private void cutAt(byte[] whole, int size, int number) throws IOException {
    Path here = root.resolve("cut-" + number);
    Path tape = here.resolve(TAPE);
    Files.createDirectories(tape.getParent());
    Files.write(tape, Arrays.copyOf(whole, size));
    List<Draft> next = List.of(Given.frame(START.plusSeconds(9), "next"));
    int lines = linesIn(whole, size);

    List<Entry> added;
    try (Archive archive =
        Archive.open(
            Given.settings(here),
            new HandClock(START.plusSeconds(9)),
            FaultyDisk.withoutForcing())) {
      assertThat(archive.recovery().lastSeq()).isEqualTo(lines);
      Finding found = archive.recovery().findings().get(0);
      assertThat(found.keptBytes() + found.asideBytes()).as("cut at %d", size).isEqualTo(size);
      if (found.asideBytes() > 0) {
        assertThat(Files.readAllBytes(here.resolve(found.asideAt())))
            .isEqualTo(Arrays.copyOfRange(whole, (int) found.keptBytes(), size));
      }
      added = archive.number(next);
      archive.append(new ChannelAppender(here));
    }
    assertThat(added.get(0).seq()).isEqualTo(lines + 1);
    assertThat(Given.tape(here)).as("cut at %d", size).hasSize(lines + 1);
    assertThat(Verification.of(here).problems()).isEmpty();
  }

  @Test
  void anywhereInTheLastLines() throws IOException {
    byte[] whole = whole(8_000);
    for (int size = whole.length; size > whole.length - 600; size -= 17) {
      cutAt(whole, size, size);
    }
    for (int size = 0; size < whole.length; size += 2039) {
      cutAt(whole, size, size);
    }
  }

  @Test
  @Tag("fault")
  void atEveryByteOfTheLast64KiBAndEvery4KiBBefore() throws IOException {
    byte[] whole = whole(1 << 20);
    byte[] end =
        Arrays.copyOfRange(whole, lineStart(whole, whole.length - (68 << 10)), whole.length);
    for (int size = end.length; size > end.length - (64 << 10); size--) {
      recoverOnly(end, size);
    }
    for (int size = whole.length - (64 << 10); size > 0; size -= 4096) {
      cutAt(whole, size, size);
    }
  }

  private static int lineStart(byte[] bytes, int near) {
    int at = near;
    while (bytes[at - 1] != '\n') {
      at++;
    }
    return at;
  }

  private void recoverOnly(byte[] whole, int size) throws IOException {
    Path here = root.resolve("sweep");
    Path tape = here.resolve(TAPE);
    Files.createDirectories(tape.getParent());
    Files.write(tape, Arrays.copyOf(whole, size));
    int kept = size;
    while (kept > 0 && whole[kept - 1] != '\n') {
      kept--;
    }
    FaultyDisk disk = FaultyDisk.withoutForcing();
    try (Archive archive =
        Archive.open(Given.settings(here), new HandClock(START.plusSeconds(9)), disk)) {
      Finding found = archive.recovery().findings().get(0);
      assertThat(found.keptBytes()).as("cut at %d", size).isEqualTo(kept);
      assertThat(found.keptLines()).isEqualTo(linesIn(whole, kept));
      assertThat(Files.readAllBytes(tape)).isEqualTo(Arrays.copyOf(whole, kept));
      if (kept < size) {
        assertThat(Files.readAllBytes(here.resolve(found.asideAt())))
            .isEqualTo(Arrays.copyOfRange(whole, kept, size));
      }
      archive.append(new ChannelAppender(here));
    }
    for (String file : Given.files(here)) {
      Files.delete(here.resolve(file));
    }
  }

  @Test
  void zerosAtTheEndAreSetAsideToo() throws IOException {
    byte[] whole = whole(4_000);
    Path tape = root.resolve("zeros").resolve(TAPE);
    Files.createDirectories(tape.getParent());
    byte[] zeros = Arrays.copyOf(whole, whole.length + 4096);
    Files.write(tape, zeros);
    try (Archive archive =
        Archive.open(Given.settings(root.resolve("zeros")), new HandClock(START))) {
      assertThat(archive.recovery().findings().get(0).asideBytes()).isEqualTo(4096);
      archive.append(new ChannelAppender(root.resolve("zeros")));
    }
    assertThat(Given.tape(root.resolve("zeros"))).hasSize(linesIn(whole, whole.length));
  }

  @Test
  void aWholeLastLineThatIsNoJsonIsSetAsideOneInTheMiddleIsNot() throws IOException {
    Path here = root.resolve("middle");
    Path events = here.resolve("system/events/kis/20261120.jsonl");
    Files.createDirectories(events.getParent());
    String good = new String(Given.event(START, "metrics"), UTF_8) + "\n";
    Files.writeString(events, good + "{\"cut\":\u0001}\n" + good + "{\"half\":\n");
    try (Archive archive = Archive.open(Given.settings(here), new HandClock(START))) {
      assertThat(archive.recovery().findings())
          .extracting(Finding::kind)
          .containsExactly("torn_tail", "damaged_lines");
      assertThat(archive.line(Lane.EVENTS, START, Given.event(START, "metrics")))
          .isEqualTo("system/events/kis/20261120.jsonl:4");
      archive.append(new ChannelAppender(here));
    }
    assertThat(Files.readString(events)).isEqualTo(good + "{\"cut\":\u0001}\n" + good + good);
  }

  @Test
  @Tag("fault")
  void howLongARecoveryTakes() throws IOException {
    byte[] block = whole(1 << 20);
    Path tape = root.resolve("large").resolve(TAPE);
    Files.createDirectories(tape.getParent());
    try (var out = Files.newOutputStream(tape)) {
      for (int i = 0; i < 100; i++) {
        out.write(block);
      }
    }
    long began = System.nanoTime();
    try (Archive archive =
        Archive.open(Given.settings(root.resolve("large")), new HandClock(START))) {
      System.out.printf(
          "recovery: %d MB in %d ms%n",
          Files.size(tape) >> 20, Duration.ofNanos(System.nanoTime() - began).toMillis());
      assertThat(archive.recovery().findings()).hasSize(1);
      archive.append(new ChannelAppender(root.resolve("large")));
    }
  }
}
