package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.Answer;
import io.stockobserver.simulator.Call;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The quotation calls: finds the one who knows, counts its group, dresses the answer. */
final class UpbitRest {
  static final String ROOT = "/v1/";
  private static final String CANDLES = "candles/";
  private static final int HANDSHAKES = 5;
  private static final String JSON = "application/json;charset=utf-8";

  private record Endpoint(String group, Function<Ask, String> answer) {}

  private final Faults faults;
  private final Quota quota;
  private final int limit;
  private final CandleCalls candles;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private int refused;

  /**
   * Answers for these markets.
   *
   * @param limit calls a second of each group
   */
  UpbitRest(Listed listed, Faults faults, Quota quota, int limit) {
    this.faults = faults;
    this.quota = quota;
    this.limit = limit;
    candles = new CandleCalls(listed, faults);
    QuoteCalls quotes = new QuoteCalls(listed);
    endpoints.put("market/all", new Endpoint("market", quotes::markets));
    endpoints.put("ticker", new Endpoint("ticker", quotes::tickers));
    endpoints.put("ticker/all", new Endpoint("ticker", quotes::allTickers));
    endpoints.put("orderbook", new Endpoint("orderbook", quotes::books));
    endpoints.put("orderbook/instruments", new Endpoint("orderbook", quotes::instruments));
    endpoints.put("trades/ticks", new Endpoint("trade", quotes::trades));
  }

  private @Nullable Endpoint endpoint(String path) {
    String name = path.substring(ROOT.length());
    if (name.startsWith(CANDLES) && CandleCalls.knows(name.substring(CANDLES.length()))) {
      String kind = name.substring(CANDLES.length());
      return new Endpoint("candle", ask -> candles.answer(kind, ask));
    }
    return endpoints.get(name);
  }

  Answer answer(Call call) {
    Answer broken = broken(call.path());
    if (broken != null) {
      return broken;
    }
    Endpoint endpoint = call.method().equals("GET") ? endpoint(call.path()) : null;
    if (endpoint == null) {
      return plain(404, error("\"not_found\"", "no Route matched with those values"));
    }
    long blocked = quota.blockedSeconds();
    if (blocked > 0) {
      return blocked(blocked);
    }
    boolean page = !call.header("Origin").isEmpty();
    int left = page ? quota.takeForPage() : quota.take(endpoint.group(), limit);
    String group = page ? "origin" : endpoint.group();
    if (left < 0) {
      quota.strike();
      return tooMany(group);
    }
    Fault storm = faults.active(FaultKind.STORM, call.path());
    if (storm != null) {
      return storm.code() == 418 ? blocked(storm.delay().toSeconds()) : tooMany(group);
    }
    try {
      String body = endpoint.answer().apply(new Ask(call));
      return counted(200, group, left, misshapen(call.path(), body));
    } catch (Refusal refusal) {
      return counted(refusal.status(), group, left, refusal.json());
    }
  }

  /** The venue is down: what it says then has no form. */
  @Nullable Answer broken(String path) {
    Fault page = faults.active(FaultKind.HTML, path);
    if (page != null) {
      String body = "<!DOCTYPE html>\n<html><body><h1>서버 점검 중입니다</h1></body></html>\n";
      return Answer.of(
          page.code() == 0 ? 503 : page.code(),
          Map.of("Content-Type", "text/html; charset=utf-8"),
          body);
    }
    Fault error = faults.active(FaultKind.ERROR, path);
    if (error != null) {
      int status = error.code() == 0 ? 500 : error.code();
      return plain(status, error(Integer.toString(status), "서버 에러가 발생했습니다."));
    }
    return null;
  }

  /** Judges a handshake: null if it may go on. */
  @Nullable Answer refuses(String path, MultiMap headers) {
    Answer broken = broken(path);
    if (broken != null) {
      return broken;
    }
    if (headers.contains("Origin")) {
      return quota.takeForPage() < 0 ? tooMany("origin") : null;
    }
    Fault storm = faults.active(FaultKind.STORM, fault -> fault.path().contains("websocket"));
    boolean over = quota.take("websocket-connect", HANDSHAKES) < 0;
    return storm != null || over ? tooMany("websocket-connect") : null;
  }

  private String misshapen(String path, String body) {
    if (faults.active(FaultKind.EMPTY, path) != null) {
      return "[]";
    }
    Fault drift = faults.active(FaultKind.DRIFT, path);
    if (drift == null) {
      return body;
    }
    String changed = body;
    if (Mischief.is(drift, "rename")) {
      changed = changed.replace("\"trade_price\":", "\"trade_price_v2\":");
    }
    return Mischief.is(drift, "fields")
        ? changed.replace("{\"market\":", "{\"new_a\":1,\"new_b\":\"x\",\"new_c\":null,\"market\":")
        : changed;
  }

  private static String error(String name, String words) {
    return new Row(false)
        .raw("error", new Row(false).raw("name", name).text("message", words).json())
        .json();
  }

  private static Answer plain(int status, String body) {
    return Answer.of(status, Map.of("Content-Type", JSON), body);
  }

  /** The body of this one is not documented: clients have seen both. */
  private Answer tooMany(String group) {
    refused++;
    String body =
        refused % 2 == 1
            ? "Too many API requests."
            : error("\"too_many_requests\"", "요청 수 제한을 초과했습니다.");
    return counted(429, group, 0, body);
  }

  private static Answer blocked(long seconds) {
    return plain(418, error("418", "요청이 차단되었습니다. " + seconds + "초 후에 다시 시도해 주세요."));
  }

  private static Answer counted(int status, String group, int left, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", JSON);
    headers.put("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    headers.put("ETag", "W/\"" + Integer.toHexString(body.hashCode()) + '"');
    headers.put("limit-by-ip", "Yes");
    headers.put("Remaining-Req", "group=" + group + "; min=600; sec=" + left);
    return Answer.of(status, headers, body);
  }
}
