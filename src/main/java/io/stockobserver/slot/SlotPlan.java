package io.stockobserver.slot;

import io.stockobserver.track.Interest;
import java.util.List;
import java.util.Map;

/**
 * What one planning round came to.
 *
 * @param wanted who should sit in the places, most wanted first, and why
 * @param left who sat there until now and no longer should, each with the reason in a word
 * @param decisions every candidate that scored and was given no place
 */
public record SlotPlan(List<Interest> wanted, Map<String, String> left, List<Decision> decisions) {
  public SlotPlan {
    wanted = List.copyOf(wanted);
    left = Map.copyOf(left);
    decisions = List.copyOf(decisions);
  }
}
