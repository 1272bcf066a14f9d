package io.stockobserver.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one provider's old days at the last round, over JMX. */
@Meaning(
    "The last round of retention of one provider, at retention.at. State only: nothing can be set here.")
public interface RetentionFaceMXBean {
  @Meaning("The market's day of the last round; null before the first since the start.")
  @Nullable String getLastRound();

  @Meaning("Days that were kept; of the last round.")
  int getKeptDays();

  @Meaning("Days that were deleted; of the last round.")
  int getDeletedDays();

  @Meaning("Days whose time had come and that are not proven elsewhere; of the last round.")
  int getRefusedDays();

  @Meaning("Days of these that are so old that somebody has to see to it; of the last round.")
  int getAlarmDays();

  @Meaning("Each day with what was decided and why; of the last round.")
  List<String> getDays();
}
