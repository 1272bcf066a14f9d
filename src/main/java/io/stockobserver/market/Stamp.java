package io.stockobserver.market;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How every line of the archive writes an instant. */
public final class Stamp {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Stamp() {}

  /** UTC, three decimals; what is finer is cut off. */
  public static String of(Instant at) {
    return MILLIS.format(at);
  }
}
