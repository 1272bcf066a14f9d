package io.stockobserver.simulator.upbit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to LIST_SUBSCRIPTIONS. */
final class Subscriptions {
  private Subscriptions() {}

  /** In short words if the request says so, or else the subscription does. */
  static String told(UpbitSession session, String ticket, Wish.@Nullable Format format) {
    boolean brief = (format == null ? session.format() : format).brief();
    Map<String, List<String>> codes = new LinkedHashMap<>();
    Map<String, Sub> samples = new LinkedHashMap<>();
    for (List<Sub> of : session.subs()) {
      for (Sub sub : of) {
        String name = sub.type + ' ' + sub.level;
        samples.putIfAbsent(name, sub);
        codes.computeIfAbsent(name, nothing -> new ArrayList<>()).add(sub.code());
      }
    }
    List<String> result = new ArrayList<>();
    samples.forEach(
        (name, sub) ->
            result.add(
                new Row(brief)
                    .text("type", "ty", sub.type)
                    .raw("codes", "cds", Row.array(codes.getOrDefault(name, List.of())))
                    .number("level", "lv", Numbers.PLAIN, sub.level)
                    .json()));
    return new Row(brief)
        .text("method", "mthd", "LIST_SUBSCRIPTIONS")
        .raw("result", "rslt", "[" + String.join(",", result) + "]")
        .text("ticket", "tckt", ticket)
        .json();
  }
}
