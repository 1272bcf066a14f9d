package io.stockobserver.audit;

import static io.stockobserver.audit.HandMade.at;
import static io.stockobserver.audit.HandMade.unexplained;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two venues in one archive, one of them in a market that never closes. */
class VenuesAuditTest {
  /**
   * Samples every ten minutes, sweeps every six hours, from midnight to midnight of Seoul. The end
   * of both windows is an instant of their grids; there is no closing sweep.
   */
  private static final String DAY_LONG =
      "\"mitigation_level\":0,\"day\":\"2026-11-20\",\"zone\":\"Asia/Seoul\",\"market_open\":true,"
          + "\"opens\":\"2026-11-19T15:00:00Z\",\"closes\":\"2026-11-20T15:00:00Z\","
          + "\"scalp_from\":\"2026-11-19T15:00:00Z\",\"scalp_until\":\"2026-11-20T15:00:00Z\","
          + "\"scalp_every_ms\":600000,\"swing_from\":\"2026-11-19T15:00:00Z\","
          + "\"swing_until\":\"2026-11-20T15:00:00Z\",\"swing_every_ms\":21600000,"
          + "\"slots\":41";

  private static final String YESTERDAYS = "sess_20261119_120000";
  @TempDir Path root;

  private HandMade crypto() {
    HandMade day = new HandMade(root).of("upbit", "crypto", DAY_LONG).session(YESTERDAYS);
    day.event("day_began", "00:00:00.400", DAY_LONG + ",\"slots_held\":[\"A\"]");
    for (String sweep : List.of("00:00:00", "06:00:00", "12:00:00", "18:00:00")) {
      day.sweep(sweep, "A", "B", "C", "D");
    }
    return day.lines("A", "00:00:00", "23:59:59", 600_000);
  }

  /** The same session, a moment behind the next midnight. */
  private HandMade goesOn(HandMade day) {
    day.file(
        "system/events/upbit/20261121.jsonl",
        "{\"event_type\":\"day_began\",\"timestamp\":\"2026-11-20T15:00:00.300Z\","
            + "\"provider\":\"upbit\",\"market\":\"crypto\",\"session_id\":\""
            + YESTERDAYS
            + "\"}\n");
    day.now = at("23:59:59").plusSeconds(600);
    return day;
  }

  private static MarketAudit of(DayAudit audit, String provider) {
    return audit.markets().stream()
        .filter(market -> market.provider().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDayOfAMarketThatNeverClosesIsWhole() {
    MarketAudit market = goesOn(crypto()).market();
    assertThat(market.noes()).isEmpty();
    assertThat(Objects.requireNonNull(market.scalp()).seconds())
        .isEqualTo(new Tally(86_400, 86_400, 0, 0));
    TrackAccount swing = Objects.requireNonNull(market.swing());
    assertThat(swing.seconds()).isEqualTo(new Tally(86_400, 86_400, 0, 0));
    assertThat(swing.columns()).as("the sweep of the next midnight is the next day's").hasSize(4);
    assertThat(market.sessions())
        .singleElement()
        .satisfies(
            life -> {
              assertThat(life.from()).isEqualTo(at("00:00"));
              assertThat(life.until()).isEqualTo(at("23:59:59").plusSeconds(1));
              assertThat(life.ending()).isEqualTo("went on");
            });
  }

  @Test
  void whatIsMissingAtItsFirstAndLastInstantIsNamed() {
    HandMade day = goesOn(crypto());
    day.without("A", t -> t.equals(at("00:00")) || t.equals(at("23:50")));
    assertThat(unexplained(Objects.requireNonNull(day.market().scalp())))
        .containsExactly("00:00:00-00:10:00 A", "23:50:00-00:00:00 A");
  }

  @Test
  void eachVenueIsAccountedForByItself() {
    goesOn(crypto().without("A", t -> t.equals(at("12:00")))).write();
    DayAudit audit = HandMade.complete(root).audit();
    assertThat(audit.markets()).extracting(MarketAudit::provider).containsExactly("kis", "upbit");
    assertThat(of(audit, "kis").noes()).isEmpty();
    assertThat(of(audit, "upbit").noes()).containsExactly("600 seconds of scalp unexplained");
    assertThat(audit.noes()).contains("upbit crypto: 600 seconds of scalp unexplained");
  }

  /** Somebody writes; but what was killed before is not what is being written. */
  @Test
  void aKilledVenueIsNotTakenForRunningWhileAnotherOneIs() {
    HandMade killed = new HandMade(root).start("09:29:50");
    killed.gap("09:29:50", "09:29:55", "scalp", "not_connected").assign("A", "09:29:55");
    killed.lines("A", "09:30:00", "09:30:20", 500).sweep("09:30:00", "A", "B", "C", "D");
    killed.running = true;
    assertThat(of(killed.audit(), "kis").sessions())
        .extracting(MarketAudit.Life::ending)
        .containsExactly("running");

    HandMade other = new HandMade(root).of("upbit", "crypto", DAY_LONG);
    other.session("sess_20261120_093100").start("09:31:00").event("metrics", "09:32:00", "");
    other.write();
    killed.now = at("09:31:00");
    DayAudit audit = killed.audit();
    assertThat(of(audit, "kis").sessions())
        .extracting(MarketAudit.Life::ending)
        .containsExactly("killed");
    assertThat(unexplained(Objects.requireNonNull(of(audit, "kis").scalp())))
        .containsExactly("09:30:20-09:31:00 A");
    assertThat(of(audit, "upbit").sessions())
        .extracting(MarketAudit.Life::ending)
        .containsExactly("running");
  }

  @Test
  void aVenueHasADayWhenThereIsALineOrAnEventOfIt() throws IOException {
    crypto().write();
    assertThat(Shelf.in(root)).containsExactly(new Shelf("upbit", "crypto"));
    assertThat(new Shelf("upbit", "crypto").has(root, HandMade.DAY)).isTrue();
    assertThat(new Shelf("upbit", "crypto").has(root, HandMade.DAY.plusDays(1))).isFalse();
    assertThat(new Shelf("kis", "kr_stocks").has(root, HandMade.DAY)).isFalse();
  }
}
