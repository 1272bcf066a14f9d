package io.stockobserver.simulator.world;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything listed, on one market clock. Instruments are moved when somebody asks for them. Not
 * thread-safe: one event loop owns it.
 */
public final class World {
  private static final int BUSY = 41;
  private static final double SESSION_SECONDS = 23_400;

  private final InstantSource clock;
  private final Map<String, Instrument> instruments = new LinkedHashMap<>();

  /**
   * Invents the market of a seed.
   *
   * @param surges who trades more than it would, and when
   * @param recordsPerSecond trades a second of the 41 busiest instruments together, on average
   */
  public World(long seed, InstantSource clock, double recordsPerSecond, List<Surge> surges) {
    this.clock = clock;
    List<Listing> listings = Listings.of(seed);
    double busy =
        listings.stream()
            .map(World::weight)
            .sorted(Comparator.reverseOrder())
            .limit(BUSY)
            .mapToDouble(Double::doubleValue)
            .sum();
    for (Listing listing : listings) {
      double wanted = recordsPerSecond * weight(listing) / busy;
      // Nobody trades less than two shares at a time for long.
      double most = listing.volume() / 2.0 / SESSION_SECONDS;
      List<Surge> own = surges.stream().filter(s -> s.code().equals(listing.code())).toList();
      instruments.put(listing.code(), new Instrument(listing, seed, Math.min(wanted, most), own));
    }
  }

  /** Trades come more evenly than money does. */
  private static double weight(Listing listing) {
    return Math.pow((double) listing.price() * listing.volume(), 0.7);
  }

  /** What the market clock shows. */
  public Moment now() {
    return Moment.of(clock.instant());
  }

  /** The instrument of that code as it stands at that moment, or null if nobody listed it. */
  public @Nullable Instrument find(String code, Moment moment) {
    Instrument instrument = instruments.get(code);
    if (instrument != null) {
      instrument.moveTo(moment);
    }
    return instrument;
  }

  /** Whether the code is listed at all. */
  public boolean lists(String code) {
    return instruments.containsKey(code);
  }

  /** Every listing, in the order it was invented. */
  public List<Listing> listings() {
    return instruments.values().stream().map(Instrument::listing).toList();
  }

  /** Every instrument as it stands at that moment. */
  public List<Instrument> all(Moment moment) {
    List<Instrument> all = new ArrayList<>(instruments.values());
    all.forEach(instrument -> instrument.moveTo(moment));
    return all;
  }

  /** Every listing of one board, in the order of their codes. */
  public List<Instrument> board(Board board, Moment moment) {
    List<Instrument> members =
        instruments.values().stream()
            .filter(instrument -> instrument.listing().board() == board)
            .sorted(Comparator.comparing((Instrument one) -> one.listing().code()))
            .toList();
    members.forEach(instrument -> instrument.moveTo(moment));
    return members;
  }
}
