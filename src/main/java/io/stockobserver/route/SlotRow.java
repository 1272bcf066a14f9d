package io.stockobserver.route;

import io.stockobserver.market.Stamp;
import io.stockobserver.recorder.SlotState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one slot stands, as a row of the table over JMX. */
public final class SlotRow {
  private final String symbol;
  private final String name;
  private final String standing;
  private final String since;
  private final String trigger;
  private final String heardAt;
  private final String lastPrice;
  private final boolean silent;

  @java.beans.ConstructorProperties({
    "symbol",
    "name",
    "standing",
    "since",
    "trigger",
    "heardAt",
    "lastPrice",
    "silent"
  })
  public SlotRow(
      String symbol,
      String name,
      String standing,
      String since,
      String trigger,
      String heardAt,
      String lastPrice,
      boolean silent) {
    this.symbol = symbol;
    this.name = name;
    this.standing = standing;
    this.since = since;
    this.trigger = trigger;
    this.heardAt = heardAt;
    this.lastPrice = lastPrice;
    this.silent = silent;
  }

  static SlotRow of(SlotState slot) {
    return new SlotRow(
        slot.symbol(),
        slot.name(),
        text(slot.standing()),
        stamp(slot.since()),
        text(slot.trigger()),
        stamp(slot.heardAt()),
        slot.lastPrice() == null ? "" : slot.lastPrice().toPlainString(),
        slot.silent());
  }

  private static String stamp(@Nullable Instant at) {
    return at == null ? "" : Stamp.of(at);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /** The venue's code. */
  public String getSymbol() {
    return symbol;
  }

  /** The universe's name of it; empty where it has none. */
  public String getName() {
    return name;
  }

  /**
   * How it stands with the venue, {@code ACKNOWLEDGED} and the like; empty before it was asked for.
   */
  public String getStanding() {
    return standing;
  }

  /** When the venue confirmed it, ISO-8601 UTC; empty when it has not. */
  public String getSince() {
    return since;
  }

  /** Why it has a slot; empty for one that is about to lose it. */
  public String getTrigger() {
    return trigger;
  }

  /** The last thing told of it, ISO-8601 UTC; empty for nothing yet. */
  public String getHeardAt() {
    return heardAt;
  }

  /** As the venue sent it; empty for nothing yet. */
  public String getLastPrice() {
    return lastPrice;
  }

  /** Whether frames should come and do not. */
  public boolean isSilent() {
    return silent;
  }
}
