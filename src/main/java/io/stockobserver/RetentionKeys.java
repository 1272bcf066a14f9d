package io.stockobserver;

import io.stockobserver.market.Spans;
import io.stockobserver.retention.RetentionSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;

/** Reads {@code retention.*}. */
final class RetentionKeys {
  private RetentionKeys() {}

  static RetentionSettings read(Settings s) {
    LocalTime at =
        s.parse("retention.at", "a time of the market's day such as 02:00", RetentionKeys::time);
    int keep = days(s, "retention.keep");
    int anomaly = days(s, "retention.keep-anomaly");
    int cap = days(s, "retention.cap");
    double disk = s.percent("retention.disk", 1, 100);
    return s.parse(
        "retention.cap",
        "days so that retention.keep <= retention.keep-anomaly <= retention.cap",
        text -> new RetentionSettings(at, keep, anomaly, cap, disk));
  }

  private static int days(Settings s, String key) {
    return s.parse(
        key,
        "whole days from 1d to 3650d",
        text -> {
          Duration span = Spans.parse(text);
          if (span.toDays() < 1 || !span.equals(Duration.ofDays(span.toDays()))) {
            throw new IllegalArgumentException();
          }
          return (int) span.toDays();
        });
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(none);
    }
  }
}
