package io.stockobserver.route;

import io.stockobserver.venue.BudgetState;
import java.util.function.Supplier;

/** Shows one provider's budget over JMX. Thread-safe. */
public final class BudgetFace implements BudgetFaceMXBean {
  private final Supplier<BudgetState> budget;

  private BudgetFace(Supplier<BudgetState> budget) {
    this.budget = budget;
  }

  /** Shows it as {@code io.stockobserver:type=Budget,provider=…} until it is closed. */
  public static Shown show(String provider, Supplier<BudgetState> budget) {
    return Shown.as(
        "io.stockobserver:type=Budget,provider=" + provider,
        BudgetFaceMXBean.class,
        new BudgetFace(budget));
  }

  @Override
  public int getCalls() {
    return budget.get().calls();
  }

  @Override
  public int getInUse() {
    return budget.get().inUse();
  }

  @Override
  public long getWaitedMillis() {
    return budget.get().waited().toMillis();
  }
}
