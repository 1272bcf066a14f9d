package io.stockobserver.simulator.kis;

import io.stockobserver.simulator.Call;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.world.Day;
import io.stockobserver.simulator.world.Instrument;
import io.stockobserver.simulator.world.Moment;
import io.stockobserver.simulator.world.Tally;
import io.stockobserver.simulator.world.World;
import org.jspecify.annotations.Nullable;

/** One REST question at one moment of the market. */
record KisAsk(Call call, World world, Moment moment, Faults faults) {

  String parameter(String name) {
    return call.parameter(name);
  }

  String symbol() {
    return parameter("FID_INPUT_ISCD");
  }

  /** Null if nobody listed it, or if half of the symbols are said to be unknown. */
  @Nullable Instrument instrument(String code) {
    boolean unknown = faults.active(FaultKind.HALF_UNKNOWN) != null && unlucky(code);
    return unknown ? null : world.find(code, moment);
  }

  /** The half that is unknown when half are. */
  static boolean unlucky(String code) {
    return Math.floorMod(code.hashCode(), 2) == 1;
  }

  Tally tally(Instrument instrument) {
    return tally(instrument.day(), parameter("FID_COND_MRKT_DIV_CODE"));
  }

  static Tally tally(Day day, String market) {
    return switch (market) {
      case "NX" -> day.nxt();
      case "UN" -> day.unified();
      default -> day.krx();
    };
  }
}
