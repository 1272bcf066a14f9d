package io.stockobserver.venue;

import io.stockobserver.observe.Observation;
import io.stockobserver.universe.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps what a reader told of one message, whichever venue's it is. */
public final class Understood implements Readings {
  /** What was set aside, and why. */
  public record Refusal(String reason, @Nullable String symbol, int records, String sample) {}

  public final List<Observation> observed = new ArrayList<>();
  public final List<Refusal> refusals = new ArrayList<>();
  public final List<String> told = new ArrayList<>();
  public final List<String> drifts = new ArrayList<>();

  /** How many records the message was said to carry; -1 before anything was said. */
  public int declared = -1;

  /** How many of them are accounted for. */
  public int accounted;

  @Override
  public void declared(int records) {
    if (declared >= 0) {
      throw new AssertionError("declared twice: " + declared + ", " + records);
    }
    declared = records;
  }

  @Override
  public void observed(Observation observation) {
    observed.add(observation);
    accounted++;
  }

  @Override
  public void refused(String reason, @Nullable String symbol, int records, String sample) {
    refusals.add(new Refusal(reason, symbol, records, sample));
    accounted += records;
  }

  @Override
  public void asked(String symbol, boolean register) {
    told.add((register ? "asked " : "asked to end ") + symbol);
  }

  @Override
  public void acknowledged(String symbol) {
    told.add("acknowledged " + symbol);
  }

  @Override
  public void released(String symbol) {
    told.add("released " + symbol);
  }

  @Override
  public void replaced(Set<String> symbols) {
    told.add("replaced " + new TreeSet<>(symbols));
  }

  @Override
  public void proven(String symbol) {
    told.add("proven " + symbol);
  }

  @Override
  public void registrationRefused(@Nullable String symbol, String code, String message) {
    told.add("registration refused " + symbol + ' ' + code);
  }

  @Override
  public void connectionRefused(String code, String message, boolean newKey) {
    told.add("connection refused " + code);
  }

  @Override
  public void heartbeat() {
    told.add("heartbeat");
  }

  @Override
  public void drift(String shape, String sample) {
    drifts.add(shape);
  }

  @Override
  public void answerRefused(String reason, String code, String message) {
    told.add("answer refused " + reason);
  }

  @Override
  public void listed(String source, List<Listing> listings) {
    told.add("listed " + source);
    accounted += listings.size();
  }

  @Override
  public void tradingDays(List<DayOpen> days) {
    accounted += days.size();
  }
}
