package io.stockobserver;

import io.stockobserver.provider.kis.KisBoard;
import io.stockobserver.provider.kis.KisVenue;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.universe.MembershipRule;
import io.stockobserver.venue.CallBudget;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The settings of KIS, read and checked.
 *
 * @param rate calls in any sliding period
 * @param silence after which a feed is dead; zero for never
 * @param candidatesEvery from one round to the next; zero for never
 */
record KisSettings(
    boolean mock,
    KisVenue venue,
    String rate,
    Duration silence,
    SlotRules slotRules,
    Duration candidatesEvery,
    BigDecimal minPrice,
    Set<String> boardWords,
    Set<String> groups) {
  private static final int SLOTS = 41;

  /** Reads them, and sets for the routes what an empty value stands for. */
  static KisSettings read(Settings s) {
    boolean mock = s.oneOf("provider.kis.environment", "live", "mock").equals("mock");
    s.address(
        "provider.kis.rest.url",
        mock
            ? "https://openapivts.koreainvestment.com:29443"
            : "https://openapi.koreainvestment.com:9443",
        "http");
    s.address(
        "provider.kis.feed.url",
        "ws://ops.koreainvestment.com:" + (mock ? "31000" : "21000") + "/tryitout",
        "ws");
    s.address(
        "provider.kis.master.url", "https://new.real.download.dws.co.kr/common/master", "http");
    String rate = s.text("provider.kis.rest.rate", mock ? "1/s" : "18/s");
    s.set("provider.kis.rest.rate", rate);
    s.parse(
        "provider.kis.rest.rate",
        "a number from 1 and /s or /m, such as 18/s",
        text -> CallBudget.parse(text, System::nanoTime));
    s.span("provider.kis.feed.pace", Duration.ofMillis(20), Duration.ofSeconds(10));
    s.megabytes("provider.kis.feed.queue", 1, 1024);
    return new KisSettings(
        mock,
        s.parse("provider.kis.venue", "krx, nxt or unified", KisVenue::parse),
        rate,
        s.spanOrNever("provider.kis.feed.silence", Duration.ofSeconds(1), Duration.ofHours(1)),
        SlotKeys.read(s, KisDoor.PROVIDER, SLOTS),
        s.spanOrNever("provider.kis.candidates.every", Duration.ofSeconds(1), Duration.ofHours(1)),
        s.amount("universe.kr_stocks.min-price"),
        s.words("universe.kr_stocks.boards"),
        s.words("universe.kr_stocks.groups"));
  }

  /** Whose master files make the universe. */
  List<KisBoard> boards() {
    return Arrays.stream(KisBoard.values())
        .filter(board -> boardWords.contains(board.word()))
        .toList();
  }

  MembershipRule rule() {
    return new MembershipRule(minPrice, boardWords, groups);
  }

  /** The rule as the universe's file tells it. */
  String ruleText() {
    return "stck_sdpr>="
        + minPrice.toPlainString()
        + " and board in "
        + String.join("|", boardWords)
        + " and group in "
        + String.join("|", groups)
        + " and not trht_yn and not sltr_yn";
  }
}
