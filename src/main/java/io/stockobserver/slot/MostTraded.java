package io.stockobserver.slot;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The highest by traded value; ties go to the smaller symbol. It serves until triggers decide. */
public final class MostTraded implements SlotPlanner {
  private static final Comparator<Candidate> ORDER =
      Comparator.comparing(Candidate::interest).reversed().thenComparing(Candidate::symbol);

  @Override
  public List<String> choose(Collection<Candidate> candidates, int capacity) {
    return candidates.stream().sorted(ORDER).limit(capacity).map(Candidate::symbol).toList();
  }
}
