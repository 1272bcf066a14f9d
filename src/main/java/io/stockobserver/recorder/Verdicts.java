package io.stockobserver.recorder;

import io.stockobserver.observe.Guard;
import io.stockobserver.observe.Latest;
import io.stockobserver.observe.Observation;
import io.stockobserver.observe.Quality;
import io.stockobserver.observe.Validation;
import io.stockobserver.observe.Verdict;

/** Both questions in their order: validate, then guard. */
final class Verdicts {
  private static final Validation VALIDATION = new Validation();
  private static final Guard GUARD = new Guard();

  private Verdicts() {}

  static Verdict judge(Observation o, Days days, Latest before) {
    Verdict valid = VALIDATION.judge(o);
    if (!valid.kept()) {
      return valid;
    }
    Verdict guarded = GUARD.judge(o, days.members().limits(o.symbol()), before, days.today());
    return guarded.kept() && guarded.quality() == Quality.NORMAL ? valid : guarded;
  }
}
