package io.stockobserver.recorder;

import io.stockobserver.observe.Limits;
import io.stockobserver.universe.Universe;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Today's universe as the recorder looks it up. Immutable. */
final class Members {
  static final Members NONE = new Members(null);

  private final @Nullable Universe universe;
  private final List<String> symbols;
  private final Map<String, Limits> limits = new HashMap<>();
  private final Map<String, BigDecimal> firstInterest = new LinkedHashMap<>();

  Members(@Nullable Universe universe) {
    this.universe = universe;
    List<Universe.Member> all = universe == null ? List.of() : universe.symbols();
    this.symbols = all.stream().map(Universe.Member::symbol).toList();
    for (Universe.Member m : all) {
      boolean flagged = m.flags().contains("new_listing") || m.flags().contains("ex_rights");
      limits.put(m.symbol(), Limits.around(m.prevClose(), flagged));
      BigDecimal volume = m.prevVolume() == null ? BigDecimal.ZERO : m.prevVolume();
      firstInterest.put(m.symbol(), volume.multiply(m.prevClose()));
    }
  }

  boolean frozen() {
    return universe != null;
  }

  List<String> symbols() {
    return symbols;
  }

  @Nullable Limits limits(String symbol) {
    return limits.get(symbol);
  }

  /** Yesterday's volume at today's base price, before any sweep has told more. */
  Map<String, BigDecimal> firstInterest() {
    return firstInterest;
  }
}
