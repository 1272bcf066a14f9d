package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stockobserver.simulator.Answer;
import io.stockobserver.simulator.Call;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Faults;
import io.stockobserver.simulator.SimulatorOptions;
import io.stockobserver.simulator.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The gateway: checks key, secret, limit, token and TR in this order, then asks the one who knows,
 * and dresses the answer as KIS does.
 */
final class KisRest {
  private static final String QUOTES = "/uapi/domestic-stock/v1/quotations/";
  private static final String RANKING = "/uapi/domestic-stock/v1/ranking/";
  private static final String JSON = "application/json; charset=utf-8";
  private static final Set<String> KEYS_RENAMED = Set.of("stck_prpr", "inter2_prpr");

  private record Endpoint(String trId, boolean liveOnly, Function<KisAsk, KisReply> answer) {}

  private final ObjectMapper json;
  private final SimulatorOptions options;
  private final World world;
  private final Faults faults;
  private final KisTokens tokens;
  private final RateWindow window;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
  private long serial;

  KisRest(
      ObjectMapper json, SimulatorOptions options, World world, Faults faults, KisTokens tokens) {
    this.json = json;
    this.options = options;
    this.world = world;
    this.faults = faults;
    this.tokens = tokens;
    window = new RateWindow(options.limit(), System::nanoTime);
    both("inquire-price", "FHKST01010100", KisPrice::answer);
    both("inquire-asking-price-exp-ccn", "FHKST01010200", KisQuotes::book);
    both("inquire-ccnl", "FHKST01010300", KisQuotes::trades);
    both("inquire-daily-price", "FHKST01010400", KisCandles::recent);
    both("inquire-daily-itemchartprice", "FHKST03010100", KisCandles::daily);
    both("inquire-time-itemchartprice", "FHKST03010200", KisCandles::minutes);
    live(QUOTES + "intstock-multprice", "FHKST11300006", KisQuotes::multi);
    live(QUOTES + "volume-rank", "FHPST01710000", KisRanks::volume);
    live(RANKING + "volume-power", "FHPST01680000", KisRanks::power);
    live(RANKING + "fluctuation", "FHPST01700000", KisRanks::fluctuation);
    live(QUOTES + "chk-holiday", "CTCA0903R", KisReference::holidays);
    live(QUOTES + "search-stock-info", "CTPF1002R", KisReference::stock);
  }

  private void both(String name, String trId, Function<KisAsk, KisReply> answer) {
    endpoints.put(QUOTES + name, new Endpoint(trId, false, answer));
  }

  private void live(String path, String trId, Function<KisAsk, KisReply> answer) {
    endpoints.put(path, new Endpoint(trId, true, answer));
  }

  Answer answer(Call call) {
    String path = call.path();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", JSON);
    boolean gateway = path.startsWith("/uapi/");
    if (gateway) {
      serial++;
      headers.put("tr_id", call.header("tr_id"));
      headers.put("tr_cont", "");
      headers.put("gt_uid", String.format("%032x", serial));
    }
    Fault html = faults.active(FaultKind.HTML, path);
    if (html != null) {
      headers.put("Content-Type", "text/html; charset=utf-8");
      String page = "<!DOCTYPE html><html><body><h1>점검 중입니다</h1></body></html>";
      return Answer.of(html.code() == 0 ? 200 : html.code(), headers, page);
    }
    ObjectNode body = json.createObjectNode();
    int status = 200;
    try {
      fail(path);
      if (gateway) {
        quote(call, body, headers);
      } else {
        body = key(call);
      }
    } catch (KisRefusal refusal) {
      status = refusal.status();
      body = gateway ? refused(refusal) : refusedKey(refusal);
    }
    return Answer.of(status, headers, write(body));
  }

  private void fail(String path) {
    Fault error = faults.active(FaultKind.ERROR, path);
    if (error != null) {
      throw new KisRefusal(error.code() == 0 ? 500 : error.code(), "EGW00002", "서버 에러가 발생했습니다.");
    }
    Fault storm = faults.active(FaultKind.STORM, path);
    if (storm != null) {
      throw tooMany(storm.code() == 0 ? 500 : storm.code());
    }
  }

  private static KisRefusal tooMany(int status) {
    return new KisRefusal(status, "EGW00201", "초당 거래건수를 초과하였습니다.");
  }

  private ObjectNode key(Call call) {
    return switch (call.path()) {
      case "/oauth2/tokenP" -> tokens.issue(call.body());
      case "/oauth2/Approval" -> tokens.approve(call.body());
      case "/oauth2/revokeP" -> tokens.revoke(call.body());
      default -> throw new KisRefusal(404, "EGW00203", "OPS라우팅 중 오류가 발생했습니다.");
    };
  }

  private void quote(Call call, ObjectNode body, Map<String, String> headers) {
    tokens.judge(call.header("appkey"), call.header("appsecret"), 403);
    if (!window.take()) {
      throw tooMany(500);
    }
    tokens.judgeToken(call.header("authorization"));
    Endpoint endpoint = endpoints.get(call.path());
    if (endpoint == null) {
      throw new KisRefusal(404, "EGW00203", "OPS라우팅 중 오류가 발생했습니다.");
    }
    if (!endpoint.trId().equals(call.header("tr_id"))) {
      throw new KisRefusal(500, "OPSQ0002", "없는 서비스 코드 입니다.");
    }
    if (options.mock() && endpoint.liveOnly()) {
      throw new KisRefusal(500, "EGW00213", "모의투자 tr이 아닙니다.");
    }
    KisReply reply = endpoint.answer().apply(new KisAsk(call, world, world.now(), faults));
    headers.put("tr_cont", reply.paging());
    reply.writeTo(body);
    if (faults.active(FaultKind.EMPTY, call.path()) != null) {
      reply.parts().forEach((name, part) -> empty(body, name, part));
    }
    Fault drift = faults.active(FaultKind.DRIFT, call.path());
    if (drift != null && (drift.shape().isEmpty() || drift.shape().equals("rename"))) {
      reply.parts().values().forEach(KisRest::rename);
    }
  }

  private void empty(ObjectNode body, String name, JsonNode part) {
    if (part.isArray()) {
      body.set(name, json.createArrayNode());
    } else if (part.isObject()) {
      body.set(name, json.createObjectNode());
    }
  }

  private static void rename(JsonNode part) {
    if (part.isArray()) {
      part.forEach(KisRest::rename);
    } else if (part instanceof ObjectNode object) {
      for (String key : KEYS_RENAMED) {
        JsonNode value = object.remove(key);
        if (value != null) {
          object.set(key + "_v2", value);
        }
      }
    }
  }

  private ObjectNode refused(KisRefusal refusal) {
    ObjectNode body = json.createObjectNode();
    body.put("rt_cd", "1").put("msg1", refusal.words()).put("msg_cd", refusal.code());
    if (refusal.code().equals("EGW00201")) {
      body.put("message", refusal.code());
    }
    return body;
  }

  private ObjectNode refusedKey(KisRefusal refusal) {
    return json.createObjectNode()
        .put("error_description", refusal.words())
        .put("error_code", refusal.code());
  }

  private String write(ObjectNode body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("simulator: reply cannot be written", e);
    }
  }
}
