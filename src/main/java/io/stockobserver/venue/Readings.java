package io.stockobserver.venue;

import io.stockobserver.observe.Observation;
import io.stockobserver.universe.Listing;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link WireReader} puts what it understood. For every tape entry: declared = observed +
 * refused.
 */
public interface Readings {
  /** How many records the message says it carries; 0 for a control message. Called once, first. */
  void declared(int records);

  /** One record understood. */
  void observed(Observation observation);

  /**
   * Records that were not understood; they are set aside.
   *
   * @param reason machine-readable, such as {@code count-mismatch}, {@code unknown-tr}
   * @param symbol where it could be read
   * @param records how many of the declared ones this refuses
   * @param sample what it looked like, at most 256 characters are kept
   */
  void refused(String reason, @Nullable String symbol, int records, String sample);

  /** We asked for a registration, or for its end. */
  void asked(String symbol, boolean register);

  /** The venue confirmed a registration. */
  void acknowledged(String symbol);

  /** The venue confirmed that a registration ended. */
  void released(String symbol);

  /**
   * We asked for exactly these, and the venue forgets every registration of before: nothing is
   * confirmed, neither a beginning nor an end.
   */
  void replaced(Set<String> symbols);

  /**
   * Data came that only a registration brings; where the venue confirms none, this is the proof of
   * it. Told as often as it comes.
   */
  void proven(String symbol);

  /** The venue refused one registration; the session goes on. */
  void registrationRefused(@Nullable String symbol, String code, String message);

  /** The venue refuses this connection as a whole; {@code newKey} when only a new key can help. */
  void connectionRefused(String code, String message, boolean newKey);

  /** A sign of life without data. */
  void heartbeat();

  /**
   * A shape never seen before; told as often as it comes, evidenced once a shape.
   *
   * @param shape a name for the shape, the same for the same shape
   */
  void drift(String shape, String sample);

  /** The venue refused a request as a whole, or answered without sense. */
  void answerRefused(String reason, String code, String message);

  /** A part of today's list of instruments, such as one master file. */
  void listed(String source, List<Listing> listings);

  /** Whether the market opens on these days, by the venue. */
  void tradingDays(List<DayOpen> days);

  /** One line of the venue's calendar. */
  record DayOpen(LocalDate date, boolean open) {}
}
