package io.stockobserver.route;

import io.stockobserver.retention.RetentionPlan;
import io.stockobserver.retention.RetentionRound;
import io.stockobserver.retention.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the last round of one provider's retention over JMX. Thread-safe. */
public final class RetentionFace implements RetentionFaceMXBean {
  private final RetentionRound round;

  private RetentionFace(RetentionRound round) {
    this.round = round;
  }

  /** Shows it as {@code io.stockobserver:type=Retention,provider=…} until it is closed. */
  public static Shown show(String provider, RetentionRound round) {
    return Shown.as(
        "io.stockobserver:type=Retention,provider=" + provider,
        RetentionFaceMXBean.class,
        new RetentionFace(round));
  }

  private int count(Verdict.Act act) {
    RetentionPlan plan = round.last();
    return plan == null
        ? 0
        : (int) plan.days().stream().filter(day -> day.verdict().act() == act).count();
  }

  @Override
  public @Nullable String getLastRound() {
    RetentionPlan plan = round.last();
    return plan == null ? null : plan.today().toString();
  }

  @Override
  public int getKeptDays() {
    return count(Verdict.Act.KEEP);
  }

  @Override
  public int getDeletedDays() {
    return count(Verdict.Act.DELETE);
  }

  @Override
  public int getRefusedDays() {
    return count(Verdict.Act.REFUSE) + count(Verdict.Act.ALARM);
  }

  @Override
  public int getAlarmDays() {
    return count(Verdict.Act.ALARM);
  }

  @Override
  public List<String> getDays() {
    RetentionPlan plan = round.last();
    return plan == null ? List.of() : plan.days().stream().map(RetentionFace::word).toList();
  }

  private static String word(RetentionPlan.Planned day) {
    return "%s %s %s"
        .formatted(
            day.facts().day(),
            day.verdict().act().name().toLowerCase(Locale.ROOT),
            day.verdict().reason());
  }
}
