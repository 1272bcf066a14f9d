package io.stockobserver.simulator.upbit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.simulator.coin.Fill;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends prebuilt frames over one socket's subscription, as fast as it takes them or so many a
 * second; each is stamped with the instant of its sending and, if it is a trade, with a number of
 * its own. The rest repeats: only the receiving side is to be measured.
 */
final class Flood {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int CHUNKS_UNDER_WAY = 4;
  private static final int VARIANTS = 4;
  // Stand-ins in the templates; both are as long as what takes their place.
  private static final long TIME = 1_111_111_111_111L;
  private static final String NUMBER = "11111111111110000";

  /** Of the first trade of the first flood; nothing else has a number so high. */
  static final long FIRST_NUMBER = 20_000_000_000_000_000L;

  /** A whole frame as it looks on the wire, and where its times and its number stand. */
  private record Template(byte[] wire, int[] times, int number) {
    static Template of(String text) {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      ByteBuf wire = Unpooled.buffer(payload.length + 10);
      wire.writeByte(0x82);
      if (payload.length < 126) {
        wire.writeByte(payload.length);
      } else {
        wire.writeByte(126).writeShort(payload.length);
      }
      int head = wire.readableBytes();
      wire.writeBytes(payload);
      byte[] bytes = new byte[wire.readableBytes()];
      wire.readBytes(bytes);
      wire.release();
      List<Integer> times = new ArrayList<>();
      String time = Long.toString(TIME);
      int number = text.indexOf(NUMBER);
      for (int at = text.indexOf(time); at >= 0; at = text.indexOf(time, at + 1)) {
        if (at != number) {
          times.add(head + at);
        }
      }
      return new Template(
          bytes,
          times.stream().mapToInt(Integer::intValue).toArray(),
          number < 0 ? -1 : head + number);
    }
  }

  private final UpbitSession session;
  private final InstantSource clock;
  private final Traffic traffic;
  private final Channel channel;
  private final List<Template> templates = new ArrayList<>();
  private int turn;
  private long sent;
  private long wanted;
  private int underWay;
  private long number;
  private long began;
  private @Nullable Future<?> timer;

  Flood(UpbitSession session, InstantSource clock, Traffic traffic, long firstNumber) {
    number = firstNumber;
    this.session = session;
    this.clock = clock;
    this.traffic = traffic;
    channel = session.line().channel();
  }

  /** Writes the templates; false if nothing is subscribed that they could be made of. */
  boolean build(boolean onlyTrades) {
    boolean brief = session.format().brief();
    for (int variant = 0; variant < VARIANTS; variant++) {
      for (Sub.Kind kind : Sub.Kind.values()) {
        int nth = variant;
        session.subs().stream()
            .flatMap(List::stream)
            .filter(sub -> sub.kind == kind && (!onlyTrades || kind == Sub.Kind.TRADE))
            .map(sub -> row(sub, nth, brief))
            .forEach(text -> templates.add(Template.of(text)));
      }
    }
    return !templates.isEmpty();
  }

  private static String row(Sub sub, int variant, boolean brief) {
    String text =
        switch (sub.kind) {
          case TRADE -> {
            long size = Math.max(1, sub.market.book().askSizes()[0] / (variant + 2));
            Fill fill = new Fill(sub.market.now(), sub.market.price(), size, variant % 2 == 0, 0);
            yield Frames.trade(sub.market, fill, TIME, brief, "REALTIME")
                .json()
                .replace(Long.toString(fill.id()), NUMBER)
                .replace(Long.toString(fill.at()), Long.toString(TIME));
          }
          case TICKER ->
              Tickers.frame(sub.market, brief, "REALTIME")
                  .json()
                  .replace(Long.toString(sub.market.now()), Long.toString(TIME));
          case ORDERBOOK -> {
            Row row = Frames.book(sub.market, sub.depth, sub.level, brief, "REALTIME");
            yield row == null
                ? "{}"
                : row.json().replace(Long.toString(sub.market.book().at()), Long.toString(TIME));
          }
          case CANDLE -> "{}";
        };
    return text;
  }

  void send(long frames, double perSecond, CompletableFuture<Long> done) {
    wanted = frames;
    began = System.nanoTime();
    session.setFlooding(true);
    if (perSecond > 0) {
      timer =
          channel
              .eventLoop()
              .scheduleAtFixedRate(() -> tick(perSecond, done), 0, 1, TimeUnit.MILLISECONDS);
    } else {
      more(done);
    }
  }

  /** What is due by now at this rate. */
  private void tick(double perSecond, CompletableFuture<Long> done) {
    if (done.isDone()) {
      return;
    }
    long due = Math.min(wanted, (long) ((System.nanoTime() - began) * perSecond / 1e9)) - sent;
    if (due > 0 && channel.isActive()) {
      write((int) Math.min(due, Integer.MAX_VALUE), Integer.MAX_VALUE, done);
    }
    if (sent >= wanted || !channel.isActive()) {
      end(done);
    }
  }

  private void more(CompletableFuture<Long> done) {
    while (sent < wanted && underWay < CHUNKS_UNDER_WAY && channel.isActive()) {
      write((int) Math.min(wanted - sent, Integer.MAX_VALUE), CHUNK_BYTES, done);
    }
    if (underWay == 0 && (sent >= wanted || !channel.isActive())) {
      end(done);
    }
  }

  /** Many frames to a system call. */
  @SuppressWarnings("FutureReturnValueIgnored")
  private void write(int frames, int bytes, CompletableFuture<Long> done) {
    ByteBuf chunk = channel.alloc().buffer(Math.min(CHUNK_BYTES, bytes) + 8_192);
    int count = 0;
    byte[] time = Long.toString(clock.millis()).getBytes(StandardCharsets.US_ASCII);
    while (count < frames && chunk.readableBytes() < bytes) {
      Template template = templates.get(turn++ % templates.size());
      int start = chunk.writerIndex();
      chunk.writeBytes(template.wire());
      for (int at : template.times()) {
        chunk.setBytes(start + at, time);
      }
      if (template.number() >= 0) {
        chunk.setCharSequence(
            start + template.number(), Long.toString(number++), StandardCharsets.US_ASCII);
      }
      count++;
    }
    sent += count;
    underWay++;
    traffic.sent(count, count);
    channel
        .writeAndFlush(chunk)
        .addListener(
            written -> {
              underWay--;
              if (timer == null) {
                more(done);
              }
            });
  }

  private void end(CompletableFuture<Long> done) {
    Future<?> beating = timer;
    if (beating != null) {
      beating.cancel(false);
    }
    if (!done.isDone()) {
      session.setFlooding(false);
      done.complete(System.nanoTime() - began);
    }
  }
}
