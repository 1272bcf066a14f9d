package io.stockobserver.recorder;

/**
 * How a venue differs from others, as far as recording cares.
 *
 * @param confirms whether it confirms each registration; where not, data is the only proof
 * @param limited whether a day's prices have limits (30 % around the base price, as KRX has it)
 */
public record VenueTraits(boolean confirms, boolean limited) {
  /** A stock exchange's feed: registrations are confirmed, prices are limited. */
  public static final VenueTraits STOCKS = new VenueTraits(true, true);

  /** A crypto exchange's: one request says everything, nothing is confirmed, nothing limited. */
  public static final VenueTraits CRYPTO = new VenueTraits(false, false);
}
