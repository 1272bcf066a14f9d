package io.stockobserver.provider.kis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.MemoryDesk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** KIS sheet 4.11: page by page, and at most once a day, because it loads the ledger. */
class KisCalendarTest {
  private final MemoryDesk desk = new MemoryDesk();
  private final Set<LocalDate> known = new HashSet<>();
  private KisGrantKeeper token;
  private KisCalendar calendar;

  @BeforeEach
  void calendar() {
    desk.at("08:00");
    KisCalls calls = new KisCalls(KisVenue.KRX, new KisKey("k", "s"));
    token = KisGrantKeeper.token(desk, desk::nanos, calls, verdict -> {});
    calendar = new KisCalendar(desk, calls, token, known::contains);
    grant();
  }

  @Test
  void pagesAreAskedForUntilTheLast() {
    assertThat(calendar.more()).isTrue();
    Call first = calendar.next();
    assertThat(first.query()).isEqualTo("BASS_DT=20261120&CTX_AREA_NK=&CTX_AREA_FK=");
    assertThat(first.headers()).doesNotContainKey("tr_cont");
    take(first, 200, page("20261120", "Y", "N1"), "F");
    assertThat(calendar.complete()).isFalse();
    assertThat(calendar.more()).isTrue();
    Call second = calendar.next();
    assertThat(second.query()).endsWith("CTX_AREA_NK=N1&CTX_AREA_FK=F1");
    assertThat(second.headers()).containsEntry("tr_cont", "N");
    take(second, 200, page("20261121", "N", ""), "D");
    assertThat(calendar.more()).isFalse();
    assertThat(calendar.complete()).isTrue();
    assertThat(calendar.evidence())
        .containsEntry("market", "kr_stocks")
        .containsEntry("read_at", "2026-11-19T23:00:00Z")
        .containsEntry(
            "days",
            List.of(
                Map.of("date", "2026-11-20", "open", true),
                Map.of("date", "2026-11-21", "open", false)));
    assertThat(calendar.complete()).as("handed out once").isFalse();
  }

  @Test
  void aServerThatAlwaysHasMoreIsLeftAfterTenPages() {
    int pages = 0;
    while (calendar.more()) {
      pages++;
      take(calendar.next(), 200, page("20261120", "Y", "N" + pages), "M");
    }
    assertThat(pages).isEqualTo(10);
    assertThat(calendar.complete()).isTrue();
  }

  @Test
  void itAsksOnceADayAndAgainTheNext() {
    assertThat(calendar.more()).isTrue();
    take(calendar.next(), 200, page("20261120", "Y", ""), "");
    calendar.evidence();
    assertSilentFor(Duration.ofHours(12));
    desk.turn(MemoryDesk.day("2026-11-21", true));
    assertThat(calendar.more()).isTrue();
    assertThat(calendar.next().query()).startsWith("BASS_DT=20261121");
  }

  @ParameterizedTest
  @CsvSource({
    "500, '{\"rt_cd\":\"1\",\"msg_cd\":\"OPSQ0008\",\"msg1\":\"x\"}'",
    "200, '{\"rt_cd\":\"1\",\"msg_cd\":\"EGW00213\",\"msg1\":\"not on mock\"}'",
    "200, '<html>'",
    "200, '{\"rt_cd\":\"0\",\"msg_cd\":\"x\",\"output\":[]}'",
  })
  void alsoAfterAFailureThatMayHaveReachedTheLedger(int status, String body) {
    assertThat(calendar.more()).isTrue();
    take(calendar.next(), status, body, "");
    assertThat(calendar.complete()).isFalse();
    assertSilentFor(Duration.ofHours(12));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 'UnknownHostException: x'",
    "500, '{\"rt_cd\":\"1\",\"msg_cd\":\"EGW00201\"}'",
    "500, '{\"rt_cd\":\"1\",\"msg_cd\":\"EGW00123\"}'",
  })
  void whatNeverReachedItIsAskedAgainAfterHalfAnHour(int status, String body) {
    assertThat(calendar.more()).isTrue();
    take(calendar.next(), status, body, "");
    assertSilentFor(Duration.ofMinutes(29));
    desk.pass(Duration.ofMinutes(2));
    assertThat(calendar.more()).isTrue();
  }

  @Test
  void aBreakInTheMiddleIsNoEvidence() {
    assertThat(calendar.more()).isTrue();
    take(calendar.next(), 200, page("20261120", "Y", "N1"), "F");
    take(calendar.next(), 500, "{\"rt_cd\":\"1\",\"msg_cd\":\"EGW00201\"}", "");
    assertThat(calendar.complete()).isFalse();
    assertSilentFor(Duration.ofHours(12));
  }

  @Test
  void whatIsKnownIsNotAsked() {
    known.add(LocalDate.of(2026, 11, 20));
    assertThat(calendar.more()).isFalse();
  }

  @Test
  void withoutATokenNothingIsAsked() {
    token.reject("T1");
    assertThat(calendar.more()).isFalse();
  }

  @Test
  void aDayThatIsNeitherOpenNorClosedStaysUnknown() {
    assertThat(calendar.more()).isTrue();
    take(
        calendar.next(),
        200,
        "{\"rt_cd\":\"0\",\"output\":[{\"bass_dt\":\"20261120\",\"opnd_yn\":\"\"},"
            + "{\"bass_dt\":\"20261121\",\"opnd_yn\":\"N\"}]}",
        "");
    assertThat(calendar.evidence().get("days"))
        .isEqualTo(List.of(Map.of("date", "2026-11-21", "open", false)));
  }

  private void assertSilentFor(Duration time) {
    Duration step = Duration.ofMinutes(1);
    for (Duration passed = step; passed.compareTo(time) <= 0; passed = passed.plus(step)) {
      desk.pass(step);
      assertThat(calendar.more()).as("after %s", passed).isFalse();
    }
  }

  private void grant() {
    String body = "{\"access_token\":\"T1\",\"expires_in\":86400}";
    token.take(new Answer(token.next(), 1, 200, body.getBytes(StandardCharsets.UTF_8), Map.of()));
  }

  private void take(Call call, int status, String body, String trCont) {
    calendar.take(
        new Answer(
            call, 1, status, body.getBytes(StandardCharsets.UTF_8), Map.of("tr_cont", trCont)));
  }

  private static String page(String date, String open, String next) {
    return "{\"ctx_area_nk\":\"%s\",\"ctx_area_fk\":\"%s\",\"output\":[{\"bass_dt\":\"%s\",\"opnd_yn\":\"%s\"}],\"rt_cd\":\"0\"}"
        .formatted(next, next.isEmpty() ? "" : "F1", date, open);
  }
}
