package io.stockobserver.provider.kis;

/** The fields of an execution that have a common name, by their index (KIS sheet 6.7, 8). */
final class KisTradeField {
  static final int SYMBOL = 0;
  static final int TIME = 1;
  static final int PRICE = 2;
  static final int CHANGE = 4;
  static final int OPEN = 7;
  static final int HIGH = 8;
  static final int LOW = 9;
  static final int ASK = 10;
  static final int BID = 11;
  static final int SIZE = 12;
  static final int ACC_VOLUME = 13;
  static final int ACC_VALUE = 14;
  static final int SIDE = 21;
  static final int DATE = 33;
  static final int HALTED = 35;
  static final int ASK_SIZE = 36;
  static final int BID_SIZE = 37;

  /** Fields of a record before 2026-09-14; less is no execution. */
  static final int FEWEST = 46;

  /** Fields of a record since 2026-09-14. */
  static final int NOW = 47;

  private static final String[] NAMES = {
    "MKSC_SHRN_ISCD",
    "STCK_CNTG_HOUR",
    "STCK_PRPR",
    "PRDY_VRSS_SIGN",
    "PRDY_VRSS",
    "PRDY_CTRT",
    "WGHN_AVRG_STCK_PRC",
    "STCK_OPRC",
    "STCK_HGPR",
    "STCK_LWPR",
    "ASKP1",
    "BIDP1",
    "CNTG_VOL",
    "ACML_VOL",
    "ACML_TR_PBMN",
    "SELN_CNTG_CSNU",
    "SHNU_CNTG_CSNU",
    "NTBY_CNTG_CSNU",
    "CTTR",
    "SELN_CNTG_SMTN",
    "SHNU_CNTG_SMTN",
    "CCLD_DVSN",
    "SHNU_RATE",
    "PRDY_VOL_VRSS_ACML_VOL_RATE",
    "OPRC_HOUR",
    "OPRC_VRSS_PRPR_SIGN",
    "OPRC_VRSS_PRPR",
    "HGPR_HOUR",
    "HGPR_VRSS_PRPR_SIGN",
    "HGPR_VRSS_PRPR",
    "LWPR_HOUR",
    "LWPR_VRSS_PRPR_SIGN",
    "LWPR_VRSS_PRPR",
    "BSOP_DATE",
    "NEW_MKOP_CLS_CODE",
    "TRHT_YN",
    "ASKP_RSQN1",
    "BIDP_RSQN1",
    "TOTAL_ASKP_RSQN",
    "TOTAL_BIDP_RSQN",
    "VOL_TNRT",
    "PRDY_SMNS_HOUR_ACML_VOL",
    "PRDY_SMNS_HOUR_ACML_VOL_RATE",
    "HOUR_CLS_CODE",
    "MRKT_TRTM_CLS_CODE",
    "VI_STND_PRC",
    "MARKET_CLS_CODE"
  };

  private KisTradeField() {}

  /** The venue's name of the field at {@code index}, below {@link #NOW}. */
  static String name(int index, KisVenue venue) {
    return index == SIDE ? venue.sideName() : NAMES[index];
  }

  /**
   * Whether an observation says it, so that the specifics need not. The change against the base
   * price and the halt are said by both: what is derived from them does not give back their digits.
   */
  static boolean mapped(int index) {
    return switch (index) {
      case SYMBOL,
          TIME,
          PRICE,
          OPEN,
          HIGH,
          LOW,
          ASK,
          BID,
          SIZE,
          ACC_VOLUME,
          ACC_VALUE,
          DATE,
          ASK_SIZE,
          BID_SIZE ->
          true;
      default -> false;
    };
  }

  /** Whether we read it as a number. */
  static boolean numeric(int index) {
    return index == CHANGE || (mapped(index) && index != SYMBOL && index != TIME && index != DATE);
  }
}
