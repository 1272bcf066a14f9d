package io.stockobserver.simulator.upbit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.Outbox;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.simulator.coin.CoinMarket;
import io.stockobserver.simulator.coin.Fill;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The sockets: every beat moves the subscribed markets, tells their trades, then the tickers and
 * books that changed by them. What trades while the feed is stalled, or more than ten seconds
 * before a beat, is never told.
 */
final class UpbitFeed {
  private static final long TOO_OLD_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final String UP = "{\"status\":\"UP\"}";
  // Of so many objects one has its fields in another order.
  private static final int TURNED = 16;

  private final ObjectMapper json = new ObjectMapper();
  private final SimulatorOptions options;
  private final Listed listed;
  private final Faults faults;
  private final Traffic traffic;
  private final Set<UpbitSession> sessions = new LinkedHashSet<>();
  private final Set<CoinMarket> watched = new HashSet<>();
  private final SplittableRandom dice = new SplittableRandom(13);
  private @Nullable Instant thaw;
  private long now;
  private boolean nameFirst;
  private long floodNumber = Flood.FIRST_NUMBER;

  UpbitFeed(SimulatorOptions options, Listed listed, Faults faults, Traffic traffic) {
    this.options = options;
    this.listed = listed;
    this.faults = faults;
    this.traffic = traffic;
  }

  void opened(ServerWebSocket socket) {
    UpbitSession session = new UpbitSession(socket, traffic, new Outbox<>(faults, dice));
    sessions.add(session);
    socket.frameHandler(frame -> session.touch());
    socket.textMessageHandler(text -> heard(session, text));
    socket.binaryMessageHandler(bytes -> heard(session, bytes.toString()));
    socket.exceptionHandler(problem -> {});
    socket.closeHandler(nothing -> gone(session));
  }

  private void gone(UpbitSession session) {
    if (sessions.remove(session)) {
      session.forget();
      traffic.gone();
      watch();
    }
  }

  private void heard(UpbitSession session, String text) {
    if (session.frozen() || session.doomed()) {
      return;
    }
    if (text.trim().equals("PING")) {
      traffic.ponged();
      session.wantBeats();
      return;
    }
    try {
      if (!session.quota().takeMessage()) {
        throw FeedRefusal.tooMany();
      }
      take(session, Wish.parse(json, text, this::market));
    } catch (FeedRefusal refusal) {
      nameFirst = !nameFirst;
      session.fail(refusal.json(nameFirst));
    }
  }

  private @Nullable CoinMarket market(String code) {
    return listed.knows(code) ? listed.now(code) : null;
  }

  private void take(UpbitSession session, Wish wish) {
    Wish.Format format = wish.format();
    if (wish.list()) {
      session.say(Subscriptions.told(session, wish.ticket(), format));
      return;
    }
    Fault part = faults.active(FaultKind.PARTIAL_ACK);
    List<Sub> subs = wish.subs();
    session.replace(
        part == null ? subs : subs.subList(0, Math.min(subs.size(), part.count())),
        format == null ? Wish.Format.DEFAULT : format);
    watch();
    now = listed.world().now();
    boolean stalled = faults.active(FaultKind.STALL) != null;
    session.subs().forEach(of -> of.forEach(sub -> begin(session, sub)));
    if (stalled) {
      session.discard();
    } else {
      flush(session);
    }
  }

  /** Watches the markets that somebody subscribed, and no others. */
  private void watch() {
    Set<CoinMarket> wanted = new HashSet<>();
    sessions.forEach(
        session -> session.subs().forEach(of -> of.forEach(sub -> wanted.add(sub.market))));
    watched.stream().filter(market -> !wanted.contains(market)).forEach(m -> m.watch(null));
    wanted.stream()
        .filter(market -> !watched.contains(market))
        .forEach(market -> market.watch(this::filled));
    watched.clear();
    watched.addAll(wanted);
  }

  /** The first frame, as it is now or as it was a while ago. */
  private void begin(UpbitSession session, Sub sub) {
    if (sub.snapshot && listed.knows(sub.code())) {
      tell(session, sub, listed.told(sub.code()), "SNAPSHOT");
    }
    sub.told = sub.kind == Sub.Kind.ORDERBOOK ? sub.market.bookChanged() : now / 1_000;
  }

  private void tell(UpbitSession session, Sub sub, CoinMarket market, String streamType) {
    boolean brief = session.format().brief();
    Row row =
        switch (sub.kind) {
          case TICKER -> Tickers.frame(market, brief, streamType);
          case TRADE -> {
            Fill last = market.last();
            yield last == null ? null : Frames.trade(market, last, now, brief, streamType);
          }
          case ORDERBOOK -> Frames.book(market, sub.depth, sub.level, brief, streamType);
          case CANDLE -> Frames.candle(market, sub.type, brief, streamType);
        };
    if (row != null) {
      session.enqueue(text(row));
    }
  }

  private String text(Row row) {
    Fault drift = faults.active(FaultKind.DRIFT);
    if (drift != null && Mischief.is(drift, "fields")) {
      row.whole("new_a", "na", 1).text("new_b", "nb", "x").raw("new_c", "nc", "null");
    }
    boolean turned = drift != null && Mischief.is(drift, "order");
    String text = row.json(turned || dice.nextInt(TURNED) == 0 ? 1 + dice.nextInt(8) : 0);
    return drift != null && Mischief.is(drift, "rename")
        ? text.replace("\"trade_price\":", "\"trade_price_v2\":").replace("\"tp\":", "\"tp2\":")
        : text;
  }

  private void filled(CoinMarket market, Fill fill) {
    if (now - fill.at() > TOO_OLD_MILLIS) {
      return;
    }
    for (UpbitSession session : sessions) {
      for (Sub sub : session.subs(market.pair().code())) {
        sub.stirred = true;
        if (sub.kind == Sub.Kind.TRADE && sub.realtime && !session.deaf()) {
          boolean brief = session.format().brief();
          session.enqueue(text(Frames.trade(market, fill, now, brief, "REALTIME")));
        }
      }
    }
  }

  void beat() {
    thaw();
    now = listed.world().now();
    for (CoinMarket market : watched) {
      if (listed.knows(market.pair().code())) {
        market.moveTo(now);
      }
    }
    Fault stall = faults.active(FaultKind.STALL);
    Fault drift = faults.active(FaultKind.DRIFT);
    long idle = options.upbitIdle().toMillis();
    for (UpbitSession session : List.copyOf(sessions)) {
      if (session.deaf()) {
        session.discard();
        continue;
      }
      session.subs().forEach(of -> of.forEach(sub -> stir(session, sub)));
      if (drift != null && Mischief.is(drift, "tr") && dice.nextInt(20) == 0) {
        session.enqueue(
            "{\"type\":\"liquidation\",\"code\":\"KRW-BTC\",\"timestamp\":" + now + "}");
      }
      if (stall == null) {
        flush(session);
      } else {
        session.discard();
      }
      if (session.idleMillis() > idle) {
        session.line().drop();
      }
    }
  }

  private void flush(UpbitSession session) {
    Fault drift = faults.active(FaultKind.DRIFT);
    session.flush(drift != null && drift.shape().equals("list"));
  }

  /** Tickers and candles follow trades, books also change by themselves. */
  private void stir(UpbitSession session, Sub sub) {
    if (!sub.realtime || !listed.knows(sub.code())) {
      return;
    }
    switch (sub.kind) {
      case TICKER -> {
        if (sub.stirred) {
          tell(session, sub, sub.market, "REALTIME");
        }
      }
      case ORDERBOOK -> {
        long changed = sub.market.bookChanged();
        if (changed > sub.told) {
          sub.told = changed;
          tell(session, sub, sub.market, "REALTIME");
        }
      }
      case CANDLE -> {
        if (!sub.stirred || sub.told == now / 1_000) {
          return;
        }
        sub.told = now / 1_000;
        tell(session, sub, sub.market, "REALTIME");
      }
      case TRADE -> {
        // Told when it happened.
      }
    }
    sub.stirred = false;
  }

  void ping() {
    Fault stall = faults.active(FaultKind.STALL);
    if (stall != null && !stall.pings()) {
      return;
    }
    for (UpbitSession session : sessions) {
      if (session.wantsBeats()) {
        session.say(UP);
        traffic.pinged();
      }
    }
  }

  private void thaw() {
    Instant until = thaw;
    if (until != null && !options.clock().instant().isBefore(until)) {
      thaw = null;
      sessions.stream().filter(UpbitSession::frozen).forEach(session -> session.freeze(false));
    }
  }

  /** Does at once what is done once. */
  void suffer(Fault fault) {
    Duration lasting = fault.lasting();
    if (fault.kind() == FaultKind.HALF_OPEN && lasting != null) {
      thaw = options.clock().instant().plus(lasting);
    }
    for (UpbitSession session : List.copyOf(sessions)) {
      switch (fault.kind()) {
        case HALF_OPEN -> session.freeze(true);
        case DROP -> session.line().drop();
        case CLOSE -> session.socket().close((short) (fault.code() == 0 ? 1001 : fault.code()));
        case GARBAGE -> {
          if (!session.deaf()) {
            Mischief.garbage(session.socket(), fault.shape());
            spoil(session, fault);
          }
        }
        default -> {}
      }
    }
  }

  /** True trades but for one thing. */
  private void spoil(UpbitSession session, Fault fault) {
    Sub trade =
        session.subs().stream()
            .flatMap(List::stream)
            .filter(sub -> sub.kind == Sub.Kind.TRADE)
            .findFirst()
            .orElse(null);
    if (trade == null) {
      return;
    }
    now = listed.world().now();
    Fill fill = new Fill(now, trade.market.price(), 1, true, 9_999);
    String frame =
        Frames.trade(trade.market, fill, now, session.format().brief(), "REALTIME").json();
    for (String shape : Mischief.SPOILT) {
      if (Mischief.is(fault, shape)) {
        session.say(Mischief.spoilt(frame, shape, now));
      }
    }
  }

  void flood(boolean onlyTrades, long frames, double perSecond, CompletableFuture<Long> done) {
    now = listed.world().now();
    for (UpbitSession session : sessions) {
      Flood flood = new Flood(session, options.clock(), traffic, floodNumber);
      if (!session.deaf() && flood.build(onlyTrades)) {
        floodNumber += frames;
        flood.send(frames, perSecond, done);
        return;
      }
    }
    done.completeExceptionally(new IllegalStateException("nobody is subscribed"));
  }
}
