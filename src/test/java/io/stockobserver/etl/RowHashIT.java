package io.stockobserver.etl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our hash of a row is a real PostgreSQL's of the same row. */
class RowHashIT {
  private final RowHash hash = new RowHash();

  /** As a PostgreSQL 18 answered on 2026-11-23. */
  @ParameterizedTest
  @CsvSource({
    "0, -1",
    "56100, 8817144625801797590",
    "-56100, 8817144625801797590",
    "0.00000001, 7507508252608306358",
    "123456789012.123456789, -2634890479285271728",
    "10000, -7507508252608306359",
    "0.5, 3180246706024362763",
    "100.25, -5524439456101191934",
    "70000, -8980111693697053316"
  })
  void aFigure(String plain, long expected) {
    assertThat(hash.row().figure(plain).end()).isEqualTo(expected);
  }

  @Test
  void textsOfEveryLength() throws Exception {
    try (TradingDatabase db = TradingDatabase.empty("row_hash")) {
      String text = "tape/kis/kr_stocks/20261120/삼성전자-09_29_50.jsonl:687";
      for (int i = 0; i <= text.length(); i++) {
        String some = text.substring(0, i);
        assertThat(hash.row().text(some).end())
            .as(some)
            .isEqualTo(asked(db, "'" + some + "'::varchar"));
      }
    }
  }

  @Test
  void aThousandRows() throws Exception {
    Random random = new Random(7);
    try (TradingDatabase db = TradingDatabase.empty("row_hash")) {
      for (int i = 0; i < 1_000; i++) {
        BigDecimal figure =
            new BigDecimal(new BigInteger(random.nextInt(78), random), random.nextInt(13));
        if (random.nextBoolean()) {
          figure = figure.negate();
        }
        Instant at = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
        LocalDate day = LocalDate.ofEpochDay(random.nextInt(40_000));
        int level = random.nextInt();
        boolean missing = i % 10 == 0;
        String plain = missing ? null : Numeral.of(figure.toPlainString(), 24);
        long ours =
            hash.row()
                .text("t" + i)
                .figure(plain)
                .sign(plain)
                .instant(at.toEpochMilli())
                .number(level)
                .date(day.toEpochDay())
                .end();
        String value = missing ? "NULL::numeric" : figure.toPlainString() + "::numeric(36,12)";
        String row =
            String.format(
                Locale.ROOT,
                "'t%d'::varchar, %s, %s < 0, TIMESTAMPTZ '%s', (%d)::int, DATE '%s'",
                i,
                value,
                value,
                at,
                level,
                day);
        assertThat(ours).as(row).isEqualTo(asked(db, row));
      }
    }
  }

  private static long asked(TradingDatabase db, String row) throws Exception {
    return Long.parseLong(db.one("SELECT hash_record_extended(ROW(" + row + "),0)"));
  }
}
