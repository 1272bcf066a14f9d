package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.EVENTS;
import static io.stockobserver.etl.SmallArchive.SCALP;
import static io.stockobserver.etl.SmallArchive.SWING;
import static io.stockobserver.etl.SmallArchive.UNIVERSE;
import static io.stockobserver.etl.SmallArchive.event;
import static io.stockobserver.etl.SmallArchive.scalp;
import static io.stockobserver.etl.SmallArchive.started;
import static io.stockobserver.etl.SmallArchive.swing;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An exported day, read by DuckDB: Parquet and CSV tell the same, row by row. */
class ParquetFileIT {
  @TempDir Path dir;

  @Test
  void everyTableIsTheSameInParquetAsInCsv() throws Exception {
    Map<String, String> written = exported();
    assertThat(written).hasSize(9).allSatisfy((file, sha) -> assertThat(file).endsWith(".csv"));
    try (Duck duck = new Duck()) {
      for (String file : written.keySet()) {
        Path csv = dir.resolve("out").resolve(file);
        Path parquet = Path.of(csv.toString().replaceFirst("csv$", "parquet"));
        List<List<String>> told = duck.table("SELECT * FROM '" + parquet + "'");
        // An empty CSV field is NULL; text that is empty is quoted.
        List<List<String>> expected =
            duck.table(
                "SELECT * FROM read_csv('"
                    + csv
                    + "', all_varchar=true, header=true, delim=',', quote='\"', escape='\"',"
                    + " nullstr='', allow_quoted_nulls=false, auto_detect=false, columns="
                    + columns(told.get(0))
                    + ")");
        assertThat(told).as(file).hasSizeGreaterThan(1).isEqualTo(expected);
      }
    }
    try (var left = Files.walk(dir.resolve("out"))) {
      assertThat(left.filter(Files::isRegularFile)).hasSize(18);
    }
  }

  @Test
  void figuresInstantsDaysAndListsKeepTheirKind() throws Exception {
    exported();
    Path out = dir.resolve("out/kis/20261120");
    try (Duck duck = new Duck()) {
      assertThat(kinds(duck, out.resolve("scalp_ticks.parquet")))
          .contains("last_price DECIMAL(24,12)", "volume DECIMAL(30,12)", "trade_date DATE")
          .contains("sample_time TIMESTAMP WITH TIME ZONE", "mitigation_level INTEGER")
          .contains("raw_ref VARCHAR");
      assertThat(kinds(duck, out.resolve("scalp_1m_bars.parquet")))
          .contains("coverage_ratio DOUBLE", "observations INTEGER", "close DECIMAL(24,12)");
      assertThat(kinds(duck, out.resolve("scalp_gaps.parquet"))).contains("symbols VARCHAR[]");
      // By hand: what the lines below say.
      assertThat(
              duck.table(
                  "SELECT symbol, last_price, ask_price, volume, epoch_us(sample_time) AS at FROM '"
                      + out.resolve("scalp_ticks.parquet")
                      + "'"))
          .containsExactly(
              List.of("symbol", "last_price", "ask_price", "volume", "at"),
              List.of("005930", "999999999999.999999999999", "(null)", "5", "1795134600000000"),
              List.of("A,\"B", "-0.000000000001", "(null)", "0", "1795134600500000"),
              List.of("삼성", "(null)", "(null)", "123456789012345678.5", "1795134601000000"));
    }
  }

  private static List<String> kinds(Duck duck, Path file) throws Exception {
    return duck
        .table("SELECT column_name||' '||column_type AS k FROM (DESCRIBE FROM '" + file + "')")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private static String columns(List<String> names) {
    return "{" + String.join(",", names.stream().map(n -> "'" + n + "':'VARCHAR'").toList()) + "}";
  }

  private Map<String, String> exported() throws Exception {
    SmallArchive archive =
        new SmallArchive(dir.resolve("data"))
            .file(
                EVENTS,
                started(),
                event(
                    "gap_marker",
                    "00:32:10.000",
                    ",\"gap_start_ts\":\"2026-11-20T00:30:40.000Z\",\"gap_end_ts\":"
                        + "\"2026-11-20T00:32:10.000Z\",\"gap_seconds\":90,\"scope\":\"scalp\","
                        + "\"reason\":\"ws_disconnect\",\"symbols\":[\"005930\",\"000660\"]"),
                event("sweep_began", "06:31:00.100", ",\"sweep_at\":\"2026-11-20T06:31:00Z\""))
            .file(
                SCALP + "09_30_00.jsonl",
                scalp("005930", "00:30:00.000", "999999999999.999999999999", "5"),
                scalp("A,\\\"B", "00:30:00.500", "-0.000000000001", "0"),
                scalp("삼성", "00:30:01.000", "null", "123456789012345678.5"))
            .file(SWING + "15_00.jsonl", swing("005930", "06:31:01.000", "111", "5100"))
            .file(
                UNIVERSE,
                "{\"date\":\"2026-11-20\",\"provider\":\"kis\",\"market\":\"kr_stocks\","
                    + "\"created_at\":\"x\",\"rule\":\"x\",\"sources\":[],\"counts\":{},"
                    + "\"symbols\":[{\"symbol\":\"005930\",\"name\":\"x\",\"prev_close\":109.5,"
                    + "\"board\":\"kospi\",\"group\":\"ST\",\"flags\":[]}]}")
            .sealed();
    try (TradingDatabase db = TradingDatabase.empty("parquet_it")) {
      assertThat(db.load(archive, Etl.Care.NEW).ok()).isTrue();
      try (Database database = db.open()) {
        return Export.write(database, "kis", SmallArchive.DAY, dir.resolve("out"));
      }
    }
  }
}
