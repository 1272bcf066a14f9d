package io.stockobserver;

import io.stockobserver.provider.upbit.UpbitMessages;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.universe.MembershipRule;
import io.stockobserver.venue.CallBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of Upbit, read and checked.
 *
 * @param rate calls in any sliding period, of each group
 * @param silence after which a feed is dead; zero for never
 * @param minValue what must have traded on the last complete day
 * @param quotes what a market must be quoted in
 */
record UpbitSettings(
    String rate,
    Duration silence,
    UpbitMessages messages,
    SlotRules slotRules,
    BigDecimal minValue,
    Set<String> quotes) {
  private static final int MOST_SLOTS = 1_000;

  /** Every market's group: there is but one. */
  private static final Set<String> GROUPS = Set.of("spot");

  static UpbitSettings read(Settings s) {
    s.address("provider.upbit.rest.url", "https://api.upbit.com/v1", "http");
    s.address("provider.upbit.feed.url", "wss://api.upbit.com/websocket/v1", "ws");
    s.parse(
        "provider.upbit.rest.rate",
        "a number from 1 and /s or /m, such as 10/s",
        text -> CallBudget.parse(text, System::nanoTime));
    s.span("provider.upbit.feed.pace", Duration.ofMillis(700), Duration.ofSeconds(5));
    s.megabytes("provider.upbit.feed.queue", 1, 1024);
    int depth = Integer.parseInt(s.oneOf("provider.upbit.feed.depth", "1", "5", "15", "30"));
    String format = s.oneOf("provider.upbit.feed.format", "default", "simple");
    return new UpbitSettings(
        s.text("provider.upbit.rest.rate"),
        s.spanOrNever("provider.upbit.feed.silence", Duration.ofSeconds(5), Duration.ofHours(1)),
        new UpbitMessages(depth, UpbitMessages.Format.valueOf(format.toUpperCase(Locale.ROOT))),
        SlotKeys.read(s, UpbitDoor.PROVIDER, MOST_SLOTS),
        s.amount("universe.crypto.min-traded-value"),
        s.words("universe.crypto.quotes"));
  }

  MembershipRule rule() {
    return new MembershipRule(BigDecimal.ZERO, minValue, quotes, GROUPS);
  }

  /** The rule as the universe's file tells it. */
  String ruleText() {
    return "candle_acc_trade_price>="
        + minValue.toPlainString()
        + " on the last complete day (UTC) and quoted in "
        + String.join("|", quotes);
  }
}
