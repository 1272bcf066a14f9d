package io.stockobserver.route;

/** How much of what a venue allows is in use, over JMX. */
@Meaning("The calls that one provider allows, now. State only: nothing can be set here.")
public interface BudgetFaceMXBean {
  @Meaning(
      "Calls allowed in any sliding period of provider.PROVIDER.rest.rate, all groups together.")
  int getCalls();

  @Meaning("Calls of these that cannot be made now; now.")
  int getInUse();

  @Meaning("Milliseconds that callers have waited in all; since the start.")
  long getWaitedMillis();
}
