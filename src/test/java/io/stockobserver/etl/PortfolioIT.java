package io.stockobserver.etl;

import static io.stockobserver.etl.SmallArchive.EVENTS;
import static io.stockobserver.etl.SmallArchive.SWING;
import static io.stockobserver.etl.SmallArchive.started;
import static io.stockobserver.etl.SmallArchive.swing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Portfolios valued and plans proposed, reckoned by hand. */
class PortfolioIT {
  private static final String FILE =
      """
      policy: two
      name: Two stocks
      provider: kis
      market: kr_stocks
      rebalance: daily
      max-position-pct: 40
      cash: 1000
      weights:
        - {symbol: "005930", weight: 0.5, from: "2026-01-01"}
        - {symbol: "000660", weight: 0.25, from: "2026-01-01"}
        - {symbol: "000660", weight: 0.9, from: "2026-12-01"}
      holdings:
        - {symbol: "005930", quantity: 9, avg-price: 70.5}
        - {symbol: "035720", quantity: 2}
      """;

  @TempDir Path dir;

  @Test
  void aSnapshotIsAtTheDaysClosesAndThePlanLeadsToTheWeights() throws Exception {
    List<Portfolio> portfolios = portfolios(FILE);
    SmallArchive archive =
        new SmallArchive(dir.resolve("data"))
            .file(EVENTS, started())
            .file(
                SWING + "15_00.jsonl",
                swing("005930", "06:30:01.000", "100", "1"),
                swing("000660", "06:30:01.000", "30", "1"),
                swing("035720", "06:30:01.000", "50", "1"))
            .sealed();
    try (TradingDatabase db = TradingDatabase.empty("portfolio_it")) {
      db.load(archive, Etl.Care.NEW, portfolios);
      // 1000 + 9 x 100 + 2 x 50 = 2000. At most 40 %: 800 of 005930, so 1 less; 500 of 000660 are
      // 16 units of 30; nothing of 035720.
      assertThat(
              db.rows(
                  "SELECT trim_scale(total_value), trim_scale(cash), session_id FROM"
                      + " portfolio_snapshot"))
          .containsExactly("2000|1000|sess_20261120_085000");
      assertThat(
              db.rows(
                  "SELECT symbol, trim_scale(quantity), trim_scale(avg_price),"
                      + " trim_scale(market_value), weight_pct, raw_ref FROM portfolio_positions"
                      + " ORDER BY 1"))
          .containsExactly(
              "005930|9|70.5|900|45|" + SWING + "15_00.jsonl:1",
              "035720|2|null|100|5|" + SWING + "15_00.jsonl:3");
      String orders =
          "SELECT symbol, side, trim_scale(target_qty), order_type, status FROM rebalance_orders"
              + " JOIN rebalance_plan USING (plan_id) ORDER BY 1";
      assertThat(db.rows(orders))
          .containsExactly(
              "000660|BUY|16|MARKET|pending",
              "005930|SELL|1|MARKET|pending",
              "035720|SELL|2|MARKET|pending");
      String ids = db.one("SELECT plan_id, snapshot_id FROM rebalance_plan, portfolio_snapshot");
      db.load(archive, Etl.Care.NEW, portfolios);
      assertThat(db.one("SELECT plan_id, snapshot_id FROM rebalance_plan, portfolio_snapshot"))
          .isEqualTo(ids);
      db.execute("UPDATE rebalance_plan SET status='executing'");
      archive.file(SWING + "15_00.jsonl", swing("005930", "06:30:01.000", "200", "1")).sealed();
      db.load(archive, Etl.Care.NEW, portfolios);
      assertThat(db.rows("SELECT status FROM rebalance_plan")).containsExactly("executing");
      assertThat(db.rows("SELECT total_value FROM portfolio_snapshot"))
          .as("035720 has no close now")
          .containsExactly("null");
    }
  }

  @Test
  void whatCannotBeMeantIsNamedWithItsFile() {
    assertThatThrownBy(() -> portfolios(FILE.replace("\"005930\", quantity", "5930, quantity")))
        .isInstanceOf(EtlException.class)
        .hasMessageContaining("two.yaml: symbol is missing, not in quotes");
    assertThatThrownBy(() -> portfolios(FILE.replace("weight: 0.5", "weight: 1.5")))
        .hasMessageContaining("the weight of 005930 is from 0 to 1");
    assertThatThrownBy(() -> portfolios(FILE.replace("cash:", "money:")))
        .hasMessageContaining("money is no key");
    assertThatThrownBy(() -> portfolios("- [")).isInstanceOf(EtlException.class);
  }

  private List<Portfolio> portfolios(String text) throws Exception {
    Path folder = Files.createDirectories(dir.resolve("portfolio"));
    Files.writeString(folder.resolve("two.yaml"), text);
    return Portfolio.in(folder);
  }
}
