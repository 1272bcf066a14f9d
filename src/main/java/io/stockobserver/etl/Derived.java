package io.stockobserver.etl;

import io.stockobserver.etl.DayStory.Due;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * What follows from a day's observations and events: gaps, bars and the day's prices, all of them
 * anew, in the transaction of its caller. Pure function of what the archive says: the same rows
 * whatever was there before.
 */
final class Derived {
  private static final long MINUTE = 60_000;

  private final Connection db;
  private final String provider;
  private final LocalDate day;

  Derived(Connection db, String provider, LocalDate day) {
    this.db = db;
    this.provider = provider;
    this.day = day;
  }

  /**
   * Writes it all; what stands there of the day is removed first.
   *
   * @param markets of which there is anything
   * @param stories by market
   * @param closes the universe's previous closes, by market and symbol
   */
  void write(
      Set<String> markets, Map<String, DayStory> stories, Map<String, Map<String, String>> closes)
      throws SQLException, IOException {
    for (String table :
        List.of(
            "scalp_1m_bars",
            "scalp_5m_bars",
            "swing_bars_10m",
            "swing_bars_1h",
            "eod_prices",
            "portfolio_daily_bars",
            "scalp_gaps")) {
      execute("DELETE FROM " + table + " WHERE provider='%s' AND trade_date='%s'", provider, day);
    }
    execute(
        "CREATE TEMP TABLE IF NOT EXISTS etl_expected (step interval, bar_time timestamptz, n int)"
            + " ON COMMIT DELETE ROWS");
    execute(
        "CREATE TEMP TABLE IF NOT EXISTS etl_prev (symbol text, prev_close numeric(24,12))"
            + " ON COMMIT DELETE ROWS");
    execute(
        "CREATE TEMP TABLE IF NOT EXISTS etl_stays (symbol text, since timestamptz,"
            + " until timestamptz) ON COMMIT DELETE ROWS");
    for (String market : markets) {
      @Nullable DayStory story = stories.get(market);
      execute("DELETE FROM etl_expected");
      execute("DELETE FROM etl_prev");
      execute("DELETE FROM etl_stays");
      if (story != null) {
        gaps(market, story);
        expected(story);
        stays(story);
      }
      universe(closes.getOrDefault(market, Map.of()));
      bars(market, story);
      if (story != null) {
        unexplained(market, story);
      }
    }
  }

  // ---- What the events tell
  // ----------------------------------------------------------------------

  private void gaps(String market, DayStory story) throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    for (DayStory.Gap gap : story.gaps()) {
      rows.append(time(gap.from())).append('\t').append(time(gap.until())).append('\t');
      rows.append((gap.until() - gap.from() + 999) / 1000).append('\t');
      rows.append(text(gap.scope())).append('\t').append(text(gap.reason())).append('\t');
      rows.append(text(gap.session())).append('\t').append(provider).append('\t');
      rows.append(market).append('\t').append(day).append('\t').append(array(gap.symbols()));
      rows.append('\t').append(time(gap.told())).append('\t');
      rows.append(gap.ref() == null ? "\\N" : gap.ref()).append('\n');
    }
    copy(
        "COPY scalp_gaps (gap_start_ts,gap_end_ts,gap_seconds,scope,reason,session_id,provider,"
            + "market,trade_date,symbols,event_time,raw_ref) FROM STDIN",
        rows);
  }

  private void stays(DayStory story) throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    for (DayStory.Stay stay : story.stays()) {
      rows.append(text(stay.symbol())).append('\t').append(time(stay.after())).append('\t');
      rows.append(time(stay.before())).append('\n');
    }
    copy("COPY etl_stays FROM STDIN", rows);
  }

  private void expected(DayStory story) throws SQLException, IOException {
    Due due = story.due();
    if (due == null) {
      return;
    }
    Map<Long, Integer> minutes = new TreeMap<>();
    Map<Long, Integer> five = new TreeMap<>();
    for (long at = floor(due, due.scalpFrom(), MINUTE); at < due.scalpUntil(); at += MINUTE) {
      int n = story.samples(at, at + MINUTE);
      minutes.put(at, n);
      five.merge(floor(due, at, 5 * MINUTE), n, Integer::sum);
    }
    StringBuilder rows = new StringBuilder();
    expected(rows, "1 minute", minutes);
    expected(rows, "5 minutes", five);
    long end = Math.max(due.swingUntil(), due.closing() == null ? 0 : due.closing()) + 1;
    for (int length : new int[] {10, 60}) {
      Map<Long, Integer> sweeps = new TreeMap<>();
      long step = length * MINUTE;
      for (long at = floor(due, due.swingFrom(), step); at < end; at += step) {
        sweeps.put(at, story.sweeps(at, at + step));
      }
      expected(rows, length + " minutes", sweeps);
    }
    expected(rows, "1 day", Map.of(due.midnight(), story.sweeps(0, Long.MAX_VALUE)));
    copy("COPY etl_expected FROM STDIN", rows);
  }

  private static long floor(Due due, long at, long step) {
    return due.midnight() + Math.floorDiv(at - due.midnight(), step) * step;
  }

  private static void expected(StringBuilder rows, String step, Map<Long, Integer> all) {
    all.forEach(
        (at, n) ->
            rows.append(step).append('\t').append(time(at)).append('\t').append(n).append('\n'));
  }

  // ---- Bars and prices
  // ---------------------------------------------------------------------------

  private static final String COLUMNS =
      " (symbol,bar_time,open,high,low,close,volume,coverage_ratio,session_id,schema_version,"
          + "mitigation_level,quality_flag,provider,market,trade_date,observations,event_time,"
          + "receive_time,raw_ref) ";

  /**
   * From observations, by their instants {@code at}. Ordering every observation would cost more
   * than all the rest, so only those are ordered that open, close or end a bar; where two have the
   * same instant, by where they stand.
   */
  private static final String FROM_SEEN =
      "WITH seen AS NOT MATERIALIZED (%s), b AS MATERIALIZED (SELECT symbol, bar_time,"
          + " max(last_price) AS high, min(last_price) AS low, sum(volume) AS volume,"
          + " count(*) AS n, max(schema_version) AS version, max(mitigation_level) AS level,"
          + " CASE WHEN bool_or(quality_flag='gap') THEN 'gap' WHEN bool_or(quality_flag<>'normal')"
          + " OR max(mitigation_level)>0 THEN 'degraded' ELSE 'normal' END AS flag,"
          + " max(at) AS ends, min(at) FILTER (WHERE last_price IS NOT NULL) AS opens,"
          + " max(at) FILTER (WHERE last_price IS NOT NULL) AS closes"
          + " FROM seen GROUP BY symbol, bar_time),"
          + " k AS (SELECT DISTINCT symbol, at FROM b, unnest(ARRAY[ends, opens, closes]) AS at),"
          + " x AS (SELECT seen.* FROM seen JOIN k USING (symbol, at))"
          + " SELECT b.symbol, b.bar_time,"
          + " (array_agg(last_price ORDER BY at, ref) FILTER (WHERE last_price IS NOT NULL))[1],"
          + " b.high, b.low,"
          + " (array_agg(last_price ORDER BY at, ref) FILTER (WHERE last_price IS NOT NULL))"
          + "[count(last_price)], b.volume, least(1, b.n::float8/nullif(e.n,0)),"
          + " (array_agg(session_id ORDER BY at, ref))[count(*)], b.version, b.level, b.flag,"
          + " '%s', '%s', DATE '%s', b.n,"
          + " (array_agg(event_time ORDER BY at, ref))[count(*)],"
          + " (array_agg(receive_time ORDER BY at, ref))[count(*)],"
          + " (array_agg(ref ORDER BY at, ref))[count(*)]"
          + " FROM b JOIN x USING (symbol, bar_time)"
          + " LEFT JOIN etl_expected e ON e.bar_time=b.bar_time AND e.step='%s'"
          + " GROUP BY b.symbol, b.bar_time, b.high, b.low, b.volume, b.n, b.version, b.level,"
          + " b.flag, e.n";

  private static final String SCALP_SEEN =
      "SELECT symbol, sample_time AS at, raw_ref COLLATE \"C\" AS ref,"
          + " date_bin('1 minute', sample_time, %s::timestamptz) AS bar_time, last_price, volume,"
          + " schema_version, mitigation_level, quality_flag, session_id, event_time, receive_time"
          + " FROM scalp_ticks WHERE provider='%s' AND trade_date='%s' AND market='%s'";

  private static final String SWING_SEEN =
      "SELECT *, CASE WHEN acc_volume < before THEN acc_volume ELSE acc_volume - before END AS"
          + " volume FROM (SELECT symbol, receive_time AS at, raw_ref COLLATE \"C\" AS ref,"
          + " date_bin('10 minutes', receive_time, %s::timestamptz) AS bar_time, last_price,"
          + " acc_volume, lag(acc_volume) OVER (PARTITION BY symbol ORDER BY receive_time, raw_ref"
          + " COLLATE \"C\") AS before, schema_version, mitigation_level, quality_flag,"
          + " session_id, event_time, receive_time"
          + " FROM swing_ticks WHERE provider='%s' AND trade_date='%s' AND market='%s') s";

  private void bars(String market, @Nullable DayStory story) throws SQLException {
    Due due = story == null ? null : story.due();
    // Without a word of what was due nothing is known of the market's midnight either.
    String midnight = due == null ? "DATE '" + day + "'" : "'" + time(due.midnight()) + "'";
    bars(SCALP_SEEN, "scalp_1m_bars", "1 minute", midnight, market);
    flagGaps("scalp_1m_bars", "1 minute", "scalp", market);
    longer("scalp_1m_bars", "scalp_5m_bars", "5 minutes", midnight, market);
    bars(SWING_SEEN, "swing_bars_10m", "10 minutes", midnight, market);
    flagGaps("swing_bars_10m", "10 minutes", "swing", market);
    longer("swing_bars_10m", "swing_bars_1h", "60 minutes", midnight, market);
    endOfDay(market, story);
    daily(market);
  }

  private void bars(String seen, String into, String step, String midnight, String market)
      throws SQLException {
    String rows = String.format(Locale.ROOT, seen, midnight, provider, day, market);
    execute("INSERT INTO " + into + COLUMNS + FROM_SEEN, rows, provider, market, day, step);
  }

  /** Bars of bars: the first one's open, the last one's close. */
  private void longer(String from, String into, String step, String midnight, String market)
      throws SQLException {
    execute(
        "INSERT INTO %s"
            + COLUMNS
            + "SELECT symbol, longer,"
            + " (array_agg(open ORDER BY b.bar_time) FILTER (WHERE open IS NOT NULL))[1],"
            + " max(high), min(low),"
            + " (array_agg(close ORDER BY b.bar_time DESC) FILTER (WHERE close IS NOT NULL))[1],"
            + " sum(volume), least(1, sum(observations)::float8/nullif(max(n),0)),"
            + " (array_agg(session_id ORDER BY b.bar_time DESC))[1], max(schema_version),"
            + " max(mitigation_level), CASE WHEN bool_or(quality_flag='gap') THEN 'gap'"
            + " WHEN bool_or(quality_flag<>'normal') THEN 'degraded' ELSE 'normal' END,"
            + " '%s','%s',DATE '%s', sum(observations),"
            + " (array_agg(event_time ORDER BY b.bar_time DESC))[1],"
            + " (array_agg(receive_time ORDER BY b.bar_time DESC))[1],"
            + " (array_agg(raw_ref ORDER BY b.bar_time DESC))[1]"
            + " FROM (SELECT *, date_bin('%s', bar_time, %s::timestamptz) AS longer FROM %s"
            + " WHERE provider='%s' AND trade_date='%s' AND market='%s') b"
            + " LEFT JOIN etl_expected e ON e.bar_time=b.longer AND e.step='%s'"
            + " GROUP BY symbol, longer",
        into,
        provider,
        market,
        day,
        step,
        midnight,
        from,
        provider,
        day,
        market,
        step);
    flagGaps(into, step, into.startsWith("scalp") ? "scalp" : "swing", market);
  }

  /** A bar that lacks something because of a gap says so, whether a line says it or not. */
  private void flagGaps(String table, String step, String scope, String market)
      throws SQLException {
    execute(
        "UPDATE %s b SET quality_flag='gap' WHERE provider='%s' AND trade_date='%s' AND"
            + " market='%s' AND quality_flag<>'gap' AND coalesce(coverage_ratio,0) < 1 AND EXISTS"
            + " (SELECT 1 FROM scalp_gaps g WHERE g.provider='%s' AND g.trade_date='%s' AND"
            + " g.market='%s' AND g.scope IN ('all','%s') AND g.gap_start_ts < b.bar_time +"
            + " interval '%s' AND g.gap_end_ts > b.bar_time AND (g.symbols IS NULL OR b.symbol ="
            + " ANY(g.symbols)))",
        table, provider, day, market, provider, day, market, scope, step);
  }

  private void endOfDay(String market, @Nullable DayStory story) throws SQLException {
    Long began = story == null ? null : story.closingBegan();
    if (began == null) {
      return;
    }
    execute(
        "INSERT INTO eod_prices (symbol,trade_date,open,high,low,close,volume,prev_close,"
            + "schema_version,provider,market,event_time,receive_time,session_id,mitigation_level,"
            + "quality_flag,raw_ref) SELECT DISTINCT ON (symbol) symbol, trade_date, open, high,"
            + " low, last_price, acc_volume, p.prev_close, schema_version, provider, market,"
            + " event_time, receive_time, session_id, mitigation_level, quality_flag, raw_ref"
            + " FROM swing_ticks t LEFT JOIN etl_prev p USING (symbol) WHERE provider='%s' AND"
            + " trade_date='%s' AND market='%s' AND receive_time >= '%s' ORDER BY symbol,"
            + " receive_time DESC, raw_ref COLLATE \"C\" DESC",
        provider, day, market, time(began));
  }

  /** The closing sweep's own figures where there is one, else those of the observations. */
  private void daily(String market) throws SQLException {
    execute(
        "INSERT INTO portfolio_daily_bars (symbol,trade_date,open,high,low,close,volume,"
            + "coverage_ratio,session_id,schema_version,mitigation_level,quality_flag,provider,"
            + "market,observations,event_time,receive_time,raw_ref)"
            + " SELECT b.symbol, b.trade_date, coalesce(e.open,b.open), coalesce(e.high,b.high),"
            + " coalesce(e.low,b.low), coalesce(e.close,b.close), coalesce(e.volume,b.volume),"
            + " b.coverage, b.session_id, b.schema_version, b.level, b.flag, b.provider, b.market,"
            + " b.n, coalesce(e.event_time,b.event_time),"
            + " coalesce(e.receive_time,b.receive_time), coalesce(e.raw_ref,b.raw_ref)"
            + " FROM (SELECT symbol, trade_date, provider, market,"
            + " (array_agg(open ORDER BY bar_time) FILTER (WHERE open IS NOT NULL))[1] AS open,"
            + " max(high) AS high, min(low) AS low,"
            + " (array_agg(close ORDER BY bar_time DESC) FILTER (WHERE close IS NOT NULL))[1]"
            + " AS close, sum(volume) AS volume, sum(observations) AS n,"
            + " least(1, sum(observations)::float8/nullif((SELECT n FROM etl_expected WHERE"
            + " step='1 day'),0)) AS coverage,"
            + " (array_agg(session_id ORDER BY bar_time DESC))[1] AS session_id,"
            + " max(schema_version) AS schema_version, max(mitigation_level) AS level,"
            + " CASE WHEN bool_or(quality_flag='gap') THEN 'gap' WHEN"
            + " bool_or(quality_flag<>'normal') THEN 'degraded' ELSE 'normal' END AS flag,"
            + " (array_agg(event_time ORDER BY bar_time DESC))[1] AS event_time,"
            + " (array_agg(receive_time ORDER BY bar_time DESC))[1] AS receive_time,"
            + " (array_agg(raw_ref ORDER BY bar_time DESC))[1] AS raw_ref"
            + " FROM swing_bars_1h WHERE provider='%s' AND trade_date='%s' AND market='%s'"
            + " GROUP BY symbol, trade_date, provider, market) b LEFT JOIN eod_prices e"
            + " USING (provider, market, symbol, trade_date)",
        provider, day, market);
  }

  /** A whole minute of a slot in which lines were due, and neither a line nor a word is. */
  private void unexplained(String market, DayStory story) throws SQLException {
    Due due = story.due();
    if (due == null) {
      return;
    }
    execute(
        "INSERT INTO scalp_gaps (gap_start_ts,gap_end_ts,gap_seconds,scope,reason,session_id,"
            + "provider,market,trade_date,symbols,event_time) SELECT m, m + interval '1 minute', 60,"
            + " 'scalp', 'unexplained', '', '%s', '%s', DATE '%s', ARRAY[s.symbol]::varchar(20)[], m"
            + " FROM etl_stays s CROSS JOIN generate_series(date_bin('1 minute', greatest(s.since, '%s'),"
            + " '%s'), least(s.until, '%s') - interval '1 minute', interval '1 minute') m"
            + " JOIN etl_expected e ON e.bar_time=m AND e.step='1 minute' AND e.n > 0"
            + " WHERE m > s.since AND m >= '%s' AND m + interval '1 minute' <= s.until"
            + " AND NOT EXISTS (SELECT 1 FROM scalp_1m_bars b WHERE b.provider='%s' AND"
            + " b.trade_date='%s' AND b.market='%s' AND b.symbol=s.symbol AND b.bar_time=m)"
            + " AND NOT EXISTS (SELECT 1 FROM scalp_gaps g WHERE g.provider='%s' AND"
            + " g.trade_date='%s' AND g.market='%s' AND g.scope IN ('all','scalp') AND"
            + " g.gap_start_ts < m + interval '1 minute' AND g.gap_end_ts > m AND (g.symbols IS NULL"
            + " OR s.symbol = ANY(g.symbols)))",
        provider,
        market,
        day,
        time(due.scalpFrom()),
        time(due.midnight()),
        time(due.scalpUntil()),
        time(due.scalpFrom()),
        provider,
        day,
        market,
        provider,
        day,
        market);
  }

  // ---- The universe
  // ------------------------------------------------------------------------------

  private void universe(Map<String, String> closes) throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    closes.forEach(
        (symbol, close) -> rows.append(text(symbol)).append('\t').append(close).append('\n'));
    copy("COPY etl_prev FROM STDIN", rows);
  }

  // ---- Words for COPY
  // ----------------------------------------------------------------------------

  private void copy(String into, StringBuilder rows) throws SQLException, IOException {
    InputStream text = new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8));
    db.unwrap(PGConnection.class).getCopyAPI().copyIn(into, text);
  }

  /** Names come from folders that were checked, days and instants from their own types. */
  private void execute(String sql, Object... values) throws SQLException {
    try (Statement s = db.createStatement()) {
      s.execute(values.length == 0 ? sql : String.format(Locale.ROOT, sql, values));
    }
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String text(String raw) {
    return raw.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String array(@Nullable List<String> all) {
    if (all == null) {
      return "\\N";
    }
    List<String> quoted = new ArrayList<>();
    for (String one : all) {
      quoted.add('"' + one.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }
    return text('{' + String.join(",", quoted) + '}');
  }
}
