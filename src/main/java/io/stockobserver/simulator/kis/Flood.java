package io.stockobserver.simulator.kis;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.simulator.world.Tally;
import io.stockobserver.simulator.world.Trade;
import io.stockobserver.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends prebuilt execution frames as fast as one socket takes them, many frames to a system call.
 * The records repeat and their volumes stand still: only the receiving side is to be measured.
 */
final class Flood {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int CHUNKS_UNDER_WAY = 4;

  private record Chunk(ByteBuf bytes, int frames, int records) {}

  private final KisSession session;
  private final Channel channel;
  private final Traffic traffic;
  private final List<Chunk> chunks = new ArrayList<>();
  private long left;
  private int turn;
  private int underWay;
  private long began;

  Flood(KisSession session, World world, SimulatorOptions options, Traffic traffic) {
    this.session = session;
    this.traffic = traffic;
    channel = session.line().channel();
    build(trades(session), world, options);
  }

  static List<KisSession.Registration> trades(KisSession session) {
    return session.registrations().stream()
        .filter(one -> one.key.tr().content() == KisTrs.Content.TRADES)
        .toList();
  }

  private void build(
      List<KisSession.Registration> registrations, World world, SimulatorOptions options) {
    int second = world.now().second();
    int number = 0;
    int nth = 0; // no two records that follow one another are the same
    for (int i = 0; i < 16; i++) {
      ByteBuf bytes = Unpooled.buffer(CHUNK_BYTES + 8_192);
      int frames = 0;
      int records = 0;
      while (bytes.readableBytes() < CHUNK_BYTES) {
        KisSession.Registration one = registrations.get(number % registrations.size());
        number++;
        int count = 1 + number % options.recordsPerFrame();
        StringBuilder text = new StringBuilder(400 * count);
        for (int j = 0; j < count; j++) {
          if (j > 0) {
            text.append('^');
          }
          long price = one.instrument.day().price();
          Trade trade = new Trade(second, price, 1 + nth++ % 97, Tally.Side.BUY, 0, false);
          TradeRecord.append(text, one.instrument, one.key.tr(), trade, options.width().trade(), 0);
        }
        ByteBuf frame = Mischief.wire(KisSession.frame(one.key.tr().name(), count, text));
        bytes.writeBytes(frame);
        frame.release();
        frames++;
        records += count;
      }
      chunks.add(new Chunk(bytes, frames, records));
    }
  }

  void send(long records, CompletableFuture<Long> done) {
    left = records;
    began = System.nanoTime();
    session.setFlooding(true);
    more(done);
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private void more(CompletableFuture<Long> done) {
    while (left > 0 && underWay < CHUNKS_UNDER_WAY && channel.isActive()) {
      Chunk chunk = chunks.get(turn++ % chunks.size());
      left -= chunk.records();
      underWay++;
      traffic.sent(chunk.frames(), chunk.records());
      channel
          .writeAndFlush(chunk.bytes().retainedDuplicate())
          .addListener(
              sent -> {
                underWay--;
                more(done);
              });
    }
    if (underWay == 0 && (left <= 0 || !channel.isActive()) && !done.isDone()) {
      session.setFlooding(false);
      chunks.forEach(chunk -> chunk.bytes().release());
      done.complete(System.nanoTime() - began);
    }
  }
}
