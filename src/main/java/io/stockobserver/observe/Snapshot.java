package io.stockobserver.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stockobserver.market.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code swing/} or {@code scalp/}: an observation with the common meta fields, keys in
 * the order of {@code docs/archive-format.md}. An unknown value is absent, never 0.
 *
 * @param sampleTime the nominal grid instant of a scalp line; null in a swing line
 * @param volume what traded since the previous sample; null where it is not known
 */
public record Snapshot(
    String track,
    String provider,
    String market,
    Observation state,
    @Nullable Instant sampleTime,
    String sessionId,
    int mitigationLevel,
    Quality quality,
    @Nullable String qualityReason,
    @Nullable BigDecimal volume) {
  /** The version of the line's shape. */
  public static final String SCHEMA_VERSION = "1.0";

  private static final JsonFactory JSON = new JsonFactory();

  /** The line, without its newline. */
  public byte[] line() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator g = JSON.createGenerator(out)) {
      g.configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
      g.writeStartObject();
      g.writeStringField("schema_version", SCHEMA_VERSION);
      g.writeStringField("track", track);
      g.writeStringField("provider", provider);
      g.writeStringField("market", market);
      g.writeStringField("symbol", state.symbol());
      g.writeStringField("event_time", Stamp.of(state.at()));
      g.writeStringField("receive_time", Stamp.of(state.source().heardAt()));
      if (sampleTime != null) {
        g.writeStringField("sample_time", Stamp.of(sampleTime));
      }
      g.writeStringField("session_id", sessionId);
      g.writeNumberField("mitigation_level", mitigationLevel);
      g.writeStringField("quality_flag", quality.word());
      figure(g, "last_price", state.lastPrice());
      figure(g, "bid_price", state.bidPrice());
      figure(g, "ask_price", state.askPrice());
      figure(g, "bid_size", state.bidSize());
      figure(g, "ask_size", state.askSize());
      figure(g, "volume", volume);
      figure(g, "acc_volume", state.accVolume());
      figure(g, "acc_value", state.accValue());
      figure(g, "open", state.open());
      figure(g, "high", state.high());
      figure(g, "low", state.low());
      figure(g, "prev_close", state.prevClose());
      g.writeStringField("tape_ref", state.source().ref());
      g.writeObjectFieldStart("provider_specific");
      if (state.atIsHeard()) {
        g.writeStringField("event_time_source", "receive");
      }
      if (qualityReason != null) {
        g.writeStringField("quality_reason", qualityReason);
      }
      state.specifics().forEach((name, value) -> text(g, name, value));
      g.writeEndObject();
      g.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a snapshot in memory", e);
    }
    return out.toByteArray();
  }

  private static void figure(JsonGenerator g, String name, @Nullable BigDecimal value)
      throws IOException {
    if (value != null) {
      g.writeNumberField(name, value);
    }
  }

  private static void text(JsonGenerator g, String name, String value) {
    try {
      g.writeStringField(name, value);
    } catch (IOException e) {
      throw new UncheckedIOException("a snapshot in memory", e);
    }
  }
}
