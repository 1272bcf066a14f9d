package io.stockobserver.universe;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instrument as the venue lists it today, whether we watch it or not.
 *
 * @param symbol the venue's own code, opaque
 * @param basePrice the price that change and limits are reckoned from; null when the venue gives
 *     none
 * @param board where it is listed: {@code kospi}, {@code kosdaq}, {@code konex}; of a crypto pair,
 *     what it is quoted in
 * @param group the venue's security group, such as {@code ST} or {@code EF}
 * @param halted trading halted
 * @param liquidation in liquidation trading
 * @param prevVolume the previous day's volume in units; null when unknown
 * @param prevValue its value in the market's currency; null when unknown
 * @param flags what a user of the data may want to know: {@code administrative}, {@code spac},
 *     {@code preferred}, {@code caution}, {@code warning}, {@code risk}, {@code overheat}, {@code
 *     ex_rights}, {@code new_listing}, {@code delisting}
 */
public record Listing(
    String symbol,
    String name,
    @Nullable BigDecimal basePrice,
    String board,
    String group,
    boolean halted,
    boolean liquidation,
    @Nullable BigDecimal prevVolume,
    @Nullable BigDecimal prevValue,
    List<String> flags) {
  public Listing {
    flags = List.copyOf(flags);
  }
}
