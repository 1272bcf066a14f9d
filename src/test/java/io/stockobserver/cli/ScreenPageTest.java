package io.stockobserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.VenueState;
import io.stockobserver.archive.Lane;
import io.stockobserver.archive.OpenFile;
import io.stockobserver.market.TradingDay;
import io.stockobserver.recorder.RecorderState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person sees of one venue, and of two. */
class ScreenPageTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
  private static final Instant NOW = Instant.parse("2026-11-20T00:30:20Z");
  private static final VenueState KIS = venue("kis", "kr_stocks", 1528, 1714, null);
  private static final VenueState UPBIT = venue("upbit", "crypto", 248, 2460, null);

  /** On 2026-11-20 at 09:30:20, with everything as it should be. */
  private static VenueState venue(
      String provider, String market, int members, long scalp, @Nullable String refusal) {
    LocalDate date = LocalDate.of(2026, 11, 20);
    Instant opens = date.atTime(9, 0).atZone(SEOUL).toInstant();
    TradingDay day =
        new TradingDay(date, SEOUL, true, true, opens, opens.plus(Duration.ofHours(6)), "calendar");
    RecorderState state =
        new RecorderState(
            provider,
            market,
            "sess_20261120_092950",
            0,
            day,
            true,
            members,
            true,
            NOW,
            false,
            41,
            41,
            40,
            List.of("005930"),
            41,
            NOW,
            false,
            NOW.minusSeconds(20),
            members,
            1,
            Duration.ZERO,
            Map.of(
                "swing_lines", (long) members,
                "scalp_lines", scalp,
                "frames", 600L,
                "answers", 51L,
                "gaps", 0L,
                "set_aside", 2L,
                "shed", 0L),
            Duration.ZERO,
            null,
            null);
    OpenFile file =
        new OpenFile(
            Lane.SCALP,
            "scalp/" + provider + '/' + market + "/20261120/09_30_00.jsonl",
            2_306_867,
            0,
            0,
            0);
    return new VenueState(state, List.of(file), "", refusal);
  }

  private static List<String> page(VenueState... venues) {
    return new ScreenPage(0).lines(List.of(venues), NOW, Duration.ofSeconds(10).toNanos());
  }

  private static List<String> blockOf(String provider, String market, int members, long scalp) {
    return List.of(
        "  market   2026-11-20 09:30:20 KST  open, %,d symbols".formatted(members),
        "  feed     open   last frame 0.0 s ago   60 frames/s",
        "  slots    41 of 41 acknowledged, 40 receiving, not heard: 005930",
        "  swing    swept 09:30   %,d of %,d".formatted(members, members),
        "  lines    %,d swing, %,d scalp   %d lines/s   gaps 0   set aside 2"
            .formatted(members, scalp, (members + scalp + 5) / 10),
        "  writing  scalp/%s/%s/20261120/09_30_00.jsonl  2.2 MB".formatted(provider, market));
  }

  @Test
  void oneVenueIsABlockWithoutAName() {
    assertThat(page(KIS)).isEqualTo(blockOf("kis", "kr_stocks", 1528, 1714));
  }

  @Test
  void twoVenuesStandOneUnderTheOtherEachUnderItsName() {
    List<String> both = new ArrayList<>();
    both.add("kis  kr_stocks");
    both.addAll(blockOf("kis", "kr_stocks", 1528, 1714));
    both.add("upbit  crypto");
    both.addAll(blockOf("upbit", "crypto", 248, 2460));
    assertThat(page(KIS, UPBIT)).isEqualTo(both).allMatch(line -> line.length() < 80);
  }

  /** Figures by the second are each venue's own. */
  @Test
  void theSecondLookCountsFromTheFirst() {
    ScreenPage page = new ScreenPage(0);
    page.lines(List.of(KIS, UPBIT), NOW, Duration.ofSeconds(10).toNanos());
    VenueState more = venue("kis", "kr_stocks", 1528, 1796, null);
    List<String> later = page.lines(List.of(more, UPBIT), NOW, Duration.ofSeconds(11).toNanos());
    assertThat(later.get(5)).contains("   82 lines/s");
    assertThat(later.get(12)).contains("   0 lines/s");
  }

  @Test
  void aVenueThatRefusesUsSaysSoForGood() {
    VenueState refused = venue("kis", "kr_stocks", 0, 0, "KIS refuses the app key: EGW00103");
    assertThat(page(refused, UPBIT))
        .hasSize(15)
        .contains("  refused  KIS refuses the app key: EGW00103");
  }

  @Test
  void aLogHasALineForEachVenueAndNamesItWhereThereAreSeveral() {
    long nanos = Duration.ofSeconds(10).toNanos();
    assertThat(new ScreenPage(0).plain(List.of(KIS), NOW, nanos))
        .singleElement()
        .asString()
        .startsWith("market 2026-11-20 09:30:20 KST open, 1,528 symbols | feed open ");
    assertThat(new ScreenPage(0).plain(List.of(KIS, UPBIT), NOW, nanos))
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("kis: market 2026-11-20 "),
            line ->
                assertThat(line)
                    .startsWith("upbit: market 2026-11-20 09:30:20 KST open, 248 symbols | feed"));
  }

  @Test
  void theEndIsToldOfEachVenue() {
    Path root = Path.of("/data");
    assertThat(SummaryText.of(List.of(KIS), root))
        .containsExactly(
            "",
            "Session sess_20261120_092950 ended cleanly.",
            "  1,714 scalp lines, 1,528 swing lines, 600 frames and 51 answers on tape, 0 gaps,"
                + " 2 records set aside",
            "  in /data",
            "Prove it:     ./observer verify --data /data",
            "Look at it:   tail -n 1 /data/scalp/kis/kr_stocks/20261120/*.jsonl");
    VenueState refused = venue("kis", "kr_stocks", 1528, 1714, "KIS refuses the app key");
    assertThat(SummaryText.of(List.of(refused, UPBIT), root))
        .containsExactly(
            "",
            "Session sess_20261120_092950 ended cleanly.",
            "  kis      1,714 scalp lines, 1,528 swing lines, 600 frames and 51 answers on tape,"
                + " 0 gaps, 2 records set aside",
            "  kis      NOT observed to the end: KIS refuses the app key",
            "  upbit    2,460 scalp lines, 248 swing lines, 600 frames and 51 answers on tape,"
                + " 0 gaps, 2 records set aside",
            "  in /data",
            "Prove it:     ./observer verify --data /data",
            "Look at it:   tail -n 1 /data/scalp/kis/kr_stocks/20261120/*.jsonl",
            "              tail -n 1 /data/scalp/upbit/crypto/20261120/*.jsonl");
  }

  @Test
  void scriptsGetALineForEachVenue() {
    assertThat(SummaryJson.of(UPBIT, Path.of("/data")))
        .startsWith(
            "{\"session_id\":\"sess_20261120_092950\",\"provider\":\"upbit\",\"market\":\"crypto\",")
        .contains("\"data\":\"/data\"", "\"scalp_lines\":2460")
        .doesNotContain("refused", "\n");
    VenueState refused = venue("kis", "kr_stocks", 1528, 1714, "KIS refuses the app key");
    assertThat(SummaryJson.of(refused, Path.of("/data")))
        .contains("\"refused\":\"KIS refuses the app key\"");
  }
}
