package io.stockobserver.behaviour;

import static io.stockobserver.behaviour.Books.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.tape.Entry;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault row 15: whatever the venue sends, it is on the tape, answered for, and the feed goes on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GarbageIT {
  private static final int HUGE = 16 << 20;

  private Observatory observatory;
  private Books books;
  private Map<String, JsonNode> asideByRef;

  @BeforeAll
  void observeRubbish(@TempDir Path dir) {
    observatory = new Observatory(dir, "10:01:00").observe();
    observatory.awaitSlots(41);
    observatory.venue().faults().garbage("");
    observatory.awaitSamples(3);
    observatory.end();
    books = observatory.books();
    asideByRef =
        books.setAside().stream()
            .collect(Collectors.toMap(l -> text(l, "tape_ref"), l -> l, (a, b) -> a));
  }

  @AfterAll
  void close() {
    observatory.close();
  }

  private Entry heard(Predicate<Entry> what) {
    List<Entry> all =
        books.tape().stream().filter(e -> e.feed().equals("trade")).filter(what).toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private void setAside(Entry entry, String reason) {
    assertThat(asideByRef).containsKey(entry.ref());
    assertThat(text(asideByRef.get(entry.ref()), "reason")).isEqualTo(reason);
  }

  @Test
  void randomBytesAreOnTheTapeAsTheyCame() {
    byte[] bytes = new byte[300];
    new SplittableRandom(5).nextBytes(bytes);
    setAside(heard(e -> Arrays.equals(e.body(), bytes)), "frame-malformed");
    setAside(heard(e -> e.text().startsWith("0|H0STCNT0|zzz|")), "frame-malformed");
  }

  @Test
  void anEmptyMessageIsOnTheTape() {
    setAside(heard(e -> e.length() == 0), "frame-malformed");
  }

  @Test
  void badUtf8IsOnTheTapeByteForByte() {
    byte[] bad = "0|H0STCNT0|001|\u00c3(\u00ff^".getBytes(ISO_8859_1);
    setAside(heard(e -> Arrays.equals(e.body(), bad)), "record-short");
  }

  @Test
  void aMessageInPiecesIsOneMessage() {
    String text = "0|H0STCNT0|001|005930^101532^71900^2^700";
    setAside(heard(e -> e.text().equals(text)), "record-short");
  }

  @Test
  void aTradeThatCannotBeTrueIsSetAsideWithItsReason() {
    assertThat(
            books.setAside().stream()
                .map(l -> text(l, "reason"))
                .filter(r -> !List.of("frame-malformed", "oversize", "count-mismatch").contains(r)))
        .as("a price of 0, ten minutes early and late, an unknown symbol; half a record and two")
        .containsExactlyInAnyOrder(
            "price-missing",
            "time-implausible",
            "time-implausible",
            "unknown-symbol",
            "record-short",
            "record-short",
            "record-short");
    for (JsonNode line : books.setAside()) {
      assertThat(text(books.line(text(line, "tape_ref")), "dir")).isEqualTo("in");
    }
  }

  @Test
  void aWrongCountIsSetAsideAsDeclared() {
    List<JsonNode> wrong =
        books.setAside().stream().filter(l -> text(l, "reason").equals("count-mismatch")).toList();
    assertThat(wrong).hasSize(1);
    String frame = text(books.line(text(wrong.get(0), "tape_ref")), "body");
    int declared = Integer.parseInt(frame.split("\\|", 4)[2]);
    assertThat(wrong.get(0).path("record").path("records").asInt()).isEqualTo(declared);
  }

  @Test
  void aGiantLeavesLengthChecksumAndHeadAndTheSocketStaysOpen() throws NoSuchAlgorithmException {
    byte[] giant = new byte[15 + HUGE];
    Arrays.fill(giant, (byte) '^');
    System.arraycopy("0|H0STCNT0|001|".getBytes(UTF_8), 0, giant, 0, 15);
    Entry entry = heard(e -> !e.whole());
    assertThat(entry.length()).isEqualTo(giant.length);
    assertThat(entry.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(giant)));
    assertThat(entry.body()).isEqualTo(Arrays.copyOf(giant, 256));
    setAside(entry, "oversize");
    assertThat(observatory.venue().traffic().connectionsOpened()).isEqualTo(1);
  }

  @Test
  void whatComesAfterRubbishIsRecordedAndTheBalanceHolds() {
    books.verified();
    JsonNode counters = books.events("session_stopped").get(0).path("counters");
    assertThat(counters.path("declared").asLong())
        .isEqualTo(counters.path("kept").asLong() + counters.path("set_aside").asLong());
    Entry last =
        books.tape().stream()
            .filter(e -> e.text().startsWith("0|H0STCNT0|") && !asideByRef.containsKey(e.ref()))
            .reduce((a, b) -> b)
            .orElseThrow();
    Entry rubbish = heard(e -> e.text().equals("0|H0STCNT0|001|005930^101532^71900^2^700"));
    assertThat(last.seq()).isGreaterThan(rubbish.seq());
    assertThat(books.events("schema_drift")).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void theSameTapeLeavesTheSameArchive(@TempDir Path other) {
    observatory.replays(other);
  }
}
