package io.stockobserver.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.provider.kis.KisVenue;
import io.stockobserver.provider.kis.KisWire;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.venue.WireReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** KIS keeps what every provider promises. */
class KisContractIT extends ProviderContract {
  KisContractIT() {
    super(new Kis());
  }

  /** KIS sheet, sections 3.1 and 6. */
  private static final class Kis implements ContractVenue {
    private static final Pattern KEY = Pattern.compile("\"approval_key\":\"([^\"]+)\"");

    /** What every token begins with: a JWT's header. */
    private static final String TOKEN = "eyJ0eXAiOiJKV1Qi";

    @Override
    public String provider() {
      return "kis";
    }

    @Override
    public String market() {
      return "kr_stocks";
    }

    @Override
    public WireReader reader() {
      return new KisWire(KisVenue.KRX);
    }

    @Override
    public Observatory observatory(Path dir) {
      return new Observatory(dir, "10:01:00")
          .set("track.swing.every", "6s")
          .set("provider.kis.feed.silence", "2s")
          .set("slot.kis.min-stay", "1h")
          .venue(v -> v.withPingEvery(Duration.ofMillis(500)));
    }

    @Override
    public Traffic traffic(Observatory o) {
      return o.venue().traffic();
    }

    @Override
    public URI feed(Observatory o) {
      return o.venue().feedUrl();
    }

    @Override
    public void hearThrough(Observatory o, String url) {
      o.set("provider.kis.feed.url", url);
    }

    @Override
    public int grants() {
      return 41;
    }

    @Override
    public Set<String> streamed(Set<String> before, String said) {
      Set<String> after = new TreeSet<>(before);
      JsonNode message = Books.json(said.getBytes(StandardCharsets.UTF_8));
      String symbol = message.path("body").path("input").path("tr_key").asText();
      switch (message.path("header").path("tr_type").asText()) {
        case "1" -> after.add(symbol);
        case "2" -> after.remove(symbol);
        default -> {} // a PINGPONG that is answered
      }
      return after;
    }

    @Override
    public Map<String, Integer> callsPerSecond() {
      // Master files lie on another host; all else together has one budget.
      return Map.of("/uapi/", 18, "/oauth2/Approval", 1, "/oauth2/tokenP", 1);
    }

    @Override
    public void drop(Observatory o) {
      o.venue().faults().drop();
    }

    @Override
    public void deafen(Observatory o) {
      o.venue().faults().trigger(Fault.of(FaultKind.HALF_OPEN));
    }

    @Override
    public void mute(Observatory o, Set<String> streamed, int count) {
      o.venue().faults().partialAck(streamed.size() - count);
    }

    @Override
    public List<String> lie(Observatory o) {
      List.of("half", "zero", "past", "stranger").forEach(o.venue().faults()::garbage);
      return List.of("record-short", "price-missing", "time-implausible", "unknown-symbol");
    }

    @Override
    public Set<String> secrets(Observatory o, String said) {
      Set<String> all = new LinkedHashSet<>();
      all.add(o.venue().appKey());
      all.add(o.venue().appSecret());
      all.add(TOKEN);
      Matcher key = KEY.matcher(said);
      while (key.find()) {
        all.add(key.group(1));
      }
      return all;
    }
  }
}
