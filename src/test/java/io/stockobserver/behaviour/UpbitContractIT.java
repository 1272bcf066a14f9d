package io.stockobserver.behaviour;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.provider.upbit.UpbitWire;
import io.stockobserver.simulator.Fault;
import io.stockobserver.simulator.FaultKind;
import io.stockobserver.simulator.Traffic;
import io.stockobserver.venue.WireReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Upbit keeps what every provider promises. */
class UpbitContractIT extends ProviderContract {
  UpbitContractIT() {
    super(new Upbit());
  }

  /** Upbit sheet, sections 2.8 and 3. */
  private static final class Upbit implements ContractVenue {
    @Override
    public String provider() {
      return "upbit";
    }

    @Override
    public String market() {
      return "crypto";
    }

    @Override
    public WireReader reader() {
      return new UpbitWire();
    }

    @Override
    public Observatory observatory(Path dir) {
      // A third of the markets is quoted in won: enough for the slots, and soon asked for.
      return new Observatory(dir, "10:01:00", provider())
          .set("track.swing.every", "6s")
          .set("provider.upbit.feed.silence", "5s")
          .set("slot.upbit.min-stay", "1h")
          .set("universe.crypto.min-traded-value", "0")
          .venue(v -> v.withUpbitMarkets(180));
    }

    @Override
    public Traffic traffic(Observatory o) {
      return o.venue().upbit().traffic();
    }

    @Override
    public URI feed(Observatory o) {
      return o.venue().upbit().feedUrl();
    }

    @Override
    public void hearThrough(Observatory o, String url) {
      o.set("provider.upbit.feed.url", url);
    }

    @Override
    public int grants() {
      return 41;
    }

    /** A request replaces the one before; tickers are everybody's, trades and books the slots'. */
    @Override
    public Set<String> streamed(Set<String> before, String said) {
      if (said.equals("PING")) {
        return before;
      }
      Set<String> after = new TreeSet<>();
      for (JsonNode part : Books.json(said.getBytes(StandardCharsets.UTF_8))) {
        if (part.path("type").asText().matches("trade|orderbook")) {
          part.path("codes").forEach(code -> after.add(code.asText().replaceFirst("\\..*", "")));
        }
      }
      return after;
    }

    @Override
    public Map<String, Integer> callsPerSecond() {
      return Map.of("/v1/ticker", 10, "/v1/orderbook", 10, "/v1/market", 10, "/v1/candles", 10);
    }

    @Override
    public void drop(Observatory o) {
      o.venue().upbit().faults().drop();
    }

    @Override
    public void deafen(Observatory o) {
      o.venue().upbit().faults().trigger(Fault.of(FaultKind.HALF_OPEN));
    }

    @Override
    public void mute(Observatory o, Set<String> streamed, int count) {
      streamed.stream().limit(count).forEach(o.venue().upbit().faults()::delist);
    }

    @Override
    public List<String> lie(Observatory o) {
      List.of("half", "zero", "past", "stranger").forEach(o.venue().upbit().faults()::garbage);
      return List.of("json-malformed", "price-missing", "time-implausible", "unknown-symbol");
    }

    /** Upbit's quotations need no key; those of others lie in the same environment. */
    @Override
    public Set<String> secrets(Observatory o, String said) {
      return Set.of(o.venue().appKey(), o.venue().appSecret());
    }
  }
}
