package io.stockobserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.stockobserver.etl.NotLoaded;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TroubleTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(Trouble.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Trouble trouble = new Trouble();

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void leave() {
    log.detachAppender(lines);
    log.setLevel(null);
  }

  private void told(Exception why) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, why);
    trouble.tell(exchange);
  }

  @Test
  void whatMayBeOurFaultIsToldWithItsStackAndNotEachTime() {
    for (int i = 0; i < 61; i++) {
      told(new IllegalStateException("broken"));
    }
    assertThat(lines.list).hasSize(2);
    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() != null);
    assertThat(lines.list.get(1).getFormattedMessage()).contains("broken", "(time 61)");
  }

  @Test
  void whatADatabaseSaysIsItsLineAlone() {
    told(new NotLoaded("db is not reachable; correct etl.db.url"));
    told(new IllegalStateException("Failed to obtain", new SQLException("db is full\nmore")));
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "null failed: db is not reachable; correct etl.db.url (time 1)",
            "null failed: db is full (time 1)");
    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
  }

  @Test
  void itsStackIsThereForWhoeverLooksCloser() {
    log.setLevel(Level.DEBUG);
    told(new IllegalStateException("Failed to obtain", new SQLException("db is full")));
    assertThat(lines.list).hasSize(2);
    assertThat(lines.list.get(1).getLevel()).isEqualTo(Level.DEBUG);
    assertThat(lines.list.get(1).getThrowableProxy()).isNotNull();
  }
}
