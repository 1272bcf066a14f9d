package io.stockobserver.audit;

import io.stockobserver.archive.Verification;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A day, proven or not.
 *
 * @param running whether somebody was writing while it was audited
 * @param linesRead snapshot lines
 * @param absent who has nothing of this day and was not asked about
 */
public record DayAudit(
    LocalDate day,
    boolean running,
    List<MarketAudit> markets,
    Verification.Report seals,
    long linesRead,
    List<Shelf> absent) {
  public DayAudit {
    markets = List.copyOf(markets);
    absent = List.copyOf(absent);
  }

  /** The same, and who else is in the archive. */
  public DayAudit beside(List<Shelf> others) {
    return new DayAudit(day, running, markets, seals, linesRead, others);
  }

  /** Whether every second is recorded or explained and every seal holds. */
  public boolean ok() {
    return noes().isEmpty();
  }

  /** Why the answer is no; empty when it is yes. */
  public List<String> noes() {
    List<String> all = new ArrayList<>();
    for (MarketAudit market : markets) {
      String of = markets.size() > 1 ? market.provider() + ' ' + market.market() + ": " : "";
      market.noes().forEach(no -> all.add(of + no));
    }
    int broken = seals.problems().size();
    if (broken > 0) {
      all.add(broken == 1 ? "a seal does not hold" : broken + " seals do not hold");
    }
    return all;
  }
}
