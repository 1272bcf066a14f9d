package io.stockobserver.simulator.kis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parts of a successful reply: outputs by name, success code, paging mark. */
record KisReply(Map<String, JsonNode> parts, String code, String paging) {

  static KisReply of(String name, JsonNode output) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    parts.put(name, output);
    return new KisReply(parts, "MCA00000", "");
  }

  static KisReply of(String name, JsonNode output, String secondName, JsonNode second) {
    KisReply reply = of(name, output);
    reply.parts.put(secondName, second);
    return reply;
  }

  KisReply withCode(String success) {
    return new KisReply(parts, success, paging);
  }

  KisReply withPaging(String mark) {
    return new KisReply(parts, code, mark);
  }

  void writeTo(ObjectNode body) {
    parts.forEach(body::set);
    body.put("rt_cd", "0").put("msg_cd", code).put("msg1", "정상처리 되었습니다.");
  }
}
