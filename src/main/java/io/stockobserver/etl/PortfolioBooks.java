package io.stockobserver.etl;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values portfolios at a day's closes and proposes how to get back to their weights, as rows with
 * status {@code pending}. What somebody has taken up (another status) is left alone. In the
 * transaction of its caller.
 */
final class PortfolioBooks {
  private final Connection db;
  private final LocalDate day;
  private final Instant now;

  PortfolioBooks(Connection db, LocalDate day, Instant now) {
    this.db = db;
    this.day = day;
    this.now = now;
  }

  void write(Portfolio p) throws SQLException {
    run(
        "INSERT INTO portfolio_policy (policy_id,name,rebalance_freq,max_position_pct,created_at,"
            + "provider,market) VALUES (?,?,?,?,?,?,?) ON CONFLICT (policy_id) DO UPDATE SET"
            + " name=excluded.name, rebalance_freq=excluded.rebalance_freq,"
            + " max_position_pct=excluded.max_position_pct, provider=excluded.provider,"
            + " market=excluded.market",
        p.policy(),
        p.name(),
        p.frequency(),
        p.maxPositionPct().doubleValue(),
        Timestamp.from(now),
        p.provider(),
        p.market());
    run("DELETE FROM target_weights WHERE policy_id=?", p.policy());
    for (Portfolio.Weight weight : p.weights()) {
      run(
          "INSERT INTO target_weights (policy_id,symbol,target_weight,effective_date) VALUES"
              + " (?,?,?,?)",
          p.policy(),
          weight.symbol(),
          weight.weight().doubleValue(),
          Date.valueOf(weight.from()));
    }
    snapshot(p);
    plan(p);
  }

  /** Without a close a position has no value, and the portfolio has none either. */
  private void snapshot(Portfolio p) throws SQLException {
    run(
        "DELETE FROM portfolio_positions USING portfolio_snapshot s WHERE"
            + " s.snapshot_id=portfolio_positions.snapshot_id AND s.policy_id=? AND s.trade_date=?",
        p.policy(),
        Date.valueOf(day));
    run(
        "DELETE FROM portfolio_snapshot WHERE policy_id=? AND trade_date=?",
        p.policy(),
        Date.valueOf(day));
    long id =
        number(
            "INSERT INTO portfolio_snapshot (policy_id,snapshot_time,cash,total_value,session_id,"
                + "trade_date) SELECT ?, coalesce(max(event_time), ?), ?, NULL,"
                + " (array_agg(session_id ORDER BY event_time DESC, symbol))[1], ? FROM"
                + " portfolio_daily_bars WHERE provider=? AND market=? AND trade_date=?"
                + " RETURNING snapshot_id",
            p.policy(),
            Timestamp.from(now),
            p.cash(),
            Date.valueOf(day),
            p.provider(),
            p.market(),
            Date.valueOf(day));
    for (Portfolio.Holding holding : p.holdings()) {
      run(
          "INSERT INTO portfolio_positions (snapshot_id,symbol,quantity,avg_price,market_value,"
              + "raw_ref) SELECT ?, q.symbol, q.quantity, q.avg_price, q.quantity*b.close, b.raw_ref"
              + " FROM (SELECT ?::varchar AS symbol, ?::numeric AS quantity, ?::numeric AS"
              + " avg_price) q LEFT JOIN portfolio_daily_bars b ON b.provider=? AND b.market=? AND"
              + " b.trade_date=? AND b.symbol=q.symbol",
          id,
          holding.symbol(),
          holding.quantity(),
          holding.avgPrice(),
          p.provider(),
          p.market(),
          Date.valueOf(day));
    }
    run(
        "UPDATE portfolio_snapshot SET total_value=cash+coalesce((SELECT CASE WHEN"
            + " count(*)=count(market_value) THEN sum(market_value) WHEN count(*)>0 THEN"
            + " 'NaN'::numeric END FROM portfolio_positions WHERE snapshot_id=?),0) WHERE"
            + " snapshot_id=?",
        id,
        id);
    run(
        "UPDATE portfolio_snapshot SET total_value=NULL WHERE snapshot_id=? AND total_value='NaN'",
        id);
    run(
        "UPDATE portfolio_positions SET weight_pct=100*market_value/nullif(s.total_value,0) FROM"
            + " portfolio_snapshot s WHERE s.snapshot_id=portfolio_positions.snapshot_id AND"
            + " s.snapshot_id=?",
        id);
  }

  /** Whole units, towards zero: never beyond a weight. */
  private void plan(Portfolio p) throws SQLException {
    String mine = "policy_id=? AND trade_date=? AND status='pending'";
    run(
        "DELETE FROM rebalance_orders WHERE plan_id IN (SELECT plan_id FROM rebalance_plan WHERE "
            + mine
            + ")",
        p.policy(),
        Date.valueOf(day));
    run("DELETE FROM rebalance_plan WHERE " + mine, p.policy(), Date.valueOf(day));
    LocalDate since =
        switch (p.frequency()) {
          case "weekly" -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
          case "monthly" -> day.withDayOfMonth(1);
          default -> day;
        };
    long earlier =
        number(
            "SELECT count(*) FROM rebalance_plan WHERE policy_id=? AND trade_date BETWEEN ? AND ?",
            p.policy(),
            Date.valueOf(since),
            Date.valueOf(day));
    long valued =
        number(
            "SELECT count(*) FROM portfolio_snapshot WHERE policy_id=? AND trade_date=? AND"
                + " total_value > 0",
            p.policy(),
            Date.valueOf(day));
    if (earlier > 0 || valued == 0) {
      return;
    }
    long plan =
        number(
            "INSERT INTO rebalance_plan (policy_id,created_at,status,session_id,trade_date) SELECT"
                + " policy_id, ?, 'pending', session_id, trade_date FROM portfolio_snapshot WHERE"
                + " policy_id=? AND trade_date=? RETURNING plan_id",
            Timestamp.from(now),
            p.policy(),
            Date.valueOf(day));
    run(
        "INSERT INTO rebalance_orders (plan_id,symbol,side,target_qty,order_type) SELECT ?, symbol,"
            + " CASE WHEN units > 0 THEN 'BUY' ELSE 'SELL' END, abs(units), 'MARKET' FROM (SELECT"
            + " b.symbol, trunc((least(coalesce(w.target_weight,0), p.max_position_pct/100)::numeric"
            + " * s.total_value - coalesce(h.quantity,0)*b.close) / b.close) AS units"
            + " FROM portfolio_snapshot s JOIN portfolio_policy p USING (policy_id)"
            + " JOIN portfolio_daily_bars b ON b.provider=p.provider AND b.market=p.market AND"
            + " b.trade_date=s.trade_date AND b.close > 0"
            + " LEFT JOIN (SELECT DISTINCT ON (symbol) symbol, target_weight FROM target_weights"
            + " WHERE policy_id=? AND effective_date<=? ORDER BY symbol, effective_date DESC) w"
            + " ON w.symbol=b.symbol"
            + " LEFT JOIN portfolio_positions h ON h.snapshot_id=s.snapshot_id AND"
            + " h.symbol=b.symbol WHERE s.policy_id=? AND s.trade_date=? AND (w.symbol IS NOT NULL"
            + " OR h.symbol IS NOT NULL)) o WHERE units <> 0 ORDER BY symbol COLLATE \"C\"",
        plan,
        p.policy(),
        Date.valueOf(day),
        p.policy(),
        Date.valueOf(day));
  }

  /** Whether each of them has its snapshot of the day. */
  boolean has(List<Portfolio> all) throws SQLException {
    for (Portfolio p : all) {
      if (number(
              "SELECT count(*) FROM portfolio_snapshot WHERE policy_id=? AND trade_date=?",
              p.policy(),
              Date.valueOf(day))
          == 0) {
        return false;
      }
    }
    return true;
  }

  private void run(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement q = prepared(sql, values)) {
      q.execute();
    }
  }

  private long number(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement q = prepared(sql, values);
        ResultSet r = q.executeQuery()) {
      r.next();
      return r.getLong(1);
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement q = db.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof BigDecimal decimal) {
        q.setBigDecimal(i + 1, decimal);
      } else {
        q.setObject(i + 1, value);
      }
    }
    return q;
  }
}
