package io.stockobserver.slot;

import java.time.Duration;

/**
 * How the places of one venue are given away.
 *
 * @param places how many the venue grants
 * @param minStay whoever was given a place keeps it for as long, whatever others score
 * @param margin by how much a challenger's score must beat that of the one it takes the place of,
 *     from 0.0 to 1.0
 * @param cooldown whoever gave a place up is not given one again for as long
 */
public record SlotRules(int places, Duration minStay, double margin, Duration cooldown) {
  public SlotRules {
    if (places < 1) {
      throw new IllegalArgumentException("a board of " + places + " slots has no place");
    }
    if (minStay.isNegative() || cooldown.isNegative() || !(margin >= 0 && margin <= 1)) {
      throw new IllegalArgumentException("a stay, margin or cooldown below nothing");
    }
  }
}
