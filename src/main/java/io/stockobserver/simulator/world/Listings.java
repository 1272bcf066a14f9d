package io.stockobserver.simulator.world;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Invents a stock list of the real one's shape: about 2,800 issues on three boards, a few dozen
 * real ones among them, halted and dying ones, new codes with letters. A function of the seed.
 */
final class Listings {
  private static final LocalDate FIRST_LISTING = LocalDate.of(1975, 6, 11);

  private final Dice dice;
  private final Names names;
  private final Set<String> codes = new HashSet<>();
  private final List<Listing> made = new ArrayList<>();

  private Listings(long seed) {
    dice = Dice.of(seed, "listings", 0);
    Set<String> taken = new HashSet<>();
    for (WellKnown known : WellKnown.ALL) {
      taken.add(known.name());
      codes.add(known.code());
    }
    names = new Names(dice, taken);
  }

  static List<Listing> of(long seed) {
    Listings listings = new Listings(seed);
    listings.wellKnown();
    listings.kospi();
    listings.kosdaq();
    listings.konex();
    return List.copyOf(listings.made);
  }

  private void wellKnown() {
    for (WellKnown known : WellKnown.ALL) {
      made.add(
          new Listing(
              known.code(),
              Listing.isin(known.code()),
              known.name(),
              Names.english(known.code()),
              known.board(),
              known.group(),
              known.preferred(),
              false,
              false,
              false,
              false,
              "00",
              false,
              known.price(),
              known.million() * 1_000_000 + dice.below(999_999),
              known.thousand() * 1_000 + dice.below(999),
              known.group().equals("EF") ? 0.015 : 0.022,
              FIRST_LISTING,
              known.preferred() == 0 && known.group().equals("ST")));
    }
  }

  private void kospi() {
    for (int i = 0; i < 760; i++) {
      stock(Board.KOSPI, "ST", names.company(), 7_600, 1.25, stockCode());
    }
    for (int i = 0; i < 105; i++) {
      preferred();
    }
    for (int i = 0; i < 22; i++) {
      stock(Board.KOSPI, "RT", names.trust(), 4_600, 0.3, stockCode());
    }
    for (int i = 0; i < 4; i++) {
      stock(Board.KOSPI, "IF", names.infrastructure(), 9_000, 0.4, stockCode());
    }
    stock(Board.KOSPI, "DR", names.company() + "DR", 5_200, 0.2, stockCode());
    stock(Board.KOSPI, "MF", names.company() + "투자", 6_100, 0.2, stockCode());
    stock(Board.KOSPI, "SC", names.company() + "선박", 4_900, 0.2, stockCode());
    for (int i = 0; i < 430; i++) {
      stock(
          Board.KOSPI, "EF", names.fund(), 9_500, 0.8, dice.chance(0.4) ? newCode() : stockCode());
    }
    for (int i = 0; i < 3; i++) {
      stock(Board.KOSPI, "FE", names.fund(), 21_000, 0.3, stockCode());
    }
    for (int i = 0; i < 130; i++) {
      stock(Board.KOSPI, "EN", names.note(), 9_000, 0.7, "Q" + numbered(500_000, 99_999));
    }
    for (int i = 0; i < 6; i++) {
      stock(
          Board.KOSPI,
          "BC",
          names.company() + "펀드",
          980,
          0.1,
          "F" + numbered(701_000, 9_999) + "26");
      stock(
          Board.KOSPI,
          "SR",
          names.company() + "증서",
          640,
          0.5,
          "J" + numbered(100_000, 9_999) + "D");
    }
  }

  private void kosdaq() {
    for (int i = 0; i < 1_215; i++) {
      stock(
          Board.KOSDAQ,
          "ST",
          names.company(),
          2_500,
          1.05,
          dice.chance(0.03) ? newCode() : stockCode());
    }
    for (int i = 0; i < 14; i++) {
      stock(Board.KOSDAQ, "FS", names.company(), 1_900, 0.8, numbered(900_000, 999));
    }
    for (int i = 0; i < 62; i++) {
      blankCheck(i + 11);
    }
  }

  private void konex() {
    for (int i = 0; i < 110; i++) {
      stock(Board.KONEX, "KN", names.company(), 3_800, 0.9, stockCode());
    }
  }

  private void stock(
      Board board, String group, String name, double median, double spread, String code) {
    boolean product = group.equals("EF") || group.equals("FE") || group.equals("EN");
    boolean plain = group.equals("ST");
    long price =
        Ticks.floor(Math.max(120, Math.round(median * Math.exp(spread * dice.normal()))), product);
    long shares = Math.round(26_000_000 * Math.exp(0.9 * dice.normal())) / 10 * 10;
    double value = 9.0e8 * Math.exp(1.75 * dice.normal());
    boolean troubled = plain && dice.chance(0.035);
    boolean halted = (troubled && dice.chance(0.7)) || (plain && dice.chance(0.004));
    boolean dying = troubled && !halted && dice.chance(0.3);
    int alarm = plain && dice.chance(0.02) ? 1 + dice.below(3) : 0;
    made.add(
        new Listing(
            code,
            Listing.isin(code),
            name,
            Names.english(code),
            board,
            group,
            0,
            false,
            halted,
            dying,
            troubled,
            "0" + alarm,
            plain && dice.chance(0.003),
            price,
            shares,
            Math.max(900, Math.round(value / price)),
            product ? 0.006 + 0.012 * dice.unit() : 0.018 + 0.02 * dice.unit(),
            FIRST_LISTING.plusDays(dice.below(18_000)),
            plain && board != Board.KONEX && dice.chance(0.35)));
  }

  private void preferred() {
    Listing common = made.get(WellKnown.ALL.size() + dice.below(760));
    boolean newer = dice.chance(0.25);
    String code = common.code().substring(0, 5) + (newer ? "K" : "5");
    if (!codes.add(code)) {
      return;
    }
    made.add(
        new Listing(
            code,
            Listing.isin(code),
            common.name() + (newer ? "2우B" : "우"),
            Names.english(code),
            Board.KOSPI,
            "ST",
            newer ? 2 : 1,
            false,
            false,
            false,
            false,
            "00",
            false,
            Ticks.floor(Math.max(200, Math.round(common.price() * (0.6 + dice.unit()))), false),
            Math.max(100_000, common.shares() / 12),
            Math.max(300, common.volume() / 30),
            0.02,
            common.listedOn(),
            false));
  }

  private void blankCheck(int number) {
    String code = stockCode();
    made.add(
        new Listing(
            code,
            Listing.isin(code),
            names.blankCheck(number),
            Names.english(code),
            Board.KOSDAQ,
            "ST",
            0,
            true,
            false,
            false,
            dice.chance(0.08),
            "00",
            false,
            Ticks.floor(2_000 + dice.below(260), false),
            5_000_000 + dice.below(300) * 10_000L,
            20_000 + dice.below(60_000),
            0.006,
            LocalDate.of(2023, 3, 2).plusDays(dice.below(1_200)),
            false));
  }

  private String stockCode() {
    while (true) {
      String code = String.format("%05d0", 20 + dice.below(48_000));
      if (codes.add(code)) {
        return code;
      }
    }
  }

  /** As issued since 2024: a capital letter inside. */
  private String newCode() {
    while (true) {
      char letter = "ABCDFGHJKLMNPRSTVWXYZ".charAt(dice.below(21));
      String code = String.format("%04d%c0", dice.below(180), letter);
      if (codes.add(code)) {
        return code;
      }
    }
  }

  private String numbered(int from, int width) {
    while (true) {
      String code = String.format("%06d", from + dice.below(width));
      if (codes.add(code)) {
        return code;
      }
    }
  }
}
