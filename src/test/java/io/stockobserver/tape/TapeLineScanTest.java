package io.stockobserver.tape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick reader says what the strict one says, or nothing. */
class TapeLineScanTest {
  private static final String PATH = "tape/p/m/20261120/09_29_50.jsonl";
  private static final List<Direction> DIRECTIONS =
      List.of(Direction.IN, Direction.OUT, Direction.NOTE);
  private static final String[] PIECES = {
    "0|H0STCNT0|001|005930^",
    "\"",
    "\\",
    "\n",
    "\r",
    "\t",
    "\u0001",
    "\u001f",
    "삼성전자",
    "é",
    "😀",
    "/",
    "{\"a\":1}",
    "\u007f",
    ""
  };

  @Test
  void whatWeWriteIsReadAtOnce() {
    Random random = new Random(7);
    TapeLines lines = new TapeLines();
    for (int i = 0; i < 5_000; i++) {
      Draft draft = draft(random);
      LineBuffer out = new LineBuffer(64);
      lines.encode(i + 1, draft, out);
      byte[] line = Arrays.copyOf(out.toByteArray(), out.length() - 1);
      Entry entry = TapeLineScan.read(line, PATH, 9);
      assertThat(entry).as(new String(line, UTF_8)).isNotNull();
      assertThat(entry.body()).isEqualTo(draft.body());
      assertThat(entry.heardAt()).isEqualTo(draft.heardAt());
      assertThat(entry.monoNanos()).isEqualTo(draft.monoNanos());
      assertThat(entry.re()).isEqualTo(draft.re());
      assertThat(entry.status()).isEqualTo(draft.status());
      assertThat(entry.direction()).isEqualTo(draft.direction());
      assertThat(entry.feed()).isEqualTo("trade");
      assertThat(entry.seq()).isEqualTo(i + 1);
      assertThat(entry.ref()).isEqualTo(PATH + ":9");
    }
  }

  private static Draft draft(Random random) {
    StringBuilder body = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      body.append(PIECES[random.nextInt(PIECES.length)]);
    }
    long micros = 1_795_000_000_000_000L + random.nextInt(1_000_000_000);
    return new Draft(
        Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000),
        random.nextInt(3) == 0 ? -random.nextInt(99) : random.nextLong() >>> 8,
        "trade",
        DIRECTIONS.get(random.nextInt(3)),
        random.nextInt(3),
        random.nextInt(2) * 200,
        body.toString().getBytes(UTF_8));
  }

  @Test
  void whateverIsWrongWithALineItNeverSaysAnythingElse() {
    Random random = new Random(11);
    TapeLines lines = new TapeLines();
    int read = 0;
    for (int i = 0; i < 60_000; i++) {
      LineBuffer out = new LineBuffer(64);
      lines.encode(1 + random.nextInt(1_000), draft(random), out);
      byte[] line = Arrays.copyOf(out.toByteArray(), out.length() - 1);
      int at = random.nextInt(line.length);
      switch (random.nextInt(3)) {
        case 0 -> line[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> line = Arrays.copyOf(line, at);
        default -> line[at] = (byte) "\"\\{}0u,:-e".charAt(random.nextInt(10));
      }
      Entry quick = TapeLineScan.read(line, PATH, 9);
      if (quick != null) {
        read++;
        Entry strict = TapeLineReader.read(line, PATH, 9);
        assertThat(quick.body()).as(new String(line, UTF_8)).isEqualTo(strict.body());
        assertThat(quick.heardAt()).isEqualTo(strict.heardAt());
        assertThat(quick.monoNanos()).isEqualTo(strict.monoNanos());
        assertThat(quick.feed()).isEqualTo(strict.feed());
        assertThat(quick.direction()).isEqualTo(strict.direction());
        assertThat(quick.seq()).isEqualTo(strict.seq());
        assertThat(quick.re()).isEqualTo(strict.re());
        assertThat(quick.status()).isEqualTo(strict.status());
      }
    }
    assertThat(read).isGreaterThan(5_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"seq\":1,\"heard_at\":\"2026-11-20T00:29:50Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"body\":\"\"}",
        "{\"seq\":1,\"heard_at\":\"2026-11-20T00:29:50.000000Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"more\":2,\"body\":\"\"}",
        "{\"seq\":1,\"heard_at\":\"2026-11-20T00:29:50.000000Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"body_b64\":\"QQ==\"}",
        "{\"seq\":1,\"heard_at\":\"2026-11-20T00:29:50.000000Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"body\":\"\\u2028\"}",
        "{\"seq\":1,\"heard_at\":\"2026-11-20T00:29:50.000000Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"body\":\"\"} "
      })
  void anotherFormIsLeftToTheStrictReader(String line) {
    assertThat(TapeLineScan.read(line.getBytes(UTF_8), PATH, 9)).isNull();
    assertThat(TapeLines.decode(line.getBytes(UTF_8), PATH, 9).seq()).isEqualTo(1);
  }
}
