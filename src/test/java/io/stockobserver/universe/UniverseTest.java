package io.stockobserver.universe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniverseTest {
  private static final MembershipRule RULE =
      new MembershipRule(new BigDecimal("4000"), Set.of("kospi", "kosdaq"), Set.of("ST", "EF"));

  private static final List<Listing> LISTED =
      List.of(
          listing("005930", "삼성전자", "70100", "kospi", "ST", false, false),
          listing("000660", " SK하이닉스 ", "4000", "kospi", "ST", false, false),
          listing("0004V0", "엔비알\"모션\"", "4000.5", "kosdaq", "ST", false, false),
          listing("111111", "cheap", "3999", "kospi", "ST", false, false),
          listing("222222", "halted", "9000", "kospi", "ST", true, false),
          listing("333333", "leaving", "9000", "kospi", "ST", false, true),
          listing("444444", "konex", "9000", "konex", "ST", false, false),
          listing("555555", "warrant", "9000", "kospi", "EW", false, false),
          listing("666666", "priceless", null, "kospi", "ST", false, false),
          listing("777777", "nought", "0", "kospi", "ST", false, false));

  @Test
  void whoIsAMemberAsTheDesignSettlesIt() {
    assertThat(universe().symbols())
        .extracting(Universe.Member::symbol)
        .as("in the order of symbols, however they were listed")
        .containsExactly("0004V0", "000660", "005930");
  }

  @Test
  void administrativeAndSpacAreKeptAndFlagged() {
    Listing spac =
        new Listing(
            "888888",
            "스팩",
            new BigDecimal("4100"),
            "kosdaq",
            "ST",
            false,
            false,
            null,
            null,
            List.of("administrative", "spac"));
    assertThat(of(List.of(spac)).symbols().get(0).flags())
        .containsExactly("administrative", "spac");
  }

  @Test
  void theCountsAddUpToWhatIsListed() {
    var counts = universe().counts();
    assertThat(counts)
        .containsEntry("listed", 10)
        .containsEntry("kept", 3)
        .containsEntry("below_price", 1)
        .containsEntry("halted", 1)
        .containsEntry("liquidation", 1)
        .containsEntry("other_board", 1)
        .containsEntry("other_group", 1)
        .containsEntry("no_price", 2);
    int parts = counts.values().stream().mapToInt(Integer::intValue).sum() - counts.get("listed");
    assertThat(parts).isEqualTo(counts.get("listed"));
  }

  @Test
  void itsFileHasTheKeysInTheDesignsOrderAndNamesAsGiven() throws IOException {
    String json = new ObjectMapper().writeValueAsString(universe());
    assertThat(json)
        .startsWith(
            "{\"date\":\"20261120\",\"provider\":\"kis\",\"market\":\"kr_stocks\","
                + "\"created_at\":\"2026-11-19T23:10:00.000Z\",\"rule\":\"stck_sdpr>=4000\","
                + "\"sources\":[{\"name\":\"kospi_code.mst\",\"sha256\":\"ab\"}],"
                + "\"counts\":{\"listed\":10,\"kept\":3,\"below_price\":1,\"halted\":1,")
        .contains(
            "{\"symbol\":\"005930\",\"name\":\"삼성전자\",\"prev_close\":70100,"
                + "\"board\":\"kospi\",\"group\":\"ST\",\"flags\":[],\"prev_volume\":12345}")
        .contains("\"name\":\" SK하이닉스 \"")
        .contains("\"prev_close\":4000.5");
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    Universe universe = universe();
    byte[] json = new ObjectMapper().writeValueAsBytes(universe);
    assertThat(Universe.parse(json)).isEqualTo(universe);
    assertThat(Universe.parse(json).counts().keySet())
        .containsExactlyElementsOf(universe.counts().keySet());
  }

  @Test
  void aFileOfALaterVersionMaySayMore() throws IOException {
    String json = new ObjectMapper().writeValueAsString(universe());
    String more = json.substring(0, json.length() - 1) + ",\"later\":1}";
    assertThat(Universe.parse(more.getBytes(StandardCharsets.UTF_8))).isEqualTo(universe());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"date\":\"20261120\",\"symbols\":"})
  void whatIsNoUniverseIsRefused(String json) {
    assertThatIOException().isThrownBy(() -> Universe.parse(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Universe universe() {
    return of(LISTED);
  }

  private static Universe of(List<Listing> listed) {
    return Universe.of(
        "20261120",
        "kis",
        "kr_stocks",
        "2026-11-19T23:10:00.000Z",
        "stck_sdpr>=4000",
        RULE,
        List.of(new Universe.Source("kospi_code.mst", "ab")),
        listed);
  }

  private static Listing listing(
      String symbol,
      String name,
      @Nullable String price,
      String board,
      String group,
      boolean halted,
      boolean liquidation) {
    return new Listing(
        symbol,
        name,
        price == null ? null : new BigDecimal(price),
        board,
        group,
        halted,
        liquidation,
        new BigDecimal("12345"),
        null,
        List.of());
  }
}
