package io.stockobserver.recorder;

import io.stockobserver.observe.Limits;
import io.stockobserver.universe.Universe;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The universe as the recorder looks it up. Immutable. */
final class Members {
  static final Members NONE = new Members(null, false, false);

  private final @Nullable Universe universe;
  private final boolean limited;
  private final boolean today;
  private final List<String> symbols;
  private final Map<String, Universe.Member> bySymbol = new HashMap<>();
  private final Map<String, Limits> limits = new HashMap<>();
  private final Map<String, BigDecimal> firstInterest = new LinkedHashMap<>();

  Members(Universe universe, VenueTraits traits) {
    this(universe, traits.limited(), true);
  }

  private Members(@Nullable Universe universe, boolean limited, boolean today) {
    this.universe = universe;
    this.limited = limited;
    this.today = today;
    List<Universe.Member> all = universe == null ? List.of() : universe.symbols();
    this.symbols = all.stream().map(Universe.Member::symbol).toList();
    for (Universe.Member m : all) {
      bySymbol.put(m.symbol(), m);
      boolean flagged = m.flags().contains("new_listing") || m.flags().contains("ex_rights");
      limits.put(m.symbol(), limited ? Limits.around(m.prevClose(), flagged) : Limits.NONE);
      BigDecimal volume = m.prevVolume() == null ? BigDecimal.ZERO : m.prevVolume();
      firstInterest.put(
          m.symbol(), m.prevValue() == null ? volume.multiply(m.prevClose()) : m.prevValue());
    }
  }

  /** Whether this is the day's own universe, and not that of the day before. */
  boolean frozen() {
    return universe != null && today;
  }

  /** The same for the next day, until its own is frozen. */
  Members carried() {
    return universe == null ? NONE : new Members(universe, limited, false);
  }

  List<String> symbols() {
    return symbols;
  }

  /** As the universe has it; null for one that is not in it. */
  Universe.@Nullable Member member(String symbol) {
    return bySymbol.get(symbol);
  }

  @Nullable Limits limits(String symbol) {
    return limits.get(symbol);
  }

  /** Yesterday's value, or its volume at today's base price, before any sweep has told more. */
  Map<String, BigDecimal> firstInterest() {
    return firstInterest;
  }
}
