package io.stockobserver.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sending side of the feed benches: KIS trade frames as fast as a socket takes them. Twelve
 * symbols of the simulated market trade in turns, each frame with other figures, so that no reader
 * shines by having seen the very same bytes before. What must not go back (time and accumulated
 * volume) stands still, because the frames come round again.
 */
final class Flood {
  private static final String[] SYMBOLS = {
    "005930", "000660", "373220", "207940", "005380", "000270", "068270", "105560", "055550",
    "035420", "035720", "005490"
  };
  private static final int[] BASES = {
    71200, 561000, 402000, 1180000, 264500, 112300, 186400, 121900, 77400, 247500, 61200, 318500
  };
  private static final int[] RECORDS = {1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 4, 3};
  private static final int FRAMES = 1024;

  private Flood() {}

  /** One to four records in a frame, mostly one: about 390 bytes on average. */
  static String[] frames() {
    Random random = new Random(20261120);
    String[] frames = new String[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      int n = RECORDS[i % RECORDS.length];
      frames[i] =
          IntStream.range(0, n)
              .mapToObj(record -> record(random))
              .collect(Collectors.joining("^", "0|H0STCNT0|00" + n + "|", ""));
    }
    return frames;
  }

  /** Whom the frames speak of, and the price that today's limits are reckoned from. */
  static Map<String, Integer> basePrices() {
    Map<String, Integer> prices = new TreeMap<>();
    for (int i = 0; i < SYMBOLS.length; i++) {
      prices.put(SYMBOLS[i], BASES[i]);
    }
    return prices;
  }

  private static String record(Random random) {
    int which = random.nextInt(SYMBOLS.length);
    int base = BASES[which];
    int last = base + base / 1000 * random.nextInt(20);
    int size = 1 + random.nextInt(random.nextBoolean() ? 20 : 2000);
    return "%s^101532^%d^2^%d^0.98^%d.40^%d^%d^%d^%d^%d^%d^%d^%d"
            .formatted(
                SYMBOLS[which],
                last,
                last - base,
                base + base / 200,
                base + base / 250,
                base + base / 50,
                base - base / 300,
                last,
                last - base / 1000,
                size,
                8_000_000 + base,
                600_000_000_000L + 1_000L * random.nextInt(10_000_000))
        + "^41230^45891^4661^113.24^3905120^4421980^1^0.53^59.12^090017^2^400^094210"
        + "^5^-400^090305^2^900^20261120^20^N^"
        + random.nextInt(30_000)
        + "^"
        + random.nextInt(30_000)
        + "^429431^378240^0.14^9105332^92.39^0^^"
        + base
        + "^2";
  }

  /**
   * Sends so many, as they look on the wire and many in a write: it takes a tenth of the processor
   * that the fastest receiver needs, and what is measured is the receiver.
   */
  static void flood(ServerWebSocket socket, String[] frames, int count) {
    Channel channel = ((WebSocketInternal) socket).channelHandlerContext().channel();
    ByteBuf round = Unpooled.unreleasableBuffer(wire(frames, frames.length));
    ByteBuf rest = wire(frames, count % frames.length);
    flood(channel, round, rest, count / frames.length);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static void flood(Channel channel, ByteBuf round, ByteBuf rest, int rounds) {
    ChannelHandlerContext first = channel.pipeline().firstContext();
    if (rounds == 0) {
      first.writeAndFlush(rest);
      return;
    }
    // Past the encoders: these bytes are frames already.
    first
        .writeAndFlush(round.duplicate())
        .addListener(
            written -> {
              if (written.isSuccess()) {
                flood(channel, round, rest, rounds - 1);
              }
            });
  }

  private static ByteBuf wire(String[] frames, int count) {
    ByteBuf wire = Unpooled.directBuffer(1 << 19);
    for (int i = 0; i < count; i++) {
      byte[] text = frames[i].getBytes(StandardCharsets.US_ASCII);
      wire.writeByte(0x81).writeByte(126).writeShort(text.length).writeBytes(text);
    }
    return wire;
  }
}
