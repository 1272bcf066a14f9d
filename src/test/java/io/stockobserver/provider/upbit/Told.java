package io.stockobserver.provider.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.observe.Observation;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.venue.Readings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps what the reader told, and knows whether its counts balance. */
final class Told implements Readings {
  static final Instant AT = Instant.parse("2026-09-21T14:13:20.300Z");

  record Refusal(String reason, @Nullable String symbol, int records, String sample) {}

  int calls;
  int declared = -1;
  final List<Observation> observed = new ArrayList<>();
  final List<Refusal> refusals = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final List<String> drifts = new ArrayList<>();
  final Map<String, List<Listing>> listed = new LinkedHashMap<>();

  static byte[] fixture(String name) {
    try (InputStream in = Told.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String fixture) {
    return new String(fixture(fixture), StandardCharsets.UTF_8);
  }

  private static Entry entry(Instant at, Direction direction, int status, byte[] body) {
    Draft draft = new Draft(at, 0, "stream", direction, 6, status, body);
    return new Entry(7, draft, "tape/upbit/crypto/20260921/23_10_00.jsonl", 3);
  }

  static Told message(byte[] body) {
    Told told = new Told();
    new UpbitWire().readFeed(feedEntry(body), told);
    return told.balanced();
  }

  static Entry feedEntry(byte[] body) {
    return entry(AT, Direction.IN, 0, body);
  }

  static Told message(String json) {
    return message(json.getBytes(StandardCharsets.UTF_8));
  }

  static Told said(String text) {
    Told told = new Told();
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    new UpbitWire().readSaid(entry(AT, Direction.OUT, 0, body), told);
    return told;
  }

  static Told answer(String tapeText, int status, byte[] body) {
    return answer(AT, tapeText, status, body);
  }

  static Told answer(Instant at, String tapeText, int status, byte[] body) {
    Told told = new Told();
    byte[] request = tapeText.getBytes(StandardCharsets.UTF_8);
    new UpbitWire()
        .readAnswer(
            entry(at, Direction.IN, status, body), entry(at, Direction.OUT, 0, request), told);
    return told.balanced();
  }

  /** The promise of every reader, garbage included. */
  Told balanced() {
    assertThat(calls).as("declared is told once").isEqualTo(1);
    int refused = refusals.stream().mapToInt(Refusal::records).sum();
    int listings = listed.values().stream().mapToInt(List::size).sum();
    assertThat(observed.size() + listings + refused)
        .as("declared = observed + listed + refused, %s", refusals)
        .isEqualTo(declared);
    return this;
  }

  Observation only() {
    assertThat(refusals).isEmpty();
    assertThat(observed).hasSize(1);
    return observed.get(0);
  }

  /** Why the only record was set aside, and of whom. */
  String refusal() {
    assertThat(observed).isEmpty();
    assertThat(refusals).hasSize(1);
    return refusals.get(0).reason() + ' ' + refusals.get(0).symbol();
  }

  static Map<String, String> specifics(Observation observation) {
    Map<String, String> fields = new LinkedHashMap<>();
    observation
        .specifics()
        .forEach((name, value) -> assertThat(fields.put(name, value)).as(name).isNull());
    return fields;
  }

  /** The same bytes with one to four things wrong. */
  static byte[] mutate(byte[] seed, Random random) {
    byte[] alphabet = "0123456789-.eE+{}[]\",:\\ntf \0\u00e9K".getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(seed, seed.length);
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(body.length);
      switch (random.nextInt(4)) {
        case 0 -> body = Arrays.copyOf(body, Math.max(1, at));
        case 1 -> body[at] = alphabet[random.nextInt(alphabet.length)];
        case 2 -> body[at] = (byte) random.nextInt(256);
        default -> {
          byte[] longer = Arrays.copyOf(body, body.length + 1);
          System.arraycopy(body, at, longer, at + 1, body.length - at);
          longer[at] = alphabet[random.nextInt(alphabet.length)];
          body = longer;
        }
      }
    }
    return body;
  }

  @Override
  public void declared(int records) {
    calls++;
    declared = records;
    assertThat(observed).as("declared comes first").isEmpty();
  }

  @Override
  public void observed(Observation observation) {
    observed.add(observation);
  }

  @Override
  public void refused(String reason, @Nullable String symbol, int records, String sample) {
    refusals.add(new Refusal(reason, symbol, records, sample));
  }

  @Override
  public void asked(String symbol, boolean register) {
    told.add("asked " + symbol);
  }

  @Override
  public void acknowledged(String symbol) {
    told.add("acknowledged " + symbol);
  }

  @Override
  public void released(String symbol) {
    told.add("released " + symbol);
  }

  @Override
  public void replaced(Set<String> symbols) {
    told.add("replaced " + symbols);
  }

  @Override
  public void proven(String symbol) {
    told.add("proven " + symbol);
  }

  @Override
  public void registrationRefused(@Nullable String symbol, String code, String message) {
    told.add("registration refused " + symbol);
  }

  @Override
  public void connectionRefused(String code, String message, boolean newKey) {
    told.add("connection refused " + code + ' ' + message + ' ' + newKey);
  }

  @Override
  public void heartbeat() {
    told.add("heartbeat");
  }

  @Override
  public void drift(String shape, String sample) {
    drifts.add(shape);
  }

  @Override
  public void answerRefused(String reason, String code, String message) {
    told.add((reason + ' ' + code + ' ' + message).strip());
  }

  @Override
  public void listed(String source, List<Listing> listings) {
    listed.put(source, listings);
  }

  @Override
  public void tradingDays(List<DayOpen> days) {
    throw new AssertionError("a market that never closes has no such days");
  }
}
