package io.stockobserver.provider.kis;

import io.stockobserver.venue.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds KIS's REST requests as values. Sends nothing. Immutable. */
public final class KisCalls {
  /** As many symbols as one quote call takes (KIS sheet 4.3). */
  public static final int SYMBOLS_A_CALL = 30;

  private final KisVenue venue;
  private final KisKey key;

  public KisCalls(KisVenue venue, KisKey key) {
    this.venue = venue;
    this.key = key;
  }

  /** Asks for an access token: at most once a minute, and not needlessly (KIS sheet 2.1). */
  public Call token() {
    return grant(KisEndpoint.TOKEN, "appsecret");
  }

  /** Asks for a WebSocket key, where the secret goes by another name (KIS sheet 2.2). */
  public Call approval() {
    return grant(KisEndpoint.APPROVAL, "secretkey");
  }

  /** Gives an access token back before its time (KIS sheet 2.3). */
  public Call revoke(String token) {
    KisKey.requireWhole("access token", token);
    return Call.post(
        KisEndpoint.REVOKE.feed(),
        KisEndpoint.REVOKE.path(),
        Map.of("content-type", "application/json"),
        revokeBody(key.appKey(), key.appSecret(), token),
        revokeBody(KisRedaction.MARK, KisRedaction.MARK, KisRedaction.MARK));
  }

  private static String revokeBody(String appKey, String appSecret, String token) {
    return "{\"appkey\":\""
        + appKey
        + "\",\"appsecret\":\""
        + appSecret
        + "\",\"token\":\""
        + token
        + "\"}";
  }

  /**
   * Asks for the quotes of 1 to 30 symbols; live only (KIS sheet 4.3).
   *
   * @throws IllegalArgumentException if there are none, too many, or one is no code
   */
  public Call multiPrice(List<String> symbols, String token) {
    if (symbols.isEmpty() || symbols.size() > SYMBOLS_A_CALL) {
      throw new IllegalArgumentException("1 to 30 symbols a call, not " + symbols.size());
    }
    StringBuilder query = new StringBuilder();
    int number = 0;
    for (String symbol : symbols) {
      number++;
      query
          .append(number == 1 ? "" : "&")
          .append("FID_COND_MRKT_DIV_CODE_")
          .append(number)
          .append('=')
          .append(venue.division())
          .append("&FID_INPUT_ISCD_")
          .append(number)
          .append('=')
          .append(KisSymbols.require(symbol));
    }
    return quotation(KisEndpoint.MULTI_PRICE, query.toString(), token, symbols);
  }

  /** Asks for one symbol's price; also on the mock server (KIS sheet 4.1). */
  public Call price(String symbol, String token) {
    return quotation(KisEndpoint.PRICE, single(symbol), token, List.of(symbol));
  }

  /** Asks for one symbol's order book; also on the mock server (KIS sheet 4.2). */
  public Call book(String symbol, String token) {
    return quotation(KisEndpoint.BOOK, single(symbol), token, List.of(symbol));
  }

  /** Asks which days the market opens, from {@code from} on; once a day at most (sheet 4.11). */
  public Call holidays(LocalDate from, KisCalendarPage page, String token) {
    String query =
        "BASS_DT="
            + from.format(DateTimeFormatter.BASIC_ISO_DATE)
            + "&CTX_AREA_NK="
            + encoded(page.areaNk())
            + "&CTX_AREA_FK="
            + encoded(page.areaFk());
    Map<String, String> headers = headers(KisEndpoint.HOLIDAYS, token);
    if (!page.first()) {
      headers.put("tr_cont", "N");
    }
    return Call.get(
        KisEndpoint.HOLIDAYS.feed(), KisEndpoint.HOLIDAYS.path(), query, headers, List.of());
  }

  /** What the rank is by. */
  public enum Rank {
    /** Today's volume against that of the day before. */
    VOLUME_INCREASE("1"),
    TRADED_VALUE("3");

    private final String code;

    Rank(String code) {
      this.code = code;
    }
  }

  /** Asks for the first 30 symbols of a rank; live only (KIS sheet 4.5). */
  public Call volumeRank(Rank rank, String token) {
    // Six zeros: what works, though ten digits are documented.
    String query =
        "FID_COND_MRKT_DIV_CODE="
            + venue.division()
            + "&FID_COND_SCR_DIV_CODE=20171&FID_INPUT_ISCD=0000&FID_DIV_CLS_CODE=0"
            + "&FID_BLNG_CLS_CODE="
            + rank.code
            + "&FID_TRGT_CLS_CODE=111111111&FID_TRGT_EXLS_CLS_CODE=000000"
            + "&FID_INPUT_PRICE_1=&FID_INPUT_PRICE_2=&FID_VOL_CNT=&FID_INPUT_DATE_1=";
    return quotation(KisEndpoint.VOLUME_RANK, query, token, List.of());
  }

  /** Asks for a board's master file. On another host than all else, and with no key (sheet 5.1). */
  public static Call master(KisBoard board) {
    return Call.get("universe", board.path(), "", Map.of(), List.of());
  }

  /**
   * The symbols that a request on the tape asked for, in the order asked; none where it asked for
   * no quotes.
   *
   * @param tapeText {@link Call#tapeText}
   */
  public static List<String> asked(String tapeText) {
    List<String> symbols = new ArrayList<>();
    KisEndpoint endpoint = KisEndpoint.at(KisEndpoint.path(tapeText));
    int question = tapeText.indexOf('?');
    if (endpoint == null || !endpoint.asksForSymbols() || question < 0) {
      return symbols;
    }
    int from = question + 1;
    while (from < tapeText.length()) {
      int and = tapeText.indexOf('&', from);
      int to = and < 0 ? tapeText.length() : and;
      int equals = tapeText.indexOf('=', from);
      if (equals > 0 && equals < to && tapeText.startsWith("FID_INPUT_ISCD", from)) {
        symbols.add(tapeText.substring(equals + 1, to).strip());
      }
      from = to + 1;
    }
    return symbols;
  }

  private Call grant(KisEndpoint endpoint, String secretName) {
    return Call.post(
        endpoint.feed(),
        endpoint.path(),
        Map.of("content-type", "application/json"),
        grantBody(key.appKey(), secretName, key.appSecret()),
        grantBody(KisRedaction.MARK, secretName, KisRedaction.MARK));
  }

  /** Nothing needs escaping: {@link KisKey} saw to that. */
  private static String grantBody(String appKey, String secretName, String appSecret) {
    return "{\"grant_type\":\"client_credentials\",\"appkey\":\""
        + appKey
        + "\",\""
        + secretName
        + "\":\""
        + appSecret
        + "\"}";
  }

  private Call quotation(KisEndpoint endpoint, String query, String token, List<String> symbols) {
    return Call.get(endpoint.feed(), endpoint.path(), query, headers(endpoint, token), symbols);
  }

  private String single(String symbol) {
    return "FID_COND_MRKT_DIV_CODE="
        + venue.division()
        + "&FID_INPUT_ISCD="
        + KisSymbols.require(symbol);
  }

  /** The required headers of every quotation call (KIS sheet 2.4). */
  private Map<String, String> headers(KisEndpoint endpoint, String token) {
    KisKey.requireWhole("access token", token);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json; charset=utf-8");
    headers.put("authorization", "Bearer " + token);
    headers.put("appkey", key.appKey());
    headers.put("appsecret", key.appSecret());
    headers.put("tr_id", endpoint.tr());
    headers.put("custtype", "P");
    return headers;
  }

  private static String encoded(String value) {
    // A blank as %20: a plus is a blank in forms only.
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
