package io.stockobserver.behaviour;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The log at debug, as if an operator looked for trouble; kept until it is closed. */
final class LoudLog implements AutoCloseable {
  private static final List<String> LOUD =
      List.of("io.stockobserver", "org.apache.camel", "io.vertx", "org.apache.hc");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  LoudLog() {
    log.start();
    for (String name : LOUD) {
      Logger logger = (Logger) LoggerFactory.getLogger(name);
      logger.setLevel(name.equals("org.apache.hc") ? Level.INFO : Level.DEBUG);
      logger.setAdditive(false);
      logger.addAppender(log);
    }
  }

  /** All that was said, stack traces included. */
  String said() {
    StringBuilder said = new StringBuilder();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      said.append(event.getFormattedMessage()).append('\n');
      if (event.getThrowableProxy() != null) {
        said.append(ThrowableProxyUtil.asString(event.getThrowableProxy())).append('\n');
      }
    }
    return said.toString();
  }

  @Override
  public void close() {
    for (String name : LOUD) {
      Logger logger = (Logger) LoggerFactory.getLogger(name);
      logger.setLevel(null);
      logger.setAdditive(true);
      logger.detachAppender(log);
    }
  }
}
