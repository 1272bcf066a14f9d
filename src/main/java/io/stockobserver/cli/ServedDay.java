package io.stockobserver.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.playback.Playback;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code replay --serve} prints: one JSON line at the begin and one at the day's end. */
final class ServedDay {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ServedDay() {}

  /** Where it is, which keys it takes, and the {@code --at} with which a client's clock agrees. */
  static String begun(LocalDate day, double speed, Playback playback)
      throws JsonProcessingException {
    Map.Entry<Instant, Instant> began = playback.began();
    Map<String, Object> said = new LinkedHashMap<>(playback.told());
    said.put("day", DateTimeFormatter.BASIC_ISO_DATE.format(day));
    said.put("at", began.getKey() + "@" + began.getValue().toEpochMilli());
    said.put("speed", speed);
    said.put("until", playback.last().toString());
    said.put("messages", playback.messages());
    said.put("answers", playback.answers());
    return JSON.writeValueAsString(said);
  }

  /** The day is over; answers and heartbeats go on. */
  static String ended(LocalDate day, Playback playback) throws JsonProcessingException {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("day", DateTimeFormatter.BASIC_ISO_DATE.format(day));
    said.put("ended", playback.last().toString());
    return JSON.writeValueAsString(said);
  }
}
