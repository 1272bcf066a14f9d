package io.stockobserver.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what was heard is accounted for: {@code declared = parsed = kept + set_aside} wherever
 * the observer counted, and what was shed was told.
 */
public final class Balance {
  /** Counters that do not balance, and the line that says so. */
  public record Broken(String ref, String what) {}

  private Balance() {}

  static List<Broken> of(List<Told> events) {
    List<Broken> all = new ArrayList<>();
    Map<String, Long> shed = new HashMap<>();
    for (Told told : events) {
      JsonNode counters =
          told.is("session_stopped")
              ? told.line().path("counters")
              : told.is("metrics") ? told.line() : null;
      if (told.is("frames_shed")) {
        shed.merge(told.session(), told.line().path("frames").asLong(), Long::sum);
      } else if (counters != null && counters.has("declared")) {
        records(told, counters, all);
        long counted = counters.path("shed").asLong();
        long heard = shed.getOrDefault(told.session(), 0L);
        // While it goes on, what was counted is told a little later.
        if (told.is("session_stopped") ? counted != heard : counted < heard) {
          all.add(new Broken(told.ref(), "shed " + counted + ", frames_shed events tell " + heard));
        }
      }
    }
    return all;
  }

  private static void records(Told told, JsonNode c, List<Broken> all) {
    long declared = c.path("declared").asLong();
    long parsed = c.path("parsed").asLong();
    long kept = c.path("kept").asLong();
    long aside = c.path("set_aside").asLong();
    if (declared != parsed || parsed != kept + aside) {
      all.add(
          new Broken(
              told.ref(),
              "declared "
                  + declared
                  + ", parsed "
                  + parsed
                  + ", kept "
                  + kept
                  + " + set aside "
                  + aside));
    }
  }
}
