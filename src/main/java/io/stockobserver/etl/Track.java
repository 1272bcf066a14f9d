package io.stockobserver.etl;

import io.stockobserver.archive.Lane;
import java.util.List;
import java.util.Locale;

/** The two tables of observations, and how a row of each is written and proven. */
enum Track {
  SCALP(
      Lane.SCALP,
      "scalp_ticks",
      "sample_time",
      List.of(
          Figure.BID_PRICE,
          Figure.ASK_PRICE,
          Figure.BID_SIZE,
          Figure.ASK_SIZE,
          Figure.LAST_PRICE,
          Figure.VOLUME)),
  SWING(
      Lane.SWING,
      "swing_ticks",
      "receive_time",
      List.of(
          Figure.BID_PRICE,
          Figure.ASK_PRICE,
          Figure.BID_SIZE,
          Figure.ASK_SIZE,
          Figure.LAST_PRICE,
          Figure.ACC_VOLUME,
          Figure.ACC_VALUE,
          Figure.OPEN,
          Figure.HIGH,
          Figure.LOW,
          Figure.PREV_CLOSE));

  /** A figure of a line, by the name of its key and of its column. */
  enum Figure {
    BID_PRICE(Numeral.PRICE),
    ASK_PRICE(Numeral.PRICE),
    BID_SIZE(Numeral.SIZE),
    ASK_SIZE(Numeral.SIZE),
    LAST_PRICE(Numeral.PRICE),
    VOLUME(Numeral.SIZE),
    ACC_VOLUME(Numeral.SIZE),
    ACC_VALUE(Numeral.SIZE),
    OPEN(Numeral.PRICE),
    HIGH(Numeral.PRICE),
    LOW(Numeral.PRICE),
    PREV_CLOSE(Numeral.PRICE);

    private final int whole;

    Figure(int whole) {
      this.whole = whole;
    }

    /** How many digits may stand before the point. */
    int whole() {
      return whole;
    }

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Lane lane;
  private final String table;
  private final String minuteOf;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Figure> figures;

  Track(Lane lane, String table, String minuteOf, List<Figure> figures) {
    this.lane = lane;
    this.table = table;
    this.minuteOf = minuteOf;
    this.figures = figures;
  }

  Lane lane() {
    return lane;
  }

  String table() {
    return table;
  }

  /** The instant that says which minute a row belongs to. */
  String minuteOf() {
    return minuteOf;
  }

  List<Figure> figures() {
    return figures;
  }

  private String figureColumns() {
    return String.join(",", figures.stream().map(Figure::key).toList());
  }

  /**
   * COPY into this table, a partition as a rule; {@link SnapshotLine} writes the columns in this
   * order.
   *
   * @param frozen into a table that was made in this very transaction, with no savepoint since
   */
  String copyInto(String partition, boolean frozen) {
    return "COPY "
        + partition
        + " (symbol,event_time,receive_time,"
        + (this == SCALP ? "sample_time," : "")
        + figureColumns()
        + ",session_id,mitigation_level,quality_flag,schema_version,provider,market,trade_date,"
        + "segment_id,raw_ref) FROM STDIN (FORMAT binary"
        + (frozen ? ", FREEZE)" : ")");
  }

  /** How many columns these are. */
  int columns() {
    return figures.size() + (this == SCALP ? 13 : 12);
  }

  /**
   * The row as the database has it: every column but the numbers that the database gives, and
   * whether each figure is below zero, which the hash of a NUMERIC does not tell.
   */
  String rowSql() {
    return "ROW(symbol,event_time,receive_time,"
        + (this == SCALP ? "sample_time," : "")
        + figureColumns()
        + ",session_id,mitigation_level,quality_flag,schema_version,provider,market,trade_date,"
        + "raw_ref,"
        + String.join("<0,", figures.stream().map(Figure::key).toList())
        + "<0)";
  }
}
