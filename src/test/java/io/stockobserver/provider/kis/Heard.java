package io.stockobserver.provider.kis;

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

/** Keeps what a reader told, and knows whether its counts balance. */
final class Heard implements Readings {
  static final Instant AT = Instant.parse("2026-11-20T01:15:32.700Z");

  record Refusal(String reason, @Nullable String symbol, int records, String sample) {}

  int calls;
  int declared = -1;
  final List<Observation> observed = new ArrayList<>();
  final List<Refusal> refusals = new ArrayList<>();
  final List<String> told = new ArrayList<>();
  final List<String> drifts = new ArrayList<>();
  final List<Listing> listings = new ArrayList<>();
  final List<DayOpen> days = new ArrayList<>();

  static byte[] fixture(String name) {
    try (InputStream in = Heard.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Entry entry(String feed, int status, byte[] body) {
    return new Entry(7, new Draft(AT, 0, feed, Direction.IN, 6, status, body), "tape/x.jsonl", 3);
  }

  static Heard feed(KisVenue venue, byte[] body) {
    Heard heard = new Heard();
    new KisWire(venue).readFeed(entry("trade", 0, body), heard);
    return heard.balanced();
  }

  static Heard feed(String fixture) {
    return feed(KisVenue.KRX, fixture(fixture));
  }

  static Heard answer(String tapeText, int status, byte[] body) {
    Heard heard = new Heard();
    byte[] request = tapeText.getBytes(StandardCharsets.UTF_8);
    new KisWire(KisVenue.KRX)
        .readAnswer(entry("swing", status, body), entry("swing", 0, request), heard);
    return heard.balanced();
  }

  /** The promise of every reader, garbage included. */
  Heard balanced() {
    assertThat(calls).as("declared is told once").isEqualTo(1);
    int refused = refusals.stream().mapToInt(Refusal::records).sum();
    assertThat(observed.size() + listings.size() + days.size() + refused)
        .as("declared = observed + refused, %s", refusals)
        .isEqualTo(declared);
    return this;
  }

  /** The same bytes with one to four things wrong. */
  static byte[] mutate(byte[] seed, Random random) {
    byte[] alphabet = "0123456789^|.-+eE {}\"\0\nAYQ\u00e9".getBytes(StandardCharsets.UTF_8);
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

  static Map<String, String> specifics(Observation observation) {
    Map<String, String> fields = new LinkedHashMap<>();
    observation.specifics().forEach(fields::put);
    return fields;
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
    told.add((register ? "asked " : "asked to end ") + symbol);
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
    told.add("registration refused " + symbol + ' ' + code + ' ' + message);
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
    told.add("listed " + source);
    this.listings.addAll(listings);
  }

  @Override
  public void tradingDays(List<DayOpen> days) {
    this.days.addAll(days);
  }
}
