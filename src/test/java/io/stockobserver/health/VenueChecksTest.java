package io.stockobserver.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A day that is watched from 09:30 to 15:00 in Seoul, and swept from 09:00 to 15:30. */
class VenueChecksTest {
  private static final Instant OPENS = seoul("09:00:00");
  private static final Instant FROM = seoul("09:30:00");
  private static final Instant UNTIL = seoul("15:00:00");
  private static final Instant CLOSES = seoul("15:30:00");

  private Instant now = seoul("10:00:00");
  private Instant since = seoul("08:00:00");
  private boolean trading = true;
  private boolean stopped;
  private boolean open = true;
  private @Nullable Instant data = seoul("09:59:59");
  private @Nullable String dead;
  private List<String> silentSlots = List.of();
  private boolean sweeping;
  private @Nullable Instant swept = seoul("10:00:00");
  private int recorded = 1500;
  private @Nullable String refusal;
  private @Nullable String trouble;
  private @Nullable Instant troubleAt;
  private VenueFacts.Keeping keeping = keeping(null, null, "", null, true);

  private static Instant seoul(String time) {
    return Instant.parse("2026-11-20T" + time + "+09:00");
  }

  private static VenueFacts.Keeping keeping(
      @Nullable String disk,
      @Nullable String seals,
      String unpackaged,
      @Nullable Instant unproven,
      boolean backups) {
    return new VenueFacts.Keeping(
        disk, seals, 0, true, null, unpackaged, unproven, Duration.ofHours(26), backups);
  }

  private Check check(String name) {
    List<Check> all =
        VenueChecks.of(
            new VenueFacts(
                "kis",
                now,
                since,
                new VenueFacts.Feed(
                    trading ? FROM : null,
                    trading ? UNTIL : null,
                    stopped,
                    open,
                    data,
                    dead,
                    41,
                    silentSlots),
                new VenueFacts.Sweeps(
                    trading ? OPENS : null,
                    trading ? CLOSES : null,
                    Duration.ofMinutes(10),
                    sweeping,
                    swept,
                    recorded,
                    1500,
                    refusal,
                    trouble,
                    troubleAt),
                keeping));
    return all.stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void allIsWell() {
    for (String name :
        List.of(
            "feed",
            "slots",
            "sweeps",
            "calls",
            "archive",
            "seals",
            "mitigation",
            "calendar",
            "clock",
            "package",
            "backup")) {
      assertThat(check(name).health()).as(name).isEqualTo(Health.HEALTHY);
      assertThat(check(name).remedy()).as(name).isEmpty();
    }
  }

  @Test
  void anOpenMarketThatIsSilentForAMinuteIsLookedAtAndForFiveIsDown() {
    now = seoul("10:00:58");
    assertThat(check("feed").health()).isEqualTo(Health.HEALTHY);
    now = seoul("10:00:59");
    assertThat(check("feed").health()).isEqualTo(Health.DEGRADED);
    assertThat(check("feed").detail()).contains("silent", "60 s");
    now = seoul("10:04:58");
    assertThat(check("feed").health()).isEqualTo(Health.DEGRADED);
    now = seoul("10:04:59");
    assertThat(check("feed").health()).isEqualTo(Health.DOWN);
    assertThat(check("feed").remedy()).isNotEmpty();
  }

  @Test
  void aClosedMarketMayBeSilentForDays() {
    data = seoul("09:59:59").minus(Duration.ofDays(3));
    open = false;
    for (String time : List.of("08:59:59", "09:29:59", "15:00:00", "23:00:00")) {
      now = seoul(time);
      assertThat(check("feed").health()).as(time).isEqualTo(Health.HEALTHY);
    }
    now = seoul("11:00:00");
    trading = false;
    assertThat(check("feed").health()).as("holiday").isEqualTo(Health.HEALTHY);
    assertThat(check("sweeps").health()).as("holiday").isEqualTo(Health.HEALTHY);
  }

  @Test
  void silenceBeginsWithTheWindowAndNotWithYesterdaysLastFrame() {
    data = seoul("14:59:59").minus(Duration.ofDays(1));
    now = seoul("09:30:30");
    assertThat(check("feed").health()).isEqualTo(Health.HEALTHY);
    now = seoul("09:31:00");
    assertThat(check("feed").health()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void aStartHasAMinuteToFindItsFeed() {
    since = seoul("10:00:00");
    data = null;
    open = false;
    now = seoul("10:00:59");
    assertThat(check("feed").health()).isEqualTo(Health.DEGRADED);
    now = seoul("10:01:00");
    assertThat(check("feed").health()).isEqualTo(Health.DOWN);
  }

  @Test
  void aFeedThatOnlyBeatsItsHeartWhileItsSlotsTradeIsDown() {
    dead = "heartbeat_only: 3 slots trade, no data for 40s";
    assertThat(check("feed").health()).isEqualTo(Health.DOWN);
    assertThat(check("feed").detail()).isEqualTo(dead);
  }

  @Test
  void aFeedThatNobodyOpensAnyMoreIsNotSaidToBeTriedAgain() {
    open = false;
    dead = "a secret of the venue was seen: nobody tries until the observer is started anew";
    assertThat(check("feed").health()).isEqualTo(Health.DOWN);
    assertThat(check("feed").detail()).isEqualTo(dead);
    assertThat(check("feed").remedy()).doesNotContain("tried again");
  }

  @Test
  void aStoppedRouteIsSomebodysActAndToldAsThat() {
    stopped = true;
    open = false;
    data = null;
    assertThat(check("feed").health()).isEqualTo(Health.DEGRADED);
    assertThat(check("feed").detail()).contains("stopped");
  }

  @Test
  void whoIsNotHeardIsNamed() {
    silentSlots = List.of("005930", "000660", "035720", "035420", "051910", "068270");
    assertThat(check("slots").health()).isEqualTo(Health.DEGRADED);
    assertThat(check("slots").detail())
        .isEqualTo("6 of 41 are not heard: 005930 000660 035720 035420 051910 ...");
    now = seoul("15:00:00");
    assertThat(check("slots").health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void aSweepThatIsMissedIsTold() {
    now = seoul("10:11:00");
    assertThat(check("sweeps").health()).isEqualTo(Health.HEALTHY);
    now = seoul("10:11:01");
    assertThat(check("sweeps").health()).isEqualTo(Health.DEGRADED);
    sweeping = true;
    assertThat(check("sweeps").health()).as("one that takes long").isEqualTo(Health.HEALTHY);
    sweeping = false;
    now = seoul("10:31:01");
    assertThat(check("sweeps").health()).isEqualTo(Health.DOWN);
    now = seoul("15:30:01");
    assertThat(check("sweeps").health()).isEqualTo(Health.HEALTHY);
  }

  @Test
  void aSweepThatBringsLittleIsTold() {
    recorded = 1350;
    assertThat(check("sweeps").health()).isEqualTo(Health.HEALTHY);
    recorded = 1349;
    assertThat(check("sweeps").health()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void whatTheVenueRefusesIsToldForAWhileAndAKeyForGood() {
    trouble = "EGW00201";
    troubleAt = seoul("09:58:01");
    assertThat(check("calls").health()).isEqualTo(Health.DEGRADED);
    troubleAt = seoul("09:58:00");
    assertThat(check("calls").health()).isEqualTo(Health.HEALTHY);
    refusal = "KIS refuses the app key";
    assertThat(check("calls").health()).isEqualTo(Health.DOWN);
  }

  @Test
  void anArchiveThatCannotBeWrittenIsDownAndOneThatCannotBeSealedIsNot() {
    keeping = keeping("no space left", "no space left", "", null, true);
    assertThat(check("archive").health()).isEqualTo(Health.DOWN);
    assertThat(check("seals").health()).isEqualTo(Health.DEGRADED);
  }

  @Test
  void aPackageMayWaitForItsReceiptForADayAndTwoHours() {
    keeping = keeping(null, null, "", now.minus(Duration.ofHours(26)), true);
    assertThat(check("backup").health()).isEqualTo(Health.HEALTHY);
    keeping = keeping(null, null, "", now.minus(Duration.ofHours(26)).minusSeconds(1), true);
    assertThat(check("backup").health()).isEqualTo(Health.DEGRADED);
    keeping = keeping(null, null, "20261119", now.minus(Duration.ofDays(9)), false);
    assertThat(check("backup").health()).as("nobody backs up").isEqualTo(Health.HEALTHY);
    assertThat(check("package").health()).isEqualTo(Health.DEGRADED);
    assertThat(check("package").detail()).contains("20261119");
  }

  @Test
  void clockCalendarAndLoadAreTold() {
    keeping =
        new VenueFacts.Keeping(
            null, null, 2, false, Duration.ofMillis(-2001), "", null, Duration.ofHours(26), true);
    assertThat(check("mitigation").health()).isEqualTo(Health.DEGRADED);
    assertThat(check("calendar").health()).isEqualTo(Health.DEGRADED);
    assertThat(check("clock").health()).isEqualTo(Health.DEGRADED);
    assertThat(check("clock").detail()).contains("-2001 ms");
  }
}
