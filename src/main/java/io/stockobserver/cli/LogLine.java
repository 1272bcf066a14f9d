package io.stockobserver.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stockobserver.secret.Secrets;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.LoggerFactory;

/**
 * One line a log event, for a person or as JSON, without any secret that the process knows (they
 * are under {@link #SECRETS} in logback's context). Stateless; any thread.
 */
public final class LogLine extends LayoutBase<ILoggingEvent> {
  /** Where logback's context has the {@link Secrets}. */
  static final String SECRETS = "observer.secrets";

  private static final int LONGEST = 8000;
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  private boolean json;

  /** From now on no line of this process's log has one of these. */
  public static void hide(Secrets secrets) {
    if (LoggerFactory.getILoggerFactory() instanceof Context log) {
      log.putObject(SECRETS, secrets);
    }
  }

  /** Whether it is JSON; logback reads it from its file. */
  public void setJson(boolean json) {
    this.json = json;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    String line = json ? json(event) : plain(event);
    return masked(event, line) + '\n';
  }

  private String masked(ILoggingEvent event, String line) {
    return getContext() != null && getContext().getObject(SECRETS) instanceof Secrets secrets
        ? secrets.mask("the log of " + event.getLoggerName(), line)
        : line;
  }

  private static String plain(ILoggingEvent event) {
    String trace = trace(event);
    return "%s %-5s [%s] %s - %s%s"
        .formatted(
            TIME.format(Instant.ofEpochMilli(event.getTimeStamp())),
            event.getLevel(),
            event.getThreadName(),
            event.getLoggerName(),
            oneLine(event.getFormattedMessage()),
            trace.isEmpty() ? "" : " | " + oneLine(trace));
  }

  private static String json(ILoggingEvent event) {
    StringWriter out = new StringWriter(256);
    try (JsonGenerator g = JSON.createGenerator(out)) {
      g.writeStartObject();
      g.writeStringField("at", Instant.ofEpochMilli(event.getTimeStamp()).toString());
      g.writeStringField("level", event.getLevel().toString());
      g.writeStringField("logger", event.getLoggerName());
      g.writeStringField("thread", event.getThreadName());
      g.writeStringField("message", cut(event.getFormattedMessage()));
      String trace = trace(event);
      if (!trace.isEmpty()) {
        g.writeStringField("trace", cut(trace));
      }
      g.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory", e);
    }
    return out.toString();
  }

  private static String trace(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? ""
        : ThrowableProxyUtil.asString(event.getThrowableProxy()).strip();
  }

  private static String oneLine(String text) {
    return cut(text).strip().replaceAll("\\s*[\\r\\n]+\\s*", " | ");
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
