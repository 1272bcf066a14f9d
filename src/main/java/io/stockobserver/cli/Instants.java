package io.stockobserver.cli;

import io.stockobserver.market.Spans;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code ISO}, the market's instant when the process starts, or {@code ISO@EPOCH_MS}, the market's
 * instant at that system instant. Without an offset it is Seoul's time.
 *
 * @param system null for now
 */
record Instants(Instant market, @Nullable Instant system) {
  static final class Converter implements ITypeConverter<Instants> {
    @Override
    public Instants convert(String text) {
      try {
        int at = text.indexOf('@');
        String iso = at < 0 ? text : text.substring(0, at);
        Instant system =
            at < 0 ? null : Instant.ofEpochMilli(Long.parseLong(text.substring(at + 1)));
        return new Instants(market(iso), system);
      } catch (DateTimeException | NumberFormatException e) {
        throw new TypeConversionException(
            "\""
                + text
                + "\" is no instant; write 2026-11-20T09:29:50, with an offset or Z for another"
                + " zone than Seoul, and @EPOCH_MS for the system's instant at which it holds");
      }
    }

    private static Instant market(String iso) {
      try {
        return OffsetDateTime.parse(iso).toInstant();
      } catch (DateTimeException e) {
        return LocalDateTime.parse(iso).atZone(ZoneId.of("Asia/Seoul")).toInstant();
      }
    }
  }

  /** A duration such as 60s. */
  static final class SpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return Spans.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
