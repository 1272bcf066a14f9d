package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.Outbox;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Moment;
import io.stockobserver.simulator.world.Tally;
import io.stockobserver.simulator.world.Trade;
import io.stockobserver.simulator.world.World;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The sockets: every beat moves the registered instruments, gathers their trades into frames and
 * sends them. What trades while the feed is stalled, or more than ten seconds before a beat, is
 * lost, as it is on the real wire; the cumulative volume then shows the loss.
 */
final class KisFeed {
  private static final long TOO_OLD_MILLIS = Duration.ofSeconds(10).toMillis();
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private final SimulatorOptions options;
  private final World world;
  private final Faults faults;
  private final Traffic traffic;
  private final KisDesk desk;
  private final Set<KisSession> sessions = new LinkedHashSet<>();
  private final SplittableRandom dice = new SplittableRandom(11);
  private @Nullable Instant thaw;
  private long beatMillis;
  private boolean wrongCount;

  KisFeed(
      ObjectMapper json,
      SimulatorOptions options,
      World world,
      Faults faults,
      Traffic traffic,
      KisTokens tokens) {
    this.options = options;
    this.world = world;
    this.faults = faults;
    this.traffic = traffic;
    desk = new KisDesk(json, options, world, faults, tokens);
  }

  void opened(ServerWebSocket socket) {
    KisSession session = new KisSession(socket, traffic, new Outbox<>(faults, dice));
    sessions.add(session);
    socket.textMessageHandler(text -> heard(session, text));
    socket.pongHandler(payload -> traffic.ponged());
    socket.exceptionHandler(problem -> {});
    socket.closeHandler(nothing -> gone(session));
  }

  private void gone(KisSession session) {
    if (sessions.remove(session)) {
      traffic.gone();
      List<KisSession.Registration> left = new ArrayList<>(session.registrations());
      session.forget();
      left.forEach(registration -> unwatch(registration.instrument));
    }
  }

  private void heard(KisSession session, String text) {
    if (session.frozen()) {
      return;
    }
    if (text.contains("PINGPONG")) {
      traffic.ponged();
      return;
    }
    boolean busy = sessions.stream().anyMatch(other -> other != session && other.holdsKey());
    Instrument touched = desk.heard(session, text, busy);
    if (touched != null) {
      unwatch(touched);
    }
  }

  /** Watches an instrument as long as anybody is registered for it. */
  private void unwatch(Instrument instrument) {
    boolean wanted =
        sessions.stream()
            .flatMap(session -> session.registrations().stream())
            .anyMatch(registration -> registration.instrument == instrument);
    instrument.watch(wanted ? this::traded : null);
  }

  private void traded(Instrument instrument, Trade trade) {
    if (beatMillis - trade.second() * 1_000L > TOO_OLD_MILLIS) {
      return;
    }
    Fault drift = faults.active(FaultKind.DRIFT);
    int extra = drift != null && drifts(drift, "fields") ? 3 : 0;
    for (KisSession session : sessions) {
      for (KisSession.Registration one : session.registrations()) {
        if (one.instrument != instrument || !one.key.tr().hears(trade.nxt())) {
          continue;
        }
        one.stirred = true;
        if (one.key.tr().content() == KisTrs.Content.TRADES) {
          if (one.count > 0) {
            one.records.append('^');
          }
          TradeRecord.append(
              one.records, instrument, one.key.tr(), trade, options.width().trade(), extra);
          one.count++;
          if (one.count >= options.recordsPerFrame()) {
            session.finish(one, takeWrongCount());
          }
        }
      }
    }
  }

  static boolean drifts(Fault fault, String shape) {
    return fault.shape().isEmpty() || fault.shape().equals(shape);
  }

  private boolean takeWrongCount() {
    boolean wrong = wrongCount;
    wrongCount = false;
    return wrong;
  }

  void beat() {
    thaw();
    if (sessions.isEmpty()) {
      return;
    }
    Moment moment = world.now();
    beatMillis = moment.sessionMillis();
    Fault stall = faults.active(FaultKind.STALL);
    Fault drift = faults.active(FaultKind.DRIFT);
    for (KisSession session : List.copyOf(sessions)) {
      if (session.flooding()) {
        continue;
      }
      for (KisSession.Registration one : session.registrations()) {
        world.find(one.key.symbol(), moment);
        stir(one, moment, drift);
        session.finish(one, takeWrongCountFor(one));
      }
      if (drift != null && drifts(drift, "tr") && dice.nextInt(20) == 0) {
        strange(session);
      }
      if (stall == null) {
        session.flush();
      } else {
        session.discard();
      }
    }
  }

  private boolean takeWrongCountFor(KisSession.Registration one) {
    return one.count > 0 && takeWrongCount();
  }

  /** Books follow every trade and change by themselves once a second; auctions expect. */
  private void stir(KisSession.Registration one, Moment moment, @Nullable Fault drift) {
    KisTrs tr = one.key.tr();
    Phase phase = Phase.of(one.instrument.day(), moment);
    int second = moment.second();
    boolean tick = second != one.lastSecond;
    one.lastSecond = second;
    int extra = drift != null && drifts(drift, "fields") ? 3 : 0;
    boolean trading = phase.auction() || phase == Phase.CONTINUOUS;
    if (one.instrument.listing().halted()) {
      return;
    }
    if (tr.content() == KisTrs.Content.BOOK && (one.stirred || (tick && trading))) {
      BookRecord.append(
          one.records, one.instrument, tr, second, moment.sessionMillis(), options.width(), extra);
      one.count++;
    } else if (tr.content() == KisTrs.Content.EXPECTED && tick && phase.auction()) {
      TradeRecord.expected(one.records, one.instrument, tr, phase, second);
      one.count++;
    }
    one.stirred = false;
  }

  private static void strange(KisSession session) {
    session.enqueue(KisSession.frame("H0STNEW0", 1, "005930^090000^1^2^3"), 1);
  }

  void ping() {
    Fault stall = faults.active(FaultKind.STALL);
    if (stall != null && !stall.pings()) {
      return;
    }
    String stamp = STAMP.format(world.now().local());
    for (KisSession session : sessions) {
      if (!session.frozen()) {
        session.say("{\"header\":{\"tr_id\":\"PINGPONG\",\"datetime\":\"" + stamp + "\"}}");
        traffic.pinged();
      }
    }
  }

  private void thaw() {
    Instant until = thaw;
    if (until != null && !options.clock().instant().isBefore(until)) {
      thaw = null;
      sessions.stream().filter(KisSession::frozen).forEach(session -> session.freeze(false));
    }
  }

  /** Does at once what is done once. */
  void suffer(Fault fault) {
    Duration lasting = fault.lasting();
    if (fault.kind() == FaultKind.HALF_OPEN && lasting != null) {
      thaw = options.clock().instant().plus(lasting);
    }
    for (KisSession session : List.copyOf(sessions)) {
      switch (fault.kind()) {
        case HALF_OPEN -> session.freeze(true);
        case DROP -> session.line().drop();
        case CLOSE -> session.socket().close((short) (fault.code() == 0 ? 1001 : fault.code()));
        case GARBAGE -> {
          wrongCount |= drifts(fault, "count");
          Mischief.garbage(session, fault.shape());
          spoil(session, fault);
        }
        default -> {}
      }
    }
  }

  /** True trades but for one thing. */
  private void spoil(KisSession session, Fault fault) {
    List<KisSession.Registration> trades = Flood.trades(session);
    if (trades.isEmpty() || session.frozen()) {
      return;
    }
    KisSession.Registration one = trades.get(0);
    Moment moment = world.now();
    world.find(one.key.symbol(), moment);
    Trade trade =
        new Trade(moment.second(), one.instrument.day().price(), 7, Tally.Side.BUY, 0, false);
    StringBuilder record = new StringBuilder();
    TradeRecord.append(record, one.instrument, one.key.tr(), trade, options.width().trade(), 0);
    for (String shape : Mischief.SPOILT) {
      if (drifts(fault, shape)) {
        String spoilt = Mischief.spoilt(record.toString(), shape, moment.second());
        session.say(KisSession.frame(one.key.tr().name(), 1, spoilt));
      }
    }
  }

  void flood(long records, CompletableFuture<Long> done) {
    List<KisSession> ready =
        sessions.stream()
            .filter(session -> !session.frozen())
            .filter(session -> !Flood.trades(session).isEmpty())
            .toList();
    if (ready.isEmpty()) {
      done.completeExceptionally(new IllegalStateException("nobody is registered for executions"));
      return;
    }
    Flood flood = new Flood(ready.get(0), world, options, traffic);
    flood.send(records, done);
  }
}
