package io.stockobserver.provider.kis;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.Desk;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks KIS once a day which days the market opens (chk-holiday; KIS sheet 4.11), page by page, and
 * hands out what it said as dated evidence. Used by one route's thread.
 */
public final class KisCalendar {
  private static final int PAGES = 10;
  private static final Duration TRY_AGAIN = Duration.ofMinutes(30);

  private final Desk desk;
  private final KisCalls calls;
  private final KisGrantKeeper token;
  private final Predicate<LocalDate> known;
  private @Nullable KisCalendarPage page;
  private @Nullable LocalDate asking;
  private @Nullable LocalDate asked;
  private Instant notBefore = Instant.MIN;
  private int pages;
  private final List<Map<String, Object>> days = new ArrayList<>();
  private @Nullable Map<String, Object> evidence;

  /**
   * A calendar that has asked nothing yet.
   *
   * @param known whether there is evidence of this date already
   */
  public KisCalendar(Desk desk, KisCalls calls, KisGrantKeeper token, Predicate<LocalDate> known) {
    this.desk = desk;
    this.calls = calls;
    this.token = token;
    this.known = known;
  }

  /** Whether there is a page to ask for now. */
  public boolean more() {
    if (page != null) {
      return token.value() != null;
    }
    LocalDate today = desk.today().date();
    Instant now = desk.now();
    // Only so long before it: a clock that was set back is not waited for.
    boolean soon = now.isBefore(notBefore) && !now.isBefore(notBefore.minus(TRY_AGAIN));
    if (token.value() == null || today.equals(asked) || soon || known.test(today)) {
      return false;
    }
    asking = today;
    page = KisCalendarPage.FIRST;
    pages = 0;
    days.clear();
    evidence = null;
    notBefore = now.plus(TRY_AGAIN);
    return true;
  }

  /** The call for the next page. */
  public Call next() {
    String bearer = token.value();
    KisCalendarPage wanted = page == null ? KisCalendarPage.FIRST : page;
    return calls.holidays(
        asking == null ? desk.today().date() : asking, wanted, bearer == null ? "none" : bearer);
  }

  /** Takes a page; after the last one there is {@link #evidence()}. */
  public void take(Answer answer) {
    desk.hear(answer, answer.body());
    pages++;
    KisVerdict verdict = KisVerdict.judge(answer.status(), answer.body());
    // KIS wants to be asked once a day, because it loads the ledger. What the gateway refused, or
    // what never arrived, has not: that alone is asked again.
    boolean reachedLedger =
        switch (verdict.act()) {
          case RATE_LIMITED, TOKEN_EXPIRED -> false;
          default -> answer.status() != 0;
        };
    if (reachedLedger) {
      asked = asking;
    }
    if (!verdict.ok()) {
      page = null;
      return;
    }
    KisHolidays.days(answer.body())
        .forEach(
            day -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("date", day.date().toString());
              one.put("open", day.open());
              days.add(one);
            });
    KisCalendarPage following = KisCalendarPage.next(answer.body(), answer.header("tr_cont"));
    page = following.more() && pages < PAGES ? following : null;
    if (page == null && !days.isEmpty()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("market", "kr_stocks");
      all.put("source", "kis chk-holiday CTCA0903R");
      all.put("read_at", desk.now().toString());
      all.put("days", List.copyOf(days));
      evidence = all;
    }
  }

  /** Whether a whole answer waits to be filed. */
  public boolean complete() {
    return evidence != null;
  }

  /** What KIS said, once. */
  public Map<String, Object> evidence() {
    Map<String, Object> all = evidence == null ? Map.of() : evidence;
    evidence = null;
    return all;
  }
}
