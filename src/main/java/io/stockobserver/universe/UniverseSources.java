package io.stockobserver.universe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which sources a universe is made of, and how. A pure function of what was read so far. */
public interface UniverseSources {
  /** The names of all that must be there; what one of them tells may call for more. */
  Set<String> needed(Map<String, List<Listing>> read);

  /**
   * What can be gone by until all sources are there, where reading them takes a while: the same
   * rule, by what is known at once. Null where there is nothing of the kind, or not yet.
   */
  default @Nullable List<Listing> meanwhile(Map<String, List<Listing>> read) {
    return null;
  }

  /** Every instrument that is listed, once. */
  List<Listing> together(Map<String, List<Listing>> read);

  /** Sources of which each lists instruments of its own. */
  static UniverseSources of(Set<String> names) {
    Set<String> all = Set.copyOf(names);
    return new UniverseSources() {
      @Override
      public Set<String> needed(Map<String, List<Listing>> read) {
        return all;
      }

      @Override
      public List<Listing> together(Map<String, List<Listing>> read) {
        List<Listing> listings = new ArrayList<>();
        read.values().forEach(listings::addAll);
        return listings;
      }
    };
  }
}
