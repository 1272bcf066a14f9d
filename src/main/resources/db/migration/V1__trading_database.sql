-- The trading database (docs/database.md). What may go after thirty days is partitioned by provider
-- and then by day of the market, so that forgetting a provider's day is dropping a table.

-- ---- What was loaded, and the proof ------------------------------------------------------------

CREATE TABLE etl_segments (
    segment_id      SERIAL PRIMARY KEY,
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20),
    trade_date      DATE NOT NULL,
    lane            VARCHAR(20) NOT NULL,
    path            VARCHAR(200) NOT NULL,
    sha256          CHAR(64) NOT NULL,
    sealed          BOOLEAN NOT NULL,
    bytes           BIGINT NOT NULL,
    lines           BIGINT NOT NULL,
    row_count       BIGINT NOT NULL,
    row_hash        BIGINT NOT NULL,
    loaded_at       TIMESTAMPTZ NOT NULL,
    UNIQUE (path)
);
CREATE INDEX idx_etl_segments_day ON etl_segments(provider, trade_date);

CREATE TABLE etl_minutes (
    segment_id      INT NOT NULL REFERENCES etl_segments(segment_id) ON DELETE CASCADE,
    minute          TIMESTAMPTZ NOT NULL,
    archive_rows    BIGINT NOT NULL,
    archive_hash    BIGINT NOT NULL,
    database_rows   BIGINT,
    database_hash   BIGINT,
    PRIMARY KEY (segment_id, minute)
);

CREATE TABLE etl_days (
    provider        VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    loads           BIGINT NOT NULL DEFAULT 0,
    derived         BIGINT NOT NULL DEFAULT 0,
    proven          BIGINT NOT NULL DEFAULT 0,
    proven_at       TIMESTAMPTZ,
    agrees          BOOLEAN,
    PRIMARY KEY (provider, trade_date)
);

CREATE TABLE etl_dead_letters (
    path            VARCHAR(200) NOT NULL,
    sha256          CHAR(64) NOT NULL,
    provider        VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    line            BIGINT NOT NULL,
    reason          TEXT NOT NULL,
    refused_at      TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (path, sha256)
);

-- ---- Scalp: the slots, two observations a second ----------------------------------------------

CREATE TABLE scalp_ticks (
    id              BIGSERIAL,
    symbol          VARCHAR(20) NOT NULL,
    event_time      TIMESTAMPTZ NOT NULL,
    bid_price       NUMERIC(24,12),
    ask_price       NUMERIC(24,12),
    bid_size        NUMERIC(30,12),
    ask_size        NUMERIC(30,12),
    last_price      NUMERIC(24,12),
    volume          NUMERIC(30,12),
    session_id      VARCHAR(50) NOT NULL,
    schema_version  VARCHAR(10) DEFAULT '1.0',
    receive_time    TIMESTAMPTZ,
    mitigation_level INT DEFAULT 0,
    quality_flag    VARCHAR(20) DEFAULT 'normal',
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    sample_time     TIMESTAMPTZ NOT NULL,
    segment_id      INT NOT NULL,
    raw_ref         VARCHAR(250) NOT NULL,
    PRIMARY KEY (provider, trade_date, id)
) PARTITION BY LIST (provider);
CREATE INDEX idx_scalp_ticks_symbol_time ON scalp_ticks(symbol, event_time);
CREATE INDEX idx_scalp_ticks_session ON scalp_ticks(session_id);
CREATE INDEX idx_scalp_ticks_segment ON scalp_ticks USING brin (segment_id) WITH (pages_per_range = 16);

CREATE TABLE scalp_1m_bars (
    symbol          VARCHAR(20) NOT NULL,
    bar_time        TIMESTAMPTZ NOT NULL,
    open            NUMERIC(24,12),
    high            NUMERIC(24,12),
    low             NUMERIC(24,12),
    close           NUMERIC(24,12),
    volume          NUMERIC(30,12),
    coverage_ratio  FLOAT,
    session_id      VARCHAR(50) NOT NULL,
    schema_version  VARCHAR(10) DEFAULT '1.0',
    mitigation_level INT DEFAULT 0,
    quality_flag    VARCHAR(20) DEFAULT 'normal',
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    observations    INT NOT NULL,
    event_time      TIMESTAMPTZ NOT NULL,
    receive_time    TIMESTAMPTZ,
    raw_ref         VARCHAR(250) NOT NULL,
    PRIMARY KEY (provider, market, symbol, trade_date, bar_time)
) PARTITION BY LIST (provider);
CREATE INDEX idx_scalp_1m_bars_session ON scalp_1m_bars(session_id);

CREATE TABLE scalp_5m_bars (
    LIKE scalp_1m_bars INCLUDING DEFAULTS,
    PRIMARY KEY (provider, market, symbol, trade_date, bar_time)
) PARTITION BY LIST (provider);
CREATE INDEX idx_scalp_5m_bars_session ON scalp_5m_bars(session_id);

CREATE TABLE scalp_gaps (
    id              SERIAL PRIMARY KEY,
    gap_start_ts    TIMESTAMPTZ NOT NULL,
    gap_end_ts      TIMESTAMPTZ NOT NULL,
    gap_seconds     INT NOT NULL,
    scope           VARCHAR(20),
    reason          VARCHAR(100),
    session_id      VARCHAR(50) NOT NULL,
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    symbols         VARCHAR(20)[],
    schema_version  VARCHAR(10) DEFAULT '1.0',
    event_time      TIMESTAMPTZ NOT NULL,
    raw_ref         VARCHAR(250)
);
CREATE INDEX idx_scalp_gaps_session ON scalp_gaps(session_id);
CREATE INDEX idx_scalp_gaps_time ON scalp_gaps(gap_start_ts);
CREATE INDEX idx_scalp_gaps_day ON scalp_gaps(provider, trade_date);

-- ---- Swing: everybody, every ten minutes -------------------------------------------------------

CREATE TABLE swing_ticks (
    id              BIGSERIAL,
    symbol          VARCHAR(20) NOT NULL,
    event_time      TIMESTAMPTZ NOT NULL,
    bid_price       NUMERIC(24,12),
    ask_price       NUMERIC(24,12),
    bid_size        NUMERIC(30,12),
    ask_size        NUMERIC(30,12),
    last_price      NUMERIC(24,12),
    acc_volume      NUMERIC(30,12),
    acc_value       NUMERIC(30,12),
    open            NUMERIC(24,12),
    high            NUMERIC(24,12),
    low             NUMERIC(24,12),
    prev_close      NUMERIC(24,12),
    session_id      VARCHAR(50) NOT NULL,
    schema_version  VARCHAR(10) DEFAULT '1.0',
    receive_time    TIMESTAMPTZ NOT NULL,
    mitigation_level INT DEFAULT 0,
    quality_flag    VARCHAR(20) DEFAULT 'normal',
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    segment_id      INT NOT NULL,
    raw_ref         VARCHAR(250) NOT NULL,
    PRIMARY KEY (provider, trade_date, id)
) PARTITION BY LIST (provider);
CREATE INDEX idx_swing_ticks_symbol_time ON swing_ticks(symbol, event_time);
CREATE INDEX idx_swing_ticks_session ON swing_ticks(session_id);
CREATE INDEX idx_swing_ticks_segment ON swing_ticks USING brin (segment_id) WITH (pages_per_range = 16);

CREATE TABLE swing_bars_10m (
    LIKE scalp_1m_bars INCLUDING DEFAULTS,
    PRIMARY KEY (provider, market, symbol, trade_date, bar_time)
) PARTITION BY LIST (provider);
CREATE INDEX idx_swing_10m_session ON swing_bars_10m(session_id);

CREATE TABLE swing_bars_1h (
    LIKE scalp_1m_bars INCLUDING DEFAULTS,
    PRIMARY KEY (provider, market, symbol, trade_date, bar_time)
) PARTITION BY LIST (provider);
CREATE INDEX idx_swing_1h_session ON swing_bars_1h(session_id);

CREATE TABLE eod_prices (
    symbol          VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    open            NUMERIC(24,12),
    high            NUMERIC(24,12),
    low             NUMERIC(24,12),
    close           NUMERIC(24,12),
    volume          NUMERIC(30,12),
    prev_close      NUMERIC(24,12),
    schema_version  VARCHAR(10) DEFAULT '1.0',
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20) NOT NULL,
    event_time      TIMESTAMPTZ NOT NULL,
    receive_time    TIMESTAMPTZ NOT NULL,
    session_id      VARCHAR(50) NOT NULL,
    mitigation_level INT DEFAULT 0,
    quality_flag    VARCHAR(20) DEFAULT 'normal',
    raw_ref         VARCHAR(250) NOT NULL,
    PRIMARY KEY (provider, market, symbol, trade_date)
);
CREATE INDEX idx_eod_prices_date ON eod_prices(trade_date);

-- ---- Portfolio: proposals only, nothing is sent to a broker ------------------------------------

CREATE TABLE portfolio_daily_bars (
    symbol          VARCHAR(20) NOT NULL,
    trade_date      DATE NOT NULL,
    open            NUMERIC(24,12),
    high            NUMERIC(24,12),
    low             NUMERIC(24,12),
    close           NUMERIC(24,12),
    volume          NUMERIC(30,12),
    coverage_ratio  FLOAT,
    session_id      VARCHAR(50) NOT NULL,
    schema_version  VARCHAR(10) DEFAULT '1.0',
    mitigation_level INT DEFAULT 0,
    quality_flag    VARCHAR(20) DEFAULT 'normal',
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20) NOT NULL,
    observations    INT NOT NULL,
    event_time      TIMESTAMPTZ NOT NULL,
    receive_time    TIMESTAMPTZ,
    raw_ref         VARCHAR(250) NOT NULL,
    PRIMARY KEY (provider, market, symbol, trade_date)
);
CREATE INDEX idx_portfolio_daily_bars_date ON portfolio_daily_bars(trade_date);

CREATE TABLE portfolio_policy (
    policy_id       VARCHAR(50) PRIMARY KEY,
    name            VARCHAR(100) NOT NULL,
    rebalance_freq  VARCHAR(20),
    max_position_pct FLOAT,
    created_at      TIMESTAMPTZ DEFAULT NOW(),
    provider        VARCHAR(20) NOT NULL,
    market          VARCHAR(20) NOT NULL
);

CREATE TABLE target_weights (
    policy_id       VARCHAR(50) REFERENCES portfolio_policy(policy_id),
    symbol          VARCHAR(20) NOT NULL,
    target_weight   FLOAT NOT NULL,
    effective_date  DATE NOT NULL,
    PRIMARY KEY (policy_id, symbol, effective_date)
);

CREATE TABLE portfolio_snapshot (
    snapshot_id     BIGSERIAL PRIMARY KEY,
    policy_id       VARCHAR(50) REFERENCES portfolio_policy(policy_id),
    snapshot_time   TIMESTAMPTZ NOT NULL,
    total_value     NUMERIC(20,4),
    cash            NUMERIC(20,4),
    session_id      VARCHAR(50),
    trade_date      DATE NOT NULL,
    UNIQUE (policy_id, trade_date)
);
CREATE INDEX idx_portfolio_snapshot_policy ON portfolio_snapshot(policy_id);
CREATE INDEX idx_portfolio_snapshot_session ON portfolio_snapshot(session_id);

CREATE TABLE portfolio_positions (
    snapshot_id     BIGINT REFERENCES portfolio_snapshot(snapshot_id),
    symbol          VARCHAR(20) NOT NULL,
    quantity        NUMERIC(30,12),
    avg_price       NUMERIC(24,12),
    market_value    NUMERIC(20,4),
    weight_pct      FLOAT,
    raw_ref         VARCHAR(250),
    PRIMARY KEY (snapshot_id, symbol)
);

CREATE TABLE rebalance_plan (
    plan_id         BIGSERIAL PRIMARY KEY,
    policy_id       VARCHAR(50) REFERENCES portfolio_policy(policy_id),
    created_at      TIMESTAMPTZ DEFAULT NOW(),
    status          VARCHAR(20) DEFAULT 'pending',
    session_id      VARCHAR(50),
    trade_date      DATE NOT NULL,
    UNIQUE (policy_id, trade_date)
);
CREATE INDEX idx_rebalance_plan_session ON rebalance_plan(session_id);

CREATE TABLE rebalance_orders (
    order_id        BIGSERIAL PRIMARY KEY,
    plan_id         BIGINT REFERENCES rebalance_plan(plan_id),
    symbol          VARCHAR(20) NOT NULL,
    side            VARCHAR(10) NOT NULL,
    target_qty      NUMERIC(30,12),
    order_type      VARCHAR(20)
);
CREATE INDEX idx_rebalance_orders_plan ON rebalance_orders(plan_id);

CREATE TABLE rebalance_execution (
    exec_id         BIGSERIAL PRIMARY KEY,
    order_id        BIGINT REFERENCES rebalance_orders(order_id),
    filled_qty      NUMERIC(30,12),
    filled_price    NUMERIC(24,12),
    exec_time       TIMESTAMPTZ,
    status          VARCHAR(20)
);
CREATE INDEX idx_rebalance_execution_order ON rebalance_execution(order_id);

-- ---- Unit and source of every column: first by name, then where a table means something else ----

DO $$
DECLARE
    one RECORD;
BEGIN
    FOR one IN
        SELECT c.relname AS in_table, w.column_name, w.words
        FROM (VALUES
            ('id', 'number; given by the database'),
            ('symbol', 'code of the venue, opaque; the line''s symbol'),
            ('event_time', 'instant (UTC); the line''s event_time: when it happened, by the venue'),
            ('receive_time', 'instant (UTC); the line''s receive_time: when it was heard'),
            ('sample_time', 'instant (UTC); the line''s sample_time: the nominal instant of the grid'),
            ('session_id', 'name; the line''s session_id: which run of the observer saw it'),
            ('schema_version', 'version; the line''s schema_version'),
            ('mitigation_level', '0, 1 or 2; the line''s mitigation_level when it was recorded'),
            ('quality_flag', 'normal, degraded or gap; the line''s quality_flag'),
            ('provider', 'name; the archive''s folder'),
            ('market', 'name; the archive''s folder'),
            ('trade_date', 'day in the market''s local time; the archive''s folder'),
            ('segment_id', 'number; etl_segments, the file that the row came from'),
            ('raw_ref', 'path:line below the archive root; the line that the row came from'),
            ('bid_price', 'price in the market''s currency; best bid of the line'),
            ('ask_price', 'price in the market''s currency; best ask of the line'),
            ('bid_size', 'units of the instrument; size of the best bid of the line'),
            ('ask_size', 'units of the instrument; size of the best ask of the line'),
            ('last_price', 'price in the market''s currency; last trade of the line'),
            ('acc_volume', 'units of the instrument since the venue''s day began; the line''s acc_volume'),
            ('acc_value', 'the market''s currency since the venue''s day began; the line''s acc_value'),
            ('prev_close', 'price in the market''s currency; the line''s prev_close'),
            ('bar_time', 'instant (UTC) at which the bar begins, itself included; counted from local midnight'),
            ('open', 'price in the market''s currency; last_price of the bar''s first observation that has one'),
            ('high', 'price in the market''s currency; highest last_price of the bar''s observations'),
            ('low', 'price in the market''s currency; lowest last_price of the bar''s observations'),
            ('close', 'price in the market''s currency; last_price of the bar''s last observation that has one'),
            ('volume', 'units of the instrument; what the bar''s observations told of as traded since the one before'),
            ('observations', 'count; how many lines the bar is made of'),
            ('coverage_ratio', 'share from 0 to 1; observations of those that the grid and the level called for'),
            ('policy_id', 'name; config/portfolio'),
            ('created_at', 'instant (UTC); by the clock of the load'),
            ('loaded_at', 'instant (UTC); by the clock of the load'),
            ('path', 'path below the archive root, uncompressed name; the manifest'),
            ('sha256', 'hex; the manifest''s sha256 of the content that was loaded'),
            ('lane', 'name; the archive''s lane'),
            ('bytes', 'bytes, uncompressed; what was read'),
            ('lines', 'count; what was read'),
            ('plan_id', 'number; rebalance_plan'),
            ('order_id', 'number; rebalance_orders'),
            ('snapshot_id', 'number; portfolio_snapshot')
        ) AS w(column_name, words)
        JOIN pg_attribute a ON a.attname = w.column_name AND NOT a.attisdropped
        JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
        WHERE c.relnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', one.in_table, one.column_name, one.words);
    END LOOP;
END $$;

COMMENT ON COLUMN scalp_ticks.volume IS 'units of the instrument; the line''s volume: traded since the sample before';
COMMENT ON COLUMN swing_ticks.open IS 'price in the market''s currency; the line''s open of the venue''s day';
COMMENT ON COLUMN swing_ticks.high IS 'price in the market''s currency; the line''s high of the venue''s day';
COMMENT ON COLUMN swing_ticks.low IS 'price in the market''s currency; the line''s low of the venue''s day';
COMMENT ON COLUMN eod_prices.open IS 'price in the market''s currency; open of the closing sweep''s line';
COMMENT ON COLUMN eod_prices.high IS 'price in the market''s currency; high of the closing sweep''s line';
COMMENT ON COLUMN eod_prices.low IS 'price in the market''s currency; low of the closing sweep''s line';
COMMENT ON COLUMN eod_prices.close IS 'price in the market''s currency; last_price of the closing sweep''s line';
COMMENT ON COLUMN eod_prices.volume IS 'units of the instrument; acc_volume of the closing sweep''s line';
COMMENT ON COLUMN eod_prices.prev_close IS 'price in the market''s currency; prev_close of the day''s universe';
COMMENT ON COLUMN scalp_gaps.gap_start_ts IS 'instant (UTC), itself included; the marker''s gap_start_ts';
COMMENT ON COLUMN scalp_gaps.gap_end_ts IS 'instant (UTC), itself excluded; the marker''s gap_end_ts';
COMMENT ON COLUMN scalp_gaps.gap_seconds IS 'seconds, rounded up; the marker''s gap_seconds';
COMMENT ON COLUMN scalp_gaps.scope IS 'scalp, swing or all; the marker''s scope';
COMMENT ON COLUMN scalp_gaps.reason IS 'word; the marker''s reason, or not_running between two sessions, or unexplained';
COMMENT ON COLUMN scalp_gaps.symbols IS 'codes; the marker''s symbols, NULL for everybody';
COMMENT ON COLUMN scalp_gaps.event_time IS 'instant (UTC); the marker''s timestamp';
COMMENT ON COLUMN scalp_gaps.raw_ref IS 'path:line below the archive root; the event, NULL where its absence is the evidence';
COMMENT ON COLUMN portfolio_policy.name IS 'words; config/portfolio';
COMMENT ON COLUMN portfolio_policy.rebalance_freq IS 'daily, weekly or monthly; config/portfolio';
COMMENT ON COLUMN portfolio_policy.max_position_pct IS 'percent of the total value; config/portfolio';
COMMENT ON COLUMN portfolio_policy.provider IS 'name; config/portfolio, whose prices value it';
COMMENT ON COLUMN portfolio_policy.market IS 'name; config/portfolio, whose prices value it';
COMMENT ON COLUMN target_weights.target_weight IS 'share from 0 to 1; config/portfolio';
COMMENT ON COLUMN target_weights.effective_date IS 'day; config/portfolio, from when on the weight holds';
COMMENT ON COLUMN portfolio_snapshot.snapshot_time IS 'instant (UTC); the newest event_time among the closes that value it';
COMMENT ON COLUMN portfolio_snapshot.total_value IS 'the market''s currency; cash and positions at the day''s closes';
COMMENT ON COLUMN portfolio_snapshot.cash IS 'the market''s currency; config/portfolio';
COMMENT ON COLUMN portfolio_snapshot.session_id IS 'name; session_id of the closes that value it';
COMMENT ON COLUMN portfolio_positions.quantity IS 'units of the instrument; config/portfolio';
COMMENT ON COLUMN portfolio_positions.avg_price IS 'price in the market''s currency; config/portfolio';
COMMENT ON COLUMN portfolio_positions.market_value IS 'the market''s currency; quantity at the day''s close, NULL without one';
COMMENT ON COLUMN portfolio_positions.weight_pct IS 'percent of the total value; reckoned';
COMMENT ON COLUMN portfolio_positions.raw_ref IS 'path:line below the archive root; the line that gave the close';
COMMENT ON COLUMN rebalance_plan.status IS 'pending, executing, done or cancelled; pending from here, the rest is another''s';
COMMENT ON COLUMN rebalance_plan.session_id IS 'name; session_id of the closes that it rests on';
COMMENT ON COLUMN rebalance_orders.side IS 'BUY or SELL; reckoned';
COMMENT ON COLUMN rebalance_orders.target_qty IS 'units of the instrument to buy or sell; reckoned';
COMMENT ON COLUMN rebalance_orders.order_type IS 'MARKET or LIMIT; reckoned';
COMMENT ON COLUMN rebalance_execution.exec_id IS 'number; given by the database';
COMMENT ON COLUMN rebalance_execution.filled_qty IS 'units of the instrument; whoever executes, nothing here writes it';
COMMENT ON COLUMN rebalance_execution.filled_price IS 'price in the market''s currency; whoever executes, nothing here writes it';
COMMENT ON COLUMN rebalance_execution.exec_time IS 'instant (UTC); whoever executes, nothing here writes it';
COMMENT ON COLUMN rebalance_execution.status IS 'PARTIAL, FILLED or REJECTED; whoever executes, nothing here writes it';
COMMENT ON COLUMN etl_segments.sealed IS 'yes or no; whether the manifest calls it sealed, else a vouched prefix';
COMMENT ON COLUMN etl_segments.row_count IS 'count; rows that the archive has in this file';
COMMENT ON COLUMN etl_segments.row_hash IS 'sum of 64-bit hashes, wrapping; of the rows that the archive has in this file';
COMMENT ON COLUMN etl_minutes.minute IS 'instant (UTC) at which the minute begins; sample_time or receive_time of the lines';
COMMENT ON COLUMN etl_minutes.archive_rows IS 'count; what the archive has, counted while it was read';
COMMENT ON COLUMN etl_minutes.archive_hash IS 'sum of 64-bit hashes, wrapping; what the archive has, reckoned while it was read';
COMMENT ON COLUMN etl_minutes.database_rows IS 'count; what the database had at the last proof';
COMMENT ON COLUMN etl_minutes.database_hash IS 'sum of 64-bit hashes, wrapping; what the database had at the last proof';
COMMENT ON COLUMN etl_days.loads IS 'count; how often a segment of the day was loaded';
COMMENT ON COLUMN etl_days.derived IS 'count; loads when bars and prices were last derived';
COMMENT ON COLUMN etl_days.proven IS 'count; loads when the whole day was last proven';
COMMENT ON COLUMN etl_days.proven_at IS 'instant (UTC); by the clock of the load';
COMMENT ON COLUMN etl_days.agrees IS 'yes or no; whether archive and database agreed at the last proof';
COMMENT ON COLUMN etl_dead_letters.line IS 'number from 1; the line that was refused, 0 for the file as a whole';
COMMENT ON COLUMN etl_dead_letters.reason IS 'words; why the file was refused';
COMMENT ON COLUMN etl_dead_letters.refused_at IS 'instant (UTC); by the clock of the load';

-- A number a row is all that they give: fetching them one by one is what costs.
ALTER SEQUENCE scalp_ticks_id_seq CACHE 1000;
ALTER SEQUENCE swing_ticks_id_seq CACHE 1000;
