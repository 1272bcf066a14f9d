package io.stockobserver.route.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.server.core.service.impl.ClasspathServiceCreator;
import org.jolokia.server.core.service.impl.QuietLogHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JMX as JSON, by Jolokia's core without its servlet and within {@link JolokiaPolicy}. Thread-safe;
 * an act takes as long as it takes. No answer tells a stack trace.
 */
public final class JolokiaDesk implements AutoCloseable {
  /** The longest body that is read, in bytes. */
  static final int LARGEST = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(JolokiaDesk.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_AT_ONCE = 500;

  /** Its configuration and its notifications are nobody's business; the policy judges the rest. */
  private static final Set<String> TYPES =
      Set.of("read", "write", "exec", "list", "search", "version");

  private final JolokiaServiceManager services;
  private final HttpRequestHandler handler;

  /** An answer, for the wire. */
  record Said(int status, byte[] json) {}

  /** Begins to answer. */
  public JolokiaDesk() {
    StaticConfiguration settings =
        new StaticConfiguration(
            ConfigKey.AGENT_ID,
            "stock-observer",
            ConfigKey.INCLUDE_STACKTRACE,
            "false",
            ConfigKey.MAX_DEPTH,
            "8",
            ConfigKey.MAX_COLLECTION_SIZE,
            "5000",
            ConfigKey.MAX_OBJECTS,
            "50000");
    services =
        JolokiaServiceManagerFactory.createJolokiaServiceManager(
            settings, new QuietLogHandler(), JolokiaPolicy.read());
    services.addServices(
        new ClasspathServiceCreator(HttpRequestHandler.class.getClassLoader(), "services"));
    handler = new HttpRequestHandler(services.start());
  }

  /** What and who answers here. */
  Said version() {
    return post("{\"type\":\"version\"}".getBytes(UTF_8));
  }

  /** Answers one question or a list of them. */
  Said post(byte[] body) {
    if (!isQuestion(body)) {
      return refused("no Jolokia request: a JSON object, or a list of at most " + MOST_AT_ONCE);
    }
    try {
      JSONStructure answer =
          handler.handlePostRequest("/jolokia", new ByteArrayInputStream(body), "UTF-8", Map.of());
      clean(answer);
      StringWriter text = new StringWriter();
      answer.writeJSONString(text);
      return new Said(200, text.toString().getBytes(UTF_8));
    } catch (EmptyResponseException notifications) {
      return refused("notifications are not told here");
    } catch (IOException | RuntimeException nonsense) {
      LOG.info("jolokia: {}", nonsense.toString());
      return refused("no Jolokia request that can be understood");
    }
  }

  /** Looked at with a parser that has limits, before one that has none. */
  private static boolean isQuestion(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (IOException | StackOverflowError noJson) {
      return false;
    }
    if (json == null || !json.isArray()) {
      return json != null && isOne(json);
    }
    if (json.size() > MOST_AT_ONCE) {
      return false;
    }
    for (JsonNode one : json) {
      if (!isOne(one)) {
        return false;
      }
    }
    return true;
  }

  /** A target is somebody else's JMX: nobody is asked from here. */
  private static boolean isOne(JsonNode json) {
    return json.isObject()
        && !json.has("target")
        && TYPES.contains(json.path("type").asText().toLowerCase(Locale.ROOT));
  }

  /** Whoever asks for stack traces gets none. */
  private static void clean(Object answer) {
    if (answer instanceof Map<?, ?> one) {
      one.remove("stacktrace");
      one.remove("error_value");
    } else if (answer instanceof Collection<?> many) {
      many.forEach(JolokiaDesk::clean);
    }
  }

  static Said refused(String why) {
    try {
      return new Said(400, JSON.writeValueAsBytes(Map.of("status", 400, "error", why)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    services.stop();
  }
}
