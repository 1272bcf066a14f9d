package io.stockobserver.observe;

import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes observations: a sound one, and from it those with one thing different. */
public final class Seen {
  public static final Instant HEARD = Instant.parse("2026-11-20T01:15:32.700Z");

  private String symbol = "005930";
  private Instant at = HEARD;
  private boolean atIsHeard;
  private @Nullable BigDecimal last = new BigDecimal("71900");
  private @Nullable BigDecimal bid = new BigDecimal("71900");
  private @Nullable BigDecimal ask = new BigDecimal("72000");
  private @Nullable BigDecimal bidSize = new BigDecimal("22975");
  private @Nullable BigDecimal trade = new BigDecimal("25");
  private @Nullable BigDecimal acc = new BigDecimal("8412377");
  private @Nullable BigDecimal open = new BigDecimal("71500");
  private Specifics specifics = Specifics.NONE;
  private Entry source = entry(HEARD);

  private Seen() {}

  public static Seen sound() {
    return new Seen();
  }

  public static Entry entry(Instant heardAt) {
    return new Entry(7, Draft.heard(heardAt, 0, "trade", new byte[] {'x'}), "tape/x.jsonl", 17);
  }

  public Seen symbol(String s) {
    symbol = s;
    return this;
  }

  public Seen at(Instant when) {
    at = when;
    return this;
  }

  public Seen heard(Instant when) {
    source = entry(when);
    return this;
  }

  public Seen from(Entry entry) {
    source = entry;
    return this;
  }

  public Seen withoutTime() {
    at = source.heardAt();
    atIsHeard = true;
    return this;
  }

  public Seen last(@Nullable String price) {
    last = number(price);
    return this;
  }

  public Seen quotes(@Nullable String bidPrice, @Nullable String askPrice) {
    bid = number(bidPrice);
    ask = number(askPrice);
    return this;
  }

  public Seen bidSize(@Nullable String size) {
    bidSize = number(size);
    return this;
  }

  public Seen trade(@Nullable String size) {
    trade = number(size);
    return this;
  }

  public Seen acc(@Nullable String volume) {
    acc = number(volume);
    return this;
  }

  public Seen open(@Nullable String price) {
    open = number(price);
    return this;
  }

  public Seen specifics(Specifics more) {
    specifics = more;
    return this;
  }

  public Observation seen() {
    return new Observation(
        symbol,
        at,
        atIsHeard,
        last,
        bid,
        ask,
        bidSize,
        new BigDecimal("18342"),
        trade,
        acc,
        new BigDecimal("603524118900"),
        open,
        new BigDecimal("72300"),
        new BigDecimal("71000"),
        new BigDecimal("71200"),
        false,
        specifics,
        source);
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
