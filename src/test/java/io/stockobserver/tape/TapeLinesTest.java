package io.stockobserver.tape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any bytes come back from the tape as they were heard, through lines that any reader can parse.
 */
class TapeLinesTest {
  private static final Instant AT = Instant.parse("2026-11-20T00:29:50.123456789Z");
  private final TapeLines lines = new TapeLines();

  private String encode(Draft draft) {
    LineBuffer out = new LineBuffer(16);
    lines.encode(17, draft, out);
    return new String(out.toByteArray(), UTF_8);
  }

  private Entry again(byte[] body) {
    LineBuffer out = new LineBuffer(16);
    lines.encode(17, Draft.heard(AT, 5, "kis-trade", body), out);
    byte[] line = out.toByteArray();
    assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
    byte[] bare = Arrays.copyOf(line, line.length - 1);
    for (byte b : bare) {
      assertThat(b < 0 || b >= ' ').as("a control character in the line").isTrue();
    }
    return TapeLines.decode(bare, "tape/p/m/20261120/09_29_50.jsonl", 3);
  }

  @Test
  void hasItsKeysInOrderAndNoneThatSayNothing() {
    assertThat(encode(Draft.heard(AT, -81, "kis-trade", "0|H0STCNT0".getBytes(UTF_8))))
        .isEqualTo(
            "{\"seq\":17,\"heard_at\":\"2026-11-20T00:29:50.123456Z\",\"mono_ns\":-81,"
                + "\"feed\":\"kis-trade\",\"dir\":\"in\",\"body\":\"0|H0STCNT0\"}\n");
    assertThat(encode(new Draft(AT, 1, "rest", Direction.OUT, 12, 200, new byte[] {(byte) 0xFF})))
        .isEqualTo(
            "{\"seq\":17,\"heard_at\":\"2026-11-20T00:29:50.123456Z\",\"mono_ns\":1,"
                + "\"feed\":\"rest\",\"dir\":\"out\",\"re\":12,\"status\":200,"
                + "\"body_b64\":\"/w==\"}\n");
  }

  @Test
  void everyFieldComesBack() {
    Draft draft = new Draft(AT, Long.MIN_VALUE, "a \"feed\"", Direction.NOTE, 9, 404, new byte[0]);
    String line = encode(draft);
    Entry entry = TapeLines.decode(line.trim().getBytes(UTF_8), "tape/x.jsonl", 3);
    assertThat(entry.seq()).isEqualTo(17);
    assertThat(entry.heardAt()).isEqualTo(Instant.parse("2026-11-20T00:29:50.123456Z"));
    assertThat(entry.monoNanos()).isEqualTo(Long.MIN_VALUE);
    assertThat(entry.feed()).isEqualTo("a \"feed\"");
    assertThat(entry.direction()).isEqualTo(Direction.NOTE);
    assertThat(entry.re()).isEqualTo(9);
    assertThat(entry.status()).isEqualTo(404);
    assertThat(entry.ref()).isEqualTo("tape/x.jsonl:3");
    assertThat(entry.whole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\\",
        "a\u0000b",
        "\u2028\u2029",
        "삼성전자",
        "🙂",
        "tab\tnl\ncr\r",
        "\u007F",
        "\uFEFFbom",
        "12345678",
        "1234567\"",
        "12345678\u001f",
        "ascii 삼 then ascii again 1234567"
      })
  void textTravelsAsText(String text) {
    Entry entry = again(text.getBytes(UTF_8));
    assertThat(entry.text()).isEqualTo(text);
    assertThat(encode(Draft.heard(AT, 5, "f", text.getBytes(UTF_8)))).contains("\"body\":");
  }

  @Test
  void whatIsFullOfQuotesIsJsonWhereverTheyStand() throws IOException {
    for (String dense :
        List.of("\"a\":1,\"b\\c\":\"\",", "\"\"\"\"\"\"\"\"\"", "\"12345678\n삼\"")) {
      for (int blanks = 0; blanks < 20; blanks++) {
        String text = " ".repeat(blanks) + dense.repeat(blanks);
        String line = encode(Draft.heard(AT, 5, "f", text.getBytes(UTF_8)));
        assertThat(new ObjectMapper().readTree(line).get("body").asText()).isEqualTo(text);
      }
    }
  }

  @Test
  void bytesThatAreNoTextTravelAsBase64() {
    List<byte[]> bodies =
        List.of(
            bytes(0xC0, 0x80), // overlong NUL
            bytes(0xE0, 0x80, 0x80), // overlong
            bytes(0xF0, 0x80, 0x80, 0x80), // overlong
            bytes(0xED, 0xA0, 0x80), // a surrogate
            bytes(0xED, 0xA0, 0xBD, 0xED, 0xB9, 0x82), // a pair of them (CESU-8)
            bytes(0xF4, 0x90, 0x80, 0x80), // above U+10FFFF
            bytes(0xF5, 0x80, 0x80, 0x80),
            bytes('a', 0xE2, 0x82), // cut
            bytes(0x80),
            bytes('1', '2', '3', '4', '5', '6', '7', '8', 0xFF));
    for (byte[] body : bodies) {
      assertThat(again(body).body()).isEqualTo(body);
      assertThat(encode(Draft.heard(AT, 5, "f", body))).contains("\"body_b64\":");
    }
  }

  @Test
  void anyBytesComeBackIdentical() throws IOException {
    Random random = new Random(20261120);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = anyBody(random);
      assertThat(again(body).body()).isEqualTo(body);
    }
  }

  private static byte[] anyBody(Random random) {
    byte[] body = new byte[random.nextInt(60)];
    random.nextBytes(body);
    switch (random.nextInt(4)) {
      case 0 -> {
        return body;
      }
      case 1 -> {
        for (int i = 0; i < body.length; i++) {
          body[i] &= 0x7F;
        }
        return body;
      }
      case 2 -> {
        for (int i = 0; i < body.length; i++) {
          body[i] = (byte) (random.nextInt(12) == 0 ? body[i] : 'a' + (body[i] & 15));
        }
        return body;
      }
      default -> {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < body.length; i++) {
          int point = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x80);
          text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
        }
        return text.toString().getBytes(UTF_8);
      }
    }
  }

  @Test
  void isJsonForAnybody() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      LineBuffer out = new LineBuffer(16);
      lines.encode(i + 1, Draft.heard(AT, i, "f", anyBody(random)), out);
      List<String> keys = new ArrayList<>();
      try (JsonParser json = new JsonFactory().createParser(out.toByteArray())) {
        json.nextToken();
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
          keys.add(key);
          json.nextToken();
        }
      }
      assertThat(keys.subList(0, 5)).containsExactly("seq", "heard_at", "mono_ns", "feed", "dir");
      assertThat(keys.get(5)).isIn("body", "body_b64");
    }
  }

  @Test
  void aMessageThatIsTooLongLeavesLengthChecksumAndHead() {
    byte[] longest = new byte[TapeLines.LONGEST_BODY];
    Arrays.fill(longest, (byte) '"');
    assertThat(again(longest).body()).isEqualTo(longest);

    byte[] longer = new byte[TapeLines.LONGEST_BODY + 1];
    Arrays.fill(longer, (byte) 'x');
    Entry entry = again(longer);
    assertThat(entry.whole()).isFalse();
    assertThat(entry.length()).isEqualTo(longer.length);
    assertThat(entry.body()).hasSize(256).containsOnly((byte) 'x');
    assertThat(entry.sha256())
        .isEqualTo("8d3d3c04baadfd31cbebf771836900097b5f36cc142b74e40747c7b372beab8b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "{\"seq\":1",
        "{\"seq\":1}",
        "{\"seq\":0,\"heard_at\":\"2026-11-20T00:00:00.000000Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"body\":\"\"}",
        "{\"seq\":1,\"heard_at\":\"yesterday\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"body\":\"\"}",
        "{\"seq\":1,\"heard_at\":\"2026-11-20T00:00:00.000000Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"up\",\"body\":\"\"}",
        "{\"seq\":1,\"heard_at\":\"2026-11-20T00:00:00.000000Z\",\"mono_ns\":1,\"feed\":\"f\",\"dir\":\"in\",\"body\":\"\"} {}"
      })
  void whatIsNoLineIsRefusedWithItsPlace(String line) {
    assertThatThrownBy(() -> TapeLines.decode(line.getBytes(UTF_8), "tape/x.jsonl", 42))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tape/x.jsonl:42");
  }

  @Test
  void theSecondIsRememberedButNeverMistaken() {
    assertThat(encode(Draft.heard(Instant.parse("2026-11-20T00:00:01Z"), 1, "f", new byte[0])))
        .contains("\"2026-11-20T00:00:01.000000Z\"");
    assertThat(
            encode(Draft.heard(Instant.parse("2026-11-20T00:00:00.999999Z"), 1, "f", new byte[0])))
        .contains("\"2026-11-20T00:00:00.999999Z\"");
    assertThat(
            encode(Draft.heard(Instant.parse("2026-11-20T00:00:00.000001Z"), 1, "f", new byte[0])))
        .contains("\"2026-11-20T00:00:00.000001Z\"");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
