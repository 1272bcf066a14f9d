package io.stockobserver.simulator.upbit;

import io.stockobserver.simulator.Call;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/** The parameters of a call, read as strictly as the venue reads them. */
final class Ask {
  private final Call call;

  Ask(Call call) {
    this.call = call;
  }

  /** A text that has to be there. */
  String required(String name) {
    String value = call.parameter(name);
    if (value.isEmpty()) {
      throw Refusal.missing();
    }
    return value;
  }

  String optional(String name) {
    return call.parameter(name);
  }

  boolean flag(String name) {
    String value = call.parameter(name);
    if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
      throw Refusal.type();
    }
    return value.equals("true");
  }

  /** A list separated by commas that has to be there. */
  List<String> list(String name) {
    return Arrays.stream(required(name).split(",", -1)).map(String::trim).toList();
  }

  /** A whole number from 1 to {@code most}. */
  int count(String name, int usual, int most) {
    long value = number(name, usual);
    if (value < 1 || value > most) {
      throw Refusal.value();
    }
    return (int) value;
  }

  long number(String name, long usual) {
    String value = call.parameter(name);
    if (value.isEmpty()) {
      return usual;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw Refusal.type();
    }
  }

  /** Candles before this instant, in milliseconds since the epoch. */
  long to(long usual) {
    String value = encoded("to");
    if (value.isEmpty()) {
      return usual;
    }
    String iso = value.replace(' ', 'T');
    try {
      return iso.endsWith("Z") || iso.lastIndexOf('+') > 0
          ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw Refusal.value();
    }
  }

  /** A parameter in whose encoding no colon and no plus may stand. */
  String encoded(String name) {
    for (String part : call.rawQuery().split("&", -1)) {
      if (part.startsWith(name + "=") && (part.contains(":") || part.contains("+"))) {
        throw Refusal.value();
      }
    }
    return call.parameter(name);
  }
}
