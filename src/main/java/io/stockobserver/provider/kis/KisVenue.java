package io.stockobserver.provider.kis;

import java.util.Locale;

/**
 * Which trading venue KIS is asked about. Unified (KRX and NXT together) affects the feed only:
 * whether the 30-symbol quote call knows it is uncertain (KIS sheet 4.3), so REST asks KRX then.
 */
public enum KisVenue {
  /** Korea Exchange: KOSPI and KOSDAQ. */
  KRX("J", "H0STCNT0", "CCLD_DVSN"),
  /** Nextrade, live only. */
  NXT("NX", "H0NXCNT0", "CNTG_CLS_CODE"),
  /** Both, live only. */
  UNIFIED("J", "H0UNCNT0", "CNTG_CLS_CODE");

  private final String division;
  private final String tradeTr;
  private final String sideName;

  KisVenue(String division, String tradeTr, String sideName) {
    this.division = division;
    this.tradeTr = tradeTr;
    this.sideName = sideName;
  }

  /** {@code krx}, {@code nxt} or {@code unified}, as in {@code provider.kis.venue}. */
  public static KisVenue parse(String text) {
    for (KisVenue venue : values()) {
      if (venue.name().toLowerCase(Locale.ROOT).equals(text)) {
        return venue;
      }
    }
    throw new IllegalArgumentException("not one of krx, nxt, unified: " + text);
  }

  /** FID_COND_MRKT_DIV_CODE of the REST calls. */
  public String division() {
    return division;
  }

  /** The transaction id of its executions on the WebSocket (KIS sheet 6.7, 6.9). */
  public String tradeTr() {
    return tradeTr;
  }

  /** What field 21 of an execution is called there. */
  String sideName() {
    return sideName;
  }
}
