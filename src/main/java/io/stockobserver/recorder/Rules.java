package io.stockobserver.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stockobserver.market.Window;
import io.stockobserver.slot.SlotRules;
import io.stockobserver.track.SampleGrid;
import io.stockobserver.track.SweepGrid;
import io.stockobserver.trigger.TriggerSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a venue is watched: when, how often, in how many places, and what makes a symbol interesting.
 * All of it decides records and may change while a session runs, so it is on the tape.
 *
 * @param scalpEvery how far two samples are apart at mitigation level 0; each level doubles it
 * @param silence a feed that says nothing for longer has old states; zero for never
 */
public record Rules(
    Window scalpWindow,
    Duration scalpEvery,
    SweepGrid sweeps,
    SlotRules slots,
    TriggerSettings triggers,
    Duration silence) {

  SampleGrid samples() {
    return new SampleGrid(scalpEvery);
  }

  /** As a note on the tape has them. */
  Map<String, Object> fields() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("scalp_window", scalpWindow.text());
    all.put("scalp_every_ms", scalpEvery.toMillis());
    all.put("swing_window", sweeps.window().text());
    all.put("swing_every_ms", sweeps.every().toMillis());
    all.put("swing_closing_ms", sweeps.closing().toMillis());
    all.put("slots", slots.places());
    all.put("min_stay_ms", slots.minStay().toMillis());
    all.put("margin", slots.margin());
    all.put("cooldown_ms", slots.cooldown().toMillis());
    all.put("silence_ms", silence.toMillis());
    all.put("trigger_window_ms", triggers.window().toMillis());
    all.put("trigger_baseline_ms", triggers.baseline().toMillis());
    all.put("volume_surge", triggers.volumeSurge());
    all.put("volume_floor", triggers.volumeFloor().toPlainString());
    all.put("velocity_surge", triggers.velocitySurge());
    all.put("volatility_spike", triggers.volatilitySpike());
    all.put("volatility_floor", triggers.volatilityFloor());
    all.put("price_spike", triggers.priceSpike());
    return all;
  }

  /**
   * Reads them back.
   *
   * @throws IllegalArgumentException where the tape does not tell them all
   */
  static Rules of(JsonNode told) {
    return new Rules(
        Window.parse(told.path("scalp_window").asText()),
        millis(told, "scalp_every_ms"),
        new SweepGrid(
            Window.parse(told.path("swing_window").asText()),
            millis(told, "swing_every_ms"),
            millis(told, "swing_closing_ms")),
        new SlotRules(
            told.path("slots").asInt(),
            millis(told, "min_stay_ms"),
            told.path("margin").asDouble(),
            millis(told, "cooldown_ms")),
        new TriggerSettings(
            millis(told, "trigger_window_ms"),
            millis(told, "trigger_baseline_ms"),
            told.path("volume_surge").asDouble(),
            new BigDecimal(told.path("volume_floor").asText()),
            told.path("velocity_surge").asDouble(),
            told.path("volatility_spike").asDouble(),
            told.path("volatility_floor").asDouble(),
            told.path("price_spike").asDouble()),
        millis(told, "silence_ms"));
  }

  private static Duration millis(JsonNode told, String name) {
    return Duration.ofMillis(told.path(name).asLong());
  }
}
