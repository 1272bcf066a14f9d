package io.stockobserver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stockobserver.secret.Secrets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLineTest {
  private static final String KEY = "PSabcdefgh0123456789";

  private final LoggerContext context = new LoggerContext();
  private final Secrets secrets = new Secrets();

  private String line(boolean json, String message, @Nullable Throwable why) {
    secrets.learn("kis", KEY);
    context.putObject(LogLine.SECRETS, secrets);
    LogLine layout = new LogLine();
    layout.setContext(context);
    layout.setJson(json);
    layout.start();
    return layout.doLayout(
        new LoggingEvent(
            "x", context.getLogger("io.stockobserver.X"), Level.WARN, message, why, null));
  }

  @Test
  void aPersonGetsOneLineWithoutTheKey() {
    String line = line(false, "first\nsecond " + KEY, new IllegalStateException("bad " + KEY));
    assertThat(line)
        .contains("WARN ", "io.stockobserver.X - first | second [secret]", "bad [secret]")
        .doesNotContain(KEY)
        .endsWith("\n");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void aMachineGetsOneObjectWithoutTheKey() throws Exception {
    String line = line(true, "first\n\"second\" " + KEY, new IllegalStateException("bad " + KEY));
    assertThat(line.lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("level").asText()).isEqualTo("WARN");
    assertThat(json.path("logger").asText()).isEqualTo("io.stockobserver.X");
    assertThat(json.path("message").asText()).isEqualTo("first\n\"second\" [secret]");
    assertThat(json.path("trace").asText()).contains("bad [secret]").doesNotContain(KEY);
    assertThat(json.path("at").asText()).endsWith("Z");
  }

  @Test
  void aLineHasABound() {
    assertThat(line(false, "x".repeat(100_000), null).length()).isLessThan(9000);
  }
}
