package io.stockobserver.bench;

import io.stockobserver.observe.Observation;
import io.stockobserver.provider.upbit.UpbitWire;
import io.stockobserver.tape.Direction;
import io.stockobserver.tape.Draft;
import io.stockobserver.tape.Entry;
import io.stockobserver.universe.Listing;
import io.stockobserver.venue.Readings;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long one message of Upbit's takes from bytes to observation, and what it allocates. Bounded:
 * a few seconds.
 */
public final class UpbitDecodeBench {
  private static final String TRADE =
      "{\"type\":\"trade\",\"code\":\"KRW-%s\",\"timestamp\":1790000000123,"
          + "\"trade_date\":\"2026-09-21\",\"trade_time\":\"14:13:20\","
          + "\"trade_timestamp\":1790000000100,\"trade_price\":150000000.00000000,"
          + "\"trade_volume\":0.00120000,\"ask_bid\":\"BID\","
          + "\"prev_closing_price\":149000000.00000000,\"change\":\"RISE\","
          + "\"change_price\":1000000.00000000,\"sequential_id\":17900000001000000,"
          + "\"best_ask_price\":150000000,\"best_ask_size\":0.30000000,"
          + "\"best_bid_price\":149999000,\"best_bid_size\":0.10000000,"
          + "\"stream_type\":\"REALTIME\"}";
  private static final String SIMPLE =
      "{\"ty\":\"trade\",\"cd\":\"KRW-%s\",\"tms\":1790000000123,\"td\":\"2026-09-21\","
          + "\"ttm\":\"14:13:20\",\"ttms\":1790000000100,\"tp\":150000000,\"tv\":0.0012,"
          + "\"ab\":\"BID\",\"pcp\":149000000,\"c\":\"RISE\",\"cp\":1000000,"
          + "\"sid\":17900000001000000,\"bap\":150000000,\"bas\":7.9276E-4,\"bbp\":149999000,"
          + "\"bbs\":0.1,\"st\":\"REALTIME\"}";
  private static final String TICKER =
      "{\"type\":\"ticker\",\"code\":\"KRW-%s\",\"opening_price\":149000000,"
          + "\"high_price\":151000000,\"low_price\":1.485E8,\"trade_price\":150000000,"
          + "\"prev_closing_price\":149000000,\"acc_trade_price\":123456789012.12345678,"
          + "\"change\":\"RISE\",\"change_price\":1000000,\"signed_change_price\":1000000,"
          + "\"change_rate\":0.0067114094,\"signed_change_rate\":0.0067114094,"
          + "\"ask_bid\":\"BID\",\"trade_volume\":0.0012,\"acc_trade_volume\":823.04526674,"
          + "\"trade_date\":\"20260921\",\"trade_time\":\"141320\","
          + "\"trade_timestamp\":1790000000100,\"acc_ask_volume\":401.5,"
          + "\"acc_bid_volume\":421.54526674,\"highest_52_week_price\":180000000,"
          + "\"highest_52_week_date\":\"2026-01-05\",\"lowest_52_week_price\":9.1E7,"
          + "\"lowest_52_week_date\":\"2025-10-11\",\"market_state\":\"ACTIVE\","
          + "\"is_trading_suspended\":false,\"delisting_date\":null,"
          + "\"market_warning\":\"NONE\",\"timestamp\":1790000000123,"
          + "\"acc_trade_price_24h\":234567890123.1,\"acc_trade_volume_24h\":1563.1,"
          + "\"stream_type\":\"REALTIME\"}";
  private static final String BOOK =
      "{\"type\":\"orderbook\",\"code\":\"KRW-%s\",\"timestamp\":1790000000200,"
          + "\"total_ask_size\":1.5,\"total_bid_size\":2.25,\"orderbook_units\":["
          + "{\"ask_price\":150000000,\"bid_price\":149999000,\"ask_size\":0.3,\"bid_size\":0.1},"
          + "{\"ask_price\":150001000,\"bid_price\":149998000,\"ask_size\":0.3,\"bid_size\":0.1},"
          + "{\"ask_price\":150002000,\"bid_price\":149997000,\"ask_size\":0.3,\"bid_size\":0.1},"
          + "{\"ask_price\":150003000,\"bid_price\":149996000,\"ask_size\":0.3,\"bid_size\":0.1},"
          + "{\"ask_price\":150004000,\"bid_price\":149995000,\"ask_size\":0.3,\"bid_size\":0.1}],"
          + "\"stream_type\":\"REALTIME\",\"level\":0}";
  private static final int ROUNDS = 12;
  private static final int FRAMES_A_ROUND = 200_000;

  private UpbitDecodeBench() {}

  public static void main(String[] args) {
    measure("trade", TRADE);
    measure("trade, SIMPLE", SIMPLE);
    measure("ticker", TICKER);
    measure("book of 5", BOOK);
    measure("trade with a new field", TRADE.replace("\"ask_bid\"", "\"new\":1,\"ask_bid\""));
  }

  private static void measure(String what, String text) {
    Entry[] frames = new Entry[700];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = frame(i, text);
    }
    UpbitWire wire = new UpbitWire();
    Count count = new Count();
    double best = Double.MAX_VALUE;
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = allocatedBytes();
      long begun = processorNanos();
      for (int i = 0; i < FRAMES_A_ROUND; i++) {
        wire.readFeed(frames[i % frames.length], count);
      }
      best = Math.min(best, (processorNanos() - begun) / (double) FRAMES_A_ROUND);
      allocated = (allocatedBytes() - before) / FRAMES_A_ROUND;
    }
    System.out.printf(
        "%s, %d bytes: %.0f ns of processor, %d bytes allocated (best of %d rounds, checksum %d)%n",
        what, frames[0].body().length, best, allocated, ROUNDS, count.checksum);
  }

  /** The thread's own: what runs beside it does not count. */
  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  private static Entry frame(int number, String text) {
    String base = new String(new char[] {letter(number / 26), letter(number), 'X'});
    byte[] body = text.replace("%s", base).getBytes(StandardCharsets.UTF_8);
    Instant at = Instant.ofEpochMilli(1790000000150L);
    return new Entry(number, new Draft(at, 0, "stream", Direction.IN, 0, 0, body), "tape", number);
  }

  private static char letter(int number) {
    return (char) ('A' + number % 26);
  }

  private static final class Count implements Readings {
    long checksum;

    @Override
    public void declared(int records) {
      checksum += records;
    }

    @Override
    public void observed(Observation observation) {
      checksum += observation.symbol().length() + observation.at().getEpochSecond() % 60;
    }

    @Override
    public void refused(String reason, @Nullable String symbol, int records, String sample) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void asked(String symbol, boolean register) {}

    @Override
    public void acknowledged(String symbol) {}

    @Override
    public void released(String symbol) {}

    @Override
    public void replaced(Set<String> symbols) {}

    @Override
    public void proven(String symbol) {}

    @Override
    public void registrationRefused(@Nullable String symbol, String code, String message) {}

    @Override
    public void connectionRefused(String code, String message, boolean newKey) {}

    @Override
    public void heartbeat() {}

    @Override
    public void drift(String shape, String sample) {}

    @Override
    public void answerRefused(String reason, String code, String message) {}

    @Override
    public void listed(String source, List<Listing> listings) {}

    @Override
    public void tradingDays(List<DayOpen> days) {}
  }
}
