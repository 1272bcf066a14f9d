package io.stockobserver.slot;

import java.util.Collection;
import java.util.List;

/** Chooses who should sit in the slots. A pure function, so that a replay chooses the same. */
public interface SlotPlanner {
  /**
   * Who should sit in them, most wanted first.
   *
   * @param capacity how many there are
   */
  List<String> choose(Collection<Candidate> candidates, int capacity);
}
