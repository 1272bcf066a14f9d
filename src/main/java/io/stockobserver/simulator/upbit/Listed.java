package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.coin.CoinMarket;
import io.stockobserver.simulator.coin.CoinWorld;
import io.stockobserver.simulator.coin.Pair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The markets that the venue admits to right now: those of the world less what faults hide. */
final class Listed {
  private final CoinWorld world;
  private final Faults faults;
  private final List<Pair> pairs;

  Listed(CoinWorld world, Faults faults) {
    this.world = world;
    this.faults = faults;
    pairs = world.pairs();
  }

  CoinWorld world() {
    return world;
  }

  /** In the order of their listing. */
  List<Pair> pairs() {
    return pairs.stream().filter(pair -> knows(pair.code())).toList();
  }

  boolean knows(String code) {
    if (!world.lists(code)) {
      return false;
    }
    if (faults.active(FaultKind.DELIST, fault -> fault.shape().equals(code)) != null) {
      return false;
    }
    return faults.active(FaultKind.HALF_UNKNOWN) == null || Math.floorMod(code.hashCode(), 2) == 0;
  }

  /** The market as it is now. */
  CoinMarket now(String code) {
    return found(knows(code) ? world.find(code, world.now()) : null);
  }

  /** The market as it is told to whoever asks for a quote: as it was, when quotes are stale. */
  CoinMarket told(String code) {
    Fault stale = faults.active(FaultKind.STALE);
    return stale == null || !knows(code)
        ? now(code)
        : found(world.past(code, world.now() - stale.delay().toMillis()));
  }

  private static CoinMarket found(@Nullable CoinMarket market) {
    if (market == null) {
      throw Refusal.unknown();
    }
    return market;
  }
}
