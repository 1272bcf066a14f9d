package io.stockobserver.provider.upbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.stockobserver.universe.Listing;
import io.stockobserver.venue.Answer;
import io.stockobserver.venue.Call;
import io.stockobserver.venue.MemoryDesk;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UpbitUniverseTest {
  private static final String THREE =
      "[{\"market\":\"KRW-A\"},{\"market\":\"BTC-A\"},{\"market\":\"KRW-B\"},{\"market\":\"?\"}]";
  private static final String GOOD = "[{\"market\":\"KRW-A\"}]";

  private final MemoryDesk desk = new MemoryDesk().at("10:00");
  private String waiting = "";
  private final UpbitUniverse universe = new UpbitUniverse(desk, Set.of("KRW"), () -> waiting);
  private final UpbitUniverseSources sources = new UpbitUniverseSources(Set.of("KRW"));

  /** Answers every call that is due; what was asked. */
  private List<String> round(Map<String, String> answers) {
    List<String> asked = new ArrayList<>();
    while (universe.more()) {
      Call call = universe.next();
      asked.add(call.tapeText());
      String body =
          answers.entrySet().stream()
              .filter(one -> call.tapeText().contains(one.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(GOOD);
      int status = body.startsWith("<") ? 503 : 200;
      universe.take(new Answer(call, 1, status, body.getBytes(StandardCharsets.UTF_8), Map.of()));
    }
    return asked;
  }

  private static String candle(String market) {
    return "GET /candles/days?market=" + market + "&count=1&to=2026-11-20T00%3A00%3A00Z";
  }

  @Test
  void itAsksForTheListAndForTheLastDayOfEveryMarketInOurQuote() {
    assertThat(round(Map.of("market/all", THREE)))
        .containsExactly(
            "GET /market/all?is_details=true",
            "GET /ticker/all?quote_currencies=KRW",
            candle("KRW-A"),
            candle("KRW-B"));
    assertThat(universe.more()).as("not again at once").isFalse();
  }

  @Test
  void whereYesterdaysUniverseServesNoTickerIsAskedFor() {
    desk.universe = List.of("KRW-A");
    desk.frozen = false;
    assertThat(round(Map.of("market/all", THREE)))
        .containsExactly("GET /market/all?is_details=true", candle("KRW-A"), candle("KRW-B"));
  }

  @Test
  void untilTheCandlesAreThereTheLastDayOfTheTickersServes() {
    Map<String, List<Listing>> read = new HashMap<>();
    read.put("market/all", List.of(listed("KRW-A", null), listed("KRW-B", null)));
    assertThat(sources.meanwhile(read)).isNull();
    read.put("ticker/all", List.of(listed("KRW-A", "7"), listed("KRW-GONE", "9")));
    assertThat(sources.meanwhile(read))
        .extracting(listing -> listing.symbol() + ' ' + listing.prevValue())
        .containsExactly("KRW-A 7", "KRW-B null");
    assertThat(sources.needed(read)).doesNotContain("ticker/all");
  }

  private static Listing listed(String market, @Nullable String value) {
    BigDecimal number = value == null ? null : new BigDecimal(value);
    return new Listing(market, "", number, "KRW", "spot", false, false, number, number, List.of());
  }

  /**
   * At eight in Seoul it is still yesterday in UTC, so that the last complete day is the one
   * before.
   */
  @Test
  void theLastCompleteDayIsTheVenuesNotOurs() {
    desk.at("08:59:59");
    assertThat(round(Map.of("market/all", THREE)))
        .contains(candle("KRW-A").replace("11-20", "11-19"));
  }

  @Test
  void whatFailedIsAskedAgainHalfAMinuteLaterAndOnlyThat() {
    round(Map.of("market/all", THREE, "KRW-B", "<html>"));
    desk.pass(Duration.ofSeconds(29));
    assertThat(universe.more()).isFalse();
    desk.pass(Duration.ofSeconds(1));
    assertThat(round(Map.of("market/all", THREE)))
        .containsExactly(
            "GET /market/all?is_details=true",
            "GET /ticker/all?quote_currencies=KRW",
            candle("KRW-B"));
    desk.pass(Duration.ofSeconds(30));
    assertThat(round(Map.of("market/all", "<html>"))).hasSize(1);
  }

  @Test
  void aMarketWithoutACandleIsAskedWhetherItEverHadOne() {
    assertThat(round(Map.of("market/all", THREE, "KRW-B", "[]")))
        .containsExactly(
            "GET /market/all?is_details=true",
            "GET /ticker/all?quote_currencies=KRW",
            candle("KRW-A"),
            candle("KRW-B"),
            "GET /candles/days?market=KRW-B&count=1");
  }

  @Test
  void aFrozenUniverseEndsItUntilTheNextDay() {
    universe.more();
    universe.take(
        new Answer(universe.next(), 1, 200, THREE.getBytes(StandardCharsets.UTF_8), Map.of()));
    desk.universe = List.of("KRW-A");
    assertThat(universe.more()).isFalse();
    desk.turn(MemoryDesk.day("2026-11-21", true));
    desk.at("00:00");
    desk.frozen = false;
    assertThat(round(Map.of("market/all", THREE)))
        .as("yesterday's serves meanwhile, and today's is asked for")
        .containsExactly("GET /market/all?is_details=true", candle("KRW-A"), candle("KRW-B"));
  }

  @Test
  void itAsksNothingWhileTheVenueWantsNoCallsNorWhenStopped() {
    waiting = "blocked";
    assertThat(universe.more()).isFalse();
    waiting = "";
    assertThat(universe.more()).isTrue();
    universe.stop();
    assertThat(universe.more()).isFalse();
  }

  private static Listing listing(String market, @Nullable String price, @Nullable String value) {
    return new Listing(
        market,
        "name of " + market,
        price == null ? null : new BigDecimal(price),
        UpbitCodes.quote(market),
        "spot",
        false,
        false,
        null,
        value == null ? null : new BigDecimal(value),
        price == null ? List.of("warning") : List.of());
  }

  @Test
  void aUniverseIsCompleteWhenEveryMarketInOurQuoteHasToldItsDay() {
    Map<String, List<Listing>> read = new HashMap<>();
    assertThat(read.keySet()).doesNotContainAnyElementsOf(sources.needed(read));
    read.put(
        "market/all",
        List.of(
            listing("KRW-A", null, null),
            listing("BTC-A", null, null),
            listing("KRW-B", null, null)));
    read.put("candles/days/KRW-A", List.of(listing("KRW-A", "10", "2000")));
    assertThat(sources.needed(read)).contains("candles/days/KRW-B");
    read.put("candles/days/KRW-B", List.of());
    assertThat(read.keySet()).containsAll(sources.needed(read));
    List<Listing> together = sources.together(read);
    assertThat(together).extracting(Listing::symbol).containsExactly("KRW-A", "BTC-A", "KRW-B");
    assertThat(together.get(0).prevValue()).isEqualTo(new BigDecimal("2000"));
    assertThat(together.get(0).basePrice()).isEqualTo(new BigDecimal("10"));
    assertThat(together.get(0).name()).isEqualTo("name of KRW-A");
    assertThat(together.get(0).flags())
        .as("the list's, not the candle's")
        .containsExactly("warning");
    assertThat(together.get(2).basePrice()).isNull();
  }

  @Test
  void aVenueThatTellsNoCandlesAtAllHasFailedToTell() {
    Map<String, List<Listing>> read = new HashMap<>();
    List<Listing> markets = new ArrayList<>();
    for (String market : List.of("KRW-A", "KRW-B", "KRW-C")) {
      markets.add(listing(market, null, null));
      read.put("candles/days/" + market, List.of());
    }
    read.put("market/all", markets);
    read.put("candles/days/KRW-A", List.of(listing("KRW-A", "1", "1")));
    assertThat(read.keySet()).doesNotContainSequence(sources.needed(read));
    assertThat(sources.needed(read)).contains("candles/days");
    read.put("candles/days/KRW-B", List.of(listing("KRW-B", "1", "1")));
    assertThat(read.keySet()).containsAll(sources.needed(read));
  }
}
